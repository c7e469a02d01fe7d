import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeDesk } from '../src-main/backend/compose.ts';
import { createGate } from '../src-main/backend/gate.ts';
import { openSettings } from '../src-main/features/settings/settings-file.ts';
import type { Handlers } from '../src-main/features/handlers.ts';
import { cast, practiceUnits } from '../src-main/practice/cast.ts';
import { createTokens } from '../src-main/token/client.ts';
import { maxSliceBytes } from '../src-shared/contract/content.ts';
import type { Channel, Door, EventName, Input, Output } from '../src-shared/contract/index.ts';
import { describeError } from '../src-shared/errors.ts';
import { fail, ok, type Result } from '../src-shared/result.ts';
import { startBrowserShell } from '../test/browser-shell/server.ts';
import { makeProfile } from './make-profile.ts';

export type BenchDesk = {
  /** An address that opens the desk once. */
  readonly url: () => string;
  readonly ask: <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C>>;
  /** Brings a PDF in through the door, as the form does, and makes a draft of it. */
  readonly bringIn: (title: string, bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
};

const key = Buffer.alloc(32, 7);
// A port that nothing listens at: the desk works without a line
const nowhere = 'http://127.0.0.1:9';
const clerk = (() => {
  const found = cast.find(({ id }) => id === 'commune-clerk');
  if (found === undefined) throw new Error('the practice has no clerk of the commune');
  return found;
})();

/** The commune's clerk at a desk that holds `documents`, encrypted as ever, behind the browser shell. A profile that is in `dir` already is used again. */
export async function openBenchDesk(dir: string, documents: number, rendererDir: string): Promise<BenchDesk> {
  const profile = join(dir, 'desk');
  if (!existsSync(profile)) {
    const begun = join(dir, 'begun');
    await mkdir(begun, { recursive: true });
    await makeProfile({ dir: begun, key, documents, seed: 1 });
    await rename(begun, profile);
  }
  const log = (level: string, message: string, fields?: object): void => {
    if (level === 'error') console.error(message, fields ?? '');
  };
  const desk = composeDesk({
    dir: profile,
    key,
    me: clerk.person,
    role: clerk.role,
    unit: practiceUnits.commune,
    serverUrl: nowhere,
    credentials: { user: clerk.user, password: clerk.password },
    tokens: createTokens({ drivers: [], log }),
    trust: {},
    office: { signature: null, seal: null, profile: 'office', location: 'Sơn Tịnh', policy: { level: 'B-B', digest: 'sha256', tsaUrl: '', proxyUrl: '' } },
    holdMs: () => 0,
    log,
  });
  const settings = openSettings(join(dir, 'settings.json'));
  const handlers: Handlers = {
    ...desk.handlers,
    'settings.read': () => ok(settings.read()),
    'settings.write': (patch) => ok(settings.write(patch)),
    'opened.list': () => ok({ files: [] }),
    'opened.read': () => fail('not-allowed'),
    'opened.drop': () => ok({}),
    'session.state': () => ok({ status: 'signed-in', office: null, practice: false }),
    'session.signIn': () => fail('not-allowed'),
    'session.certificates': () => fail('not-allowed'),
    'session.signInWithToken': () => fail('not-allowed'),
    'session.choose': () => fail('not-allowed'),
    'session.changePassword': () => fail('not-allowed'),
    'session.cancel': () => fail('not-allowed'),
    'session.reopen': () => fail('not-allowed'),
    'session.signOut': () => fail('not-allowed'),
    'session.lock': () => fail('not-allowed'),
    'session.active': () => ok({}),
    'session.unlock': () => fail('not-allowed'),
    'session.unlockWithToken': () => fail('not-allowed'),
    'session.practice': () => fail('not-allowed'),
  };
  const gate = createGate(handlers, log);
  const connect = (): Door => {
    const leaves: (() => void)[] = [];
    const on = (listener: (name: EventName, payload: unknown) => void): (() => void) => {
      const stop = desk.on(listener);
      leaves.push(stop);
      return stop;
    };
    return { call: gate, on, close: () => leaves.forEach((leave) => leave()) };
  };
  const shell = await startBrowserShell({ connect, rendererDir });

  const ask = async <C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> => {
    const result = (await gate(channel, input)) as Result<Output<C>>;
    if (!result.ok) throw new Error(describeError(result.error, 'en'));
    return result.value;
  };
  return {
    url: () => shell.url,
    ask,
    bringIn: async (title, bytes) => {
      const { importId } = await ask('content.beginImport', { fileName: 'van-ban.pdf' });
      for (let at = 0; at < bytes.length; at += maxSliceBytes) await ask('content.appendImport', { importId, bytes: bytes.subarray(at, at + maxSliceBytes) });
      const { content } = await ask('content.finishImport', { importId });
      await ask('documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [], inReplyTo: null });
    },
    close: async () => {
      await shell.close();
      await desk.close();
    },
  };
}

export const letterPath = fileURLToPath(new URL('../test/fixtures/pdf/cong-van-xa.pdf', import.meta.url));
