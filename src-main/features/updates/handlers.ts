import type { UpdateState } from '../../../src-shared/contract/updates.ts';
import { maxLoadBytes } from '../../../src-shared/contract/updates.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { DeskHandlers } from '../handlers.ts';

type UpdateHandlers = Pick<DeskHandlers, 'updates.read' | 'updates.check' | 'updates.fetch' | 'updates.atClose' | 'updates.load'>;

/** The program's new version: what is here of it, and what a person agrees to. Whoever sits at the desk may: what is installed is what the publisher signed, whoever pressed. */
export function updateHandlers({ updates, sync, version }: DeskContext): UpdateHandlers {
  if (updates === undefined) {
    const none: UpdateState = { available: false, installed: version, channel: 'latest', release: null, minimum: null, waitsFor: null, problem: null, checkedAt: null, atClose: false, previous: null };
    const refuse = (): Result<never> => fail('update.unavailable');
    return { 'updates.read': () => ok(none), 'updates.check': refuse, 'updates.fetch': refuse, 'updates.atClose': refuse, 'updates.load': refuse };
  }
  const after = (done: Result<null>): Result<UpdateState> => (done.ok ? ok(updates.state()) : done);
  return {
    'updates.read': () => ok(updates.state()),
    'updates.check': async () => {
      const asked = await sync.askUpdates();
      sync.fetchUpdate();
      return after(asked);
    },
    'updates.fetch': () => {
      updates.askFor();
      sync.fetchUpdate();
      return ok(updates.state());
    },
    'updates.atClose': ({ wanted }) => after(updates.agree(wanted)),
    'updates.load': async ({ at, totalBytes, bytes }) => (bytes.length === 0 || bytes.length > maxLoadBytes ? fail('input.invalid', { where: 'bytes' }) : after(await updates.load(at, totalBytes, bytes))),
  };
}
