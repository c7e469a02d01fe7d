import type { SessionState } from '../../src-shared/contract/session.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { DoorHandlers } from '../features/handlers.ts';
import type { Office } from './waiting.ts';

export type OfficeDoor = {
  readonly office: Office;
  readonly state: () => SessionState;
  /** While somebody practises, nobody signs in. */
  readonly isPractice: () => boolean;
  /** Somebody has signed in: the real office is what opens next time. */
  readonly entered: () => void;
};

type OfficeSessionHandlers = Pick<DoorHandlers, Exclude<Extract<keyof DoorHandlers, `session.${string}`>, 'session.practice'>>;

/** The door of a real office: everything that is asked before, or above, a desk. */
export function officeSessionHandlers({ office, state, isPractice, entered }: OfficeDoor): OfficeSessionHandlers {
  async function enter(run: () => Promise<Result<null>>): Promise<Result<SessionState>> {
    if (isPractice()) return fail('not-allowed');
    const result = await run();
    if (!result.ok) return result;
    if (office.status() !== 'signed-out') entered();
    return ok(state());
  }
  async function leave(run: () => Promise<void>): Promise<Result<SessionState>> {
    if (isPractice()) return fail('not-allowed');
    await run();
    return ok(state());
  }
  return {
    'session.state': () => ok(state()),
    'session.certificates': async () => (isPractice() ? fail('not-allowed') : ok(await office.certificates())),
    'session.signIn': (input) => enter(() => office.signIn(input)),
    'session.signInWithToken': (input) => enter(() => office.signInWithToken(input)),
    'session.choose': (input) => enter(() => office.choose(input)),
    'session.changePassword': (input) => enter(() => office.changePassword(input)),
    'session.reopen': () => enter(() => office.reopen()),
    'session.cancel': () => leave(() => office.cancel()),
    'session.lock': () => enter(() => office.lock()),
    'session.active': () => {
      office.touched();
      return ok({});
    },
    'session.unlock': (input) => enter(() => office.unlock(input)),
    'session.unlockWithToken': (input) => enter(() => office.unlockWithToken(input)),
    'session.signOut': () => leave(() => office.signOut()),
  };
}
