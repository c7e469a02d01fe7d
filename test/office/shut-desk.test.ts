import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Program } from '../../src-main/backend/program.ts';
import { draftLetter, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor } from './session-support.ts';

let province: Province;
let program: Program | null = null;
before(async () => { province = await openProvince(); });
after(async () => { await province.close(); });
afterEach(async () => {
  await program?.close();
  province.line.mend();
});

async function open(root: string): Promise<TestDoor> {
  await program?.close();
  program = await openProgramAt(root);
  return testDoor(program.connect());
}

/** A closed desk with a letter that never left it; the line is gone. */
async function leftWithoutLine(): Promise<string> {
  const root = mkdtempSync(join(province.dir, 'profile-'));
  const at = await open(root);
  await at.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
  await at.until('sync.status', (status) => status.lastSyncAt !== null);
  province.line.cut();
  await draftLetter(at, 'Chưa gửi đi');
  await program?.close();
  program = null;
  return root;
}

test('a desk whose file is torn says so at the start, without a line and before anybody signs in, and opens when the file is put right', async () => {
  const root = await leftWithoutLine();
  const file = join(root, 'office', 'desk', 'desk.db');
  const whole = readFileSync(file);
  const torn = Buffer.from(whole);
  torn[100] = (torn[100] ?? 0) ^ 1;
  writeFileSync(file, torn);
  const at = await open(root);
  const state = await at.ask('session.state', {});
  assert.deepEqual([state.status, state.shut], ['signed-out', { code: 'store.damaged', params: { file } }]);
  assert.deepEqual(readFileSync(file), torn);
  assert.equal((await at.refused('session.reopen', {})).code, 'store.damaged');
  writeFileSync(file, whole);
  const opened = await at.ask('session.reopen', {});
  assert.deepEqual([opened.status === 'signed-out', opened.shut, opened.office?.waiting], [false, undefined, 1]);
});

test('a desk whose files are gone is not made anew unasked, opens when they are back, and by signing in is filled from the province', async () => {
  const root = await leftWithoutLine();
  const dir = join(root, 'office', 'desk');
  const file = join(dir, 'desk.db');
  renameSync(dir, `${dir}-di-cho-khac`);
  const at = await open(root);
  assert.deepEqual((await at.ask('session.state', {})).shut, { code: 'store.missing', params: { file } });
  assert.equal(existsSync(file), false);
  renameSync(`${dir}-di-cho-khac`, dir);
  assert.equal((await at.ask('session.reopen', {})).office?.waiting, 1);
  await program?.close();
  program = null;
  renameSync(dir, `${dir}-mat-han`);
  province.line.mend();
  const anew = await open(root);
  const state = await anew.ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
  assert.deepEqual([state.status, state.shut, state.office?.waiting], ['signed-in', undefined, 0]);
});
