import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Program, ProgramOptions } from '../../src-main/backend/program.ts';
import { createTokens } from '../../src-main/token/client.ts';
import { channels, type Channel } from '../../src-shared/contract/index.ts';
import type { TestToken } from '../support/softhsm.ts';
import { createShimBench, type ShimBench } from '../token/shim/shim-bench.ts';
import { draftLetter, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor, type Who } from './session-support.ts';

/** A real server, a real desk, and a token of SoftHSM2. */
let province: Province;
let bench: ShimBench;
let token: TestToken;
let programs: Program[] = [];
before(async () => {
  province = await openProvince();
  bench = await createShimBench('screen-lock');
  token = bench.token;
  await province.server.admin.bindCertificate(userOf('thang'), token.leaderThumbprint);
});
after(async () => {
  await province.close();
  bench.remove();
});
afterEach(async () => {
  for (const program of programs) await program.close();
  programs = [];
  province.line.mend();
});

type Open = TestDoor & { readonly program: Program; readonly close: () => Promise<void> };

async function open(root: string, over: Partial<ProgramOptions> = {}): Promise<Open> {
  const program = await openProgramAt(root, over);
  programs.push(program);
  return { ...testDoor(program.connect()), program, close: async () => { programs = programs.filter((one) => one !== program); await program.close(); } };
}

const newRoot = (): string => mkdtempSync(join(province.dir, 'profile-'));
// a token behind the shim, for SoftHSM2 has none that can be pulled out
const gone = (): string => join(bench.dir, 'gone');
const withToken = (): Partial<ProgramOptions> => ({ openTokens: () => createTokens({ drivers: [bench.shim], env: { ...token.env, SHIM_REAL: token.module, SHIM_DIR: bench.dir, SHIM_GONE: gone() } }) });

/** Pulls it out; answers how to put it back. */
function pull(): () => void {
  writeFileSync(gone(), '');
  return () => rmSync(gone());
}

async function untilNone(at: TestDoor): Promise<void> {
  for (let left = 400; (await at.ask('tokens.list', {})).tokens.length > 0; left--) assert.ok(left > 0, 'the token is never seen to be gone');
}

async function byPassword(who: Who, over: Partial<ProgramOptions> = {}, root = newRoot()): Promise<Open> {
  const at = await open(root, over);
  await at.ask('session.signIn', { serverUrl: province.line.url, user: userOf(who), password, role: null });
  await at.until('sync.status', (status) => status.lastSyncAt !== null);
  return at;
}

async function byToken(over: Partial<ProgramOptions> = {}): Promise<Open> {
  const at = await open(newRoot(), { ...withToken(), ...over });
  await at.ask('session.signInWithToken', { serverUrl: province.line.url, thumbprint: token.leaderThumbprint, pin: token.pin, user: null });
  return at;
}

const isLocked = async (at: TestDoor): Promise<boolean> => (await at.ask('session.state', {})).lock !== undefined;

