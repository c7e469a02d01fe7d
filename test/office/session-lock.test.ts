import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Program } from '../../src-main/backend/program.ts';
import { takeProfileLock } from '../../src-main/office/profile-lock.ts';
import type { SessionState } from '../../src-shared/contract/session.ts';
import { draftLetter, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor } from './session-support.ts';

const childPath = fileURLToPath(new URL('./session-lock-child.ts', import.meta.url));

let province: Province;
let children: ChildProcessWithoutNullStreams[] = [];
let programs: Program[] = [];
before(async () => { province = await openProvince(); });
after(async () => { await province.close(); });
afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  for (const program of programs) await program.close();
  [children, programs] = [[], []];
});

async function open(root: string): Promise<TestDoor & { readonly close: () => Promise<void> }> {
  const program = await openProgramAt(root);
  programs.push(program);
  return { ...testDoor(program.connect()), close: async () => { programs = programs.filter((one) => one !== program); await program.close(); } };
}

type Copy = { readonly first: SessionState; readonly ask: (word: string) => Promise<unknown>; readonly child: ChildProcessWithoutNullStreams };

/** Another copy of the program, as a process of its own. */
async function openCopy(root: string): Promise<Copy> {
  const child = spawn(process.execPath, [childPath, root]);
  children.push(child);
  child.stderr.resume();
  const lines: Interface = createInterface({ input: child.stdout });
  const words = lines[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await words.next();
    if (done === true) throw new Error('the copy has ended');
    return JSON.parse(value as string);
  };
  const first = await next() as SessionState;
  return { first, child, ask: (word) => { child.stdin.write(`${word}\n`); return next(); } };
}

async function signedInProfile(): Promise<string> {
  const root = mkdtempSync(join(province.dir, 'profile-'));
  const at = await open(root);
  await at.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
  await at.until('sync.status', (status) => status.lastSyncAt !== null);
  await at.close();
  return root;
}

describe('one profile, two programs (I20)', () => {
  test('the second copy opens no desk, says why, and opens it when the first has been killed', async () => {
    const root = await signedInProfile();
    const first = await openCopy(root);
    assert.equal(first.first.status, 'signed-in');
    const second = await open(root);
    const state = await second.ask('session.state', {});
    assert.deepEqual([state.status, state.pending], ['signed-out', { step: 'in-use' }]);
    assert.equal((await second.refused('app.state', {})).code, 'session.required', 'nothing of the desk is answered, so nothing of it is sent');
    assert.equal((await second.refused('session.reopen', {})).code, 'session.in-use');
    assert.equal((await second.refused('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null })).code, 'session.in-use');
    assert.equal((await first.ask('state') as SessionState).status, 'signed-in', 'and the first is not disturbed');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const opened = await second.ask('session.reopen', {});
    assert.deepEqual([opened.status, opened.pending], ['signed-in', undefined]);
    assert.equal((await second.ask('app.state', {})).me.fullName, 'Trần Thị Mai');
  });

  test('a copy in another process is refused as one in this process is', async () => {
    const root = await signedInProfile();
    const first = await open(root);
    assert.equal((await first.ask('session.state', {})).status, 'signed-in');
    const sameProcess = await open(root);
    assert.deepEqual((await sameProcess.ask('session.state', {})).pending, { step: 'in-use' });
    const other = await openCopy(root);
    assert.deepEqual(other.first.pending, { step: 'in-use' });
    // the one that was refused leaves, and takes nothing with it
    await sameProcess.close();
    assert.equal(((await other.ask('reopen')) as { ok: boolean }).ok, false);
    await first.close();
    assert.equal(((await other.ask('reopen')) as { ok: boolean }).ok, true);
  });

  test('what one copy has done is there when the other takes over, and is sent once', async () => {
    const root = await signedInProfile();
    const first = await open(root);
    const second = await openCopy(root);
    province.line.cut();
    await draftLetter(first, 'Viết ở cửa sổ thứ nhất');
    await first.close();
    province.line.mend();
    assert.equal(((await second.ask('reopen')) as { ok: boolean }).ok, true);
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
    const third = await open(root);
    await third.ask('sync.now', {});
    await third.until('sync.status', (status) => status.online && status.pending === 0 && status.lastSyncAt !== null);
    assert.equal((await third.ask('documents.list', { folder: 'outgoing', query: 'cua so thu nhat', offset: 0, limit: 9 })).total, 1);
  });

  test('who signs out gives the profile back, and a copy that stood by sees what the other has left', async () => {
    const root = await signedInProfile();
    const first = await open(root);
    const second = await open(root);
    assert.deepEqual((await second.ask('session.state', {})).pending, { step: 'in-use' });
    await first.ask('session.signOut', {});
    const state = await second.ask('session.reopen', {});
    assert.deepEqual([state.status, state.pending, state.office?.person], ['signed-out', undefined, 'Trần Thị Mai']);
    assert.equal((await second.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null })).status, 'signed-in');
    assert.equal((await first.refused('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null })).code, 'session.in-use');
  });

  test('the lock itself is one at a time and is given back', () => {
    const file = join(mkdtempSync(join(province.dir, 'lock-')), 'profile.lock');
    const one = takeProfileLock(file);
    assert.ok(one);
    assert.equal(takeProfileLock(file), null);
    one.release();
    const other = takeProfileLock(file);
    assert.ok(other);
    other.release();
  });
});