describe('a locked screen', () => {
  const answered: readonly Channel[] = ['session.state', 'session.lock', 'session.active', 'session.certificates', 'session.unlock', 'session.unlockWithToken', 'settings.read'];

  test('answers nothing but what opens it, at every window there is, and tells each of them', async () => {
    const at = await byPassword('mai');
    const other = testDoor(at.program.connect());
    const state = await at.ask('session.lock', {});
    assert.deepEqual([state.status, state.lock, state.office?.person], ['signed-in', { reason: 'asked' }, 'Trần Thị Mai']);
    await other.until('session.changed', ({ lock }) => lock?.reason === 'asked');
    for (const window of [at, other, testDoor(at.program.connect())]) {
      for (const channel of channels.filter((one) => !answered.includes(one))) assert.equal((await window.refused(channel, {})).code, 'session.screen-locked', channel);
    }
    assert.equal((await at.ask('settings.read', {})).lockMinutes, 10);
  });

  test('opens with the password without a line, and with no other', async () => {
    const at = await byPassword('mai');
    await at.ask('session.lock', {});
    province.line.cut();
    assert.equal((await at.refused('session.unlock', { password: `${password}!` })).code, 'session.unlock-wrong');
    assert.ok(await isLocked(at));
    const state = await at.ask('session.unlock', { password });
    assert.equal(state.lock, undefined);
    assert.equal((await at.ask('app.state', {})).me.fullName, 'Trần Thị Mai');
  });

  test('makes whoever guesses wait, and does not listen meanwhile', async () => {
    const at = await byPassword('mai');
    await at.ask('session.lock', {});
    province.line.cut();
    for (let n = 0; n < 5; n++) assert.equal((await at.refused('session.unlock', { password: `sai lần ${n}` })).code, 'session.unlock-wrong');
    const { code, params } = await at.refused('session.unlock', { password });
    assert.equal(code, 'session.locked');
    assert.ok(Number(params?.['seconds']) > 20 && Number(params?.['seconds']) <= 30);
  });

  test('opens with a password that was set elsewhere meanwhile, when the server can be asked', async () => {
    const at = await byPassword('mai');
    await at.ask('session.lock', {});
    const elsewhere = await open(newRoot());
    await elsewhere.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
    const next = 'mưa rào tháng mười';
    await elsewhere.ask('session.changePassword', { present: password, next });
    assert.equal((await at.ask('session.unlock', { password: next })).lock, undefined);
    await at.ask('session.lock', {});
    province.line.cut();
    assert.equal((await at.ask('session.unlock', { password: next })).lock, undefined, 'and is known here from then on');
    province.line.mend();
    await elsewhere.ask('session.changePassword', { present: next, next: password });
  });

  test('says that a line is needed where nothing was kept to check a password by', async () => {
    const at = await byToken();
    await at.ask('session.lock', {});
    province.line.cut();
    assert.equal((await at.refused('session.unlock', { password })).code, 'session.unlock-line');
    province.line.mend();
    assert.equal((await at.refused('session.unlock', { password: 'một mật khẩu khác' })).code, 'session.unlock-wrong');
    assert.equal((await at.ask('session.unlock', { password })).lock, undefined);
  });

  test('opens with the token that signed in, without a line; its PIN must be right, and another certificate needs the server', async () => {
    const at = await byToken();
    await at.ask('session.lock', {});
    province.line.cut();
    assert.equal((await at.refused('session.unlockWithToken', { thumbprint: token.leaderThumbprint, pin: '000000' })).code, 'token.pin-wrong');
    assert.equal((await at.refused('session.unlockWithToken', { thumbprint: token.leaderEcThumbprint, pin: token.pin })).code, 'session.unlock-other');
    assert.ok(await isLocked(at));
    assert.equal((await at.ask('session.unlockWithToken', { thumbprint: token.leaderThumbprint, pin: token.pin })).lock, undefined);
    await at.ask('session.lock', {});
    province.line.mend();
    assert.equal((await at.refused('session.unlockWithToken', { thumbprint: token.leaderEcThumbprint, pin: token.pin })).code, 'session.unknown-certificate');
    assert.ok(await isLocked(at));
  });

  test('is locked still when the program is started again, and a killed program is no way around it', async () => {
    const root = newRoot();
    const at = await byPassword('mai', {}, root);
    await at.ask('session.lock', {});
    await at.close();
    const again = await open(root);
    assert.deepEqual((await again.ask('session.state', {})).lock, { reason: 'kept' });
    assert.equal((await again.refused('documents.list', { folder: 'incoming', query: '', offset: 0, limit: 9 })).code, 'session.screen-locked');
    assert.equal((await again.ask('session.unlock', { password })).lock, undefined);
    await again.close();
    assert.equal(await isLocked(await open(root)), false);
  });

  test('sends what waits while it is locked, and tells of it afterwards; a window hears no document’s change meanwhile', async () => {
    const at = await byPassword('mai');
    province.line.cut();
    await draftLetter(at, 'Công văn gửi lúc màn hình khóa');
    await at.ask('session.lock', {});
    const heardBefore = at.heard.length;
    province.line.mend();
    await province.answered('push', 200);
    assert.deepEqual([...new Set(at.heard.slice(heardBefore).map(({ name }) => name))].filter((name) => !['session.changed', 'settings.changed', 'documents.arrived'].includes(name)), []);
    await at.ask('session.unlock', { password });
    await at.ask('sync.now', {});
    await at.until('sync.status', (status) => status.pending === 0 && status.online);
  });

  test('keeps no word of the password on the disk', async () => {
    const root = newRoot();
    const at = await byPassword('mai', {}, root);
    await at.ask('session.lock', {});
    await at.ask('session.unlock', { password });
    await at.close();
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(Buffer.from(password)), file.name);
  });

  test('is not there for somebody who has no desk, nor in the practice office', async () => {
    const at = await open(newRoot());
    assert.equal((await at.refused('session.lock', {})).code, 'session.required');
    assert.equal((await at.refused('session.unlock', { password })).code, 'session.required');
  });
});

describe('who leaves the desk', () => {
  test('finds the screen locked after the time that the settings name, and a touch begins it anew', async () => {
    const at = await open(newRoot(), { guard: { idleMs: 400 } });
    await at.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
    await at.until('session.changed', ({ lock }) => lock?.reason === 'idle');
    assert.equal((await at.refused('app.state', {})).code, 'session.screen-locked');
    await at.ask('session.active', {});
    assert.ok(await isLocked(at), 'a touch opens nothing');
    await at.ask('session.unlock', { password });
    const from = performance.now();
    while (performance.now() - from < 1200) await at.ask('session.active', {});
    assert.equal(await isLocked(at), false, 'three times the limit, and somebody was there');
  });

  test('by pulling out the token that opened it finds it locked or signed out, as the settings say, and nothing else unless they say so', async () => {
    for (const [tokenPull, then] of [['lock', 'signed-in'], ['sign-out', 'signed-out'], ['nothing', 'signed-in']] as const) {
      const at = await byToken({ guard: { pollMs: 50 } });
      await at.ask('settings.write', { tokenPull });
      // what the settings brought about has looked once
      await at.ask('tokens.list', {});
      const plugIn = pull();
      try {
        if (tokenPull === 'lock') await at.until('session.changed', ({ lock }) => lock?.reason === 'token');
        else if (tokenPull === 'sign-out') await at.until('session.changed', ({ status }) => status === 'signed-out');
        else await untilNone(at);
        const state = await at.ask('session.state', {});
        assert.deepEqual([state.status, state.lock], [then, tokenPull === 'lock' ? { reason: 'token' } : undefined]);
      } finally {
        plugIn();
      }
      if (tokenPull === 'lock') assert.equal((await at.ask('session.unlockWithToken', { thumbprint: token.leaderThumbprint, pin: token.pin })).lock, undefined);
      await at.close();
    }
  });

  test('who signed in with a password may pull out any token', async () => {
    const at = await byPassword('thang', { ...withToken(), guard: { pollMs: 50 } });
    await at.ask('settings.write', { tokenPull: 'lock' });
    assert.ok((await at.ask('tokens.list', {})).tokens.length > 0);
    const plugIn = pull();
    try {
      await untilNone(at);
      assert.equal(await isLocked(at), false);
    } finally {
      plugIn();
    }
  });
});
