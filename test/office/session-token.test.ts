import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Program, ProgramOptions } from '../../src-main/backend/program.ts';
import { createTokens } from '../../src-main/token/client.ts';
import { personId } from '../../src-shared/domain/ids.ts';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';
import { commune, draftLetter, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor } from './session-support.ts';

/** A token of SoftHSM2, a real server, and the program between them. */
let province: Province;
let pki: TestPki;
let token: TestToken;
let programs: Program[] = [];
before(async () => {
  province = await openProvince();
  pki = createTestPki(join(province.dir, 'pki'));
  token = await createTestToken(province.dir, pki);
  await province.server.admin.bindCertificate(userOf('thang'), token.leaderThumbprint);
});
after(async () => { await province.close(); });
afterEach(async () => {
  for (const program of programs) await program.close();
  programs = [];
  province.line.mend();
});

const profileDir = (): string => mkdtempSync(join(province.dir, 'profile-'));

async function open(root: string, over: Partial<ProgramOptions> = {}): Promise<TestDoor & { readonly close: () => Promise<void> }> {
  const program = await openProgramAt(root, { openTokens: () => createTokens({ drivers: [token.module], env: token.env }), ...over });
  programs.push(program);
  return { ...testDoor(program.connect()), close: async () => { programs = programs.filter((one) => one !== program); await program.close(); } };
}

const byToken = (over: { readonly thumbprint?: string; readonly pin?: string } = {}) => ({ serverUrl: province.line.url, thumbprint: token.leaderThumbprint, pin: token.pin, user: null, ...over });
const byPassword = (user: string, given = password) => ({ serverUrl: province.line.url, user, password: given, role: null });

describe('signing in with a token', () => {
  test('lists the tokens before anyone is there, and opens the desk of the certificate’s account with one PIN', async () => {
    const at = await open(profileDir());
    const { tokens } = await at.ask('session.certificates', {});
    assert.ok(tokens.flatMap(({ certificates }) => certificates).some(({ thumbprint, usable }) => thumbprint === token.leaderThumbprint && usable === 'ok'));
    const state = await at.ask('session.signInWithToken', byToken());
    assert.deepEqual([state.status, state.office?.user, state.office?.person, state.pending], ['signed-in', userOf('thang'), 'Nguyễn Đức Thắng', undefined]);
    assert.equal((await at.ask('app.state', {})).role, 'leader');
    await at.until('sync.status', (status) => status.online && status.lastSyncAt !== null);
  });

  test('keeps the PIN in no file and in no line of the log', async () => {
    const root = profileDir();
    const lines: string[] = [];
    const at = await open(root, { log: (level, message, fields) => void lines.push(JSON.stringify([level, message, fields])) });
    await at.ask('session.signInWithToken', byToken());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(files.some((file) => file.endsWith('office.json')));
    for (const file of files) assert.equal(readFileSync(file).includes(token.pin), false, file);
    assert.equal(lines.join('\n').includes(token.pin), false);
  });

  test('a wrong PIN, a certificate that is not there, and one that opens nothing are told apart, and nothing is written', async () => {
    const root = profileDir();
    const at = await open(root);
    assert.equal((await at.refused('session.signInWithToken', byToken({ pin: '00000000' }))).code, 'token.pin-wrong');
    assert.equal((await at.refused('session.signInWithToken', byToken({ thumbprint: 'f'.repeat(64) }))).code, 'token.certificate-missing');
    assert.equal((await at.refused('session.signInWithToken', byToken({ thumbprint: token.organizationThumbprint }))).code, 'session.unknown-certificate');
    assert.deepEqual(readdirSync(root), []);
    assert.deepEqual(await at.ask('session.state', {}), { status: 'signed-out', office: null, practice: false });
  });

  test('spends no PIN where the server does not answer', async () => {
    const at = await open(profileDir());
    province.line.cut();
    // a wrong one would be told by the token, if it were asked
    assert.equal((await at.refused('session.signInWithToken', byToken({ pin: '00000000' }))).code, 'session.unreachable');
  });

  test('goes on in a desk whose session has ended, with everything that was done meanwhile, once', async () => {
    const at = await open(profileDir());
    await province.server.admin.bindCertificate(userOf('mai'), token.leaderEcThumbprint);
    await at.ask('session.signInWithToken', byToken({ thumbprint: token.leaderEcThumbprint }));
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    for (const { id, user } of await province.server.admin.sessions()) if (user === userOf('mai')) await province.server.admin.endSession(id);
    const titles = Array.from({ length: 20 }, (_, n) => `Khi phiên hết, việc ${n + 1}`);
    for (const title of titles) await draftLetter(at, title);
    await at.ask('sync.now', {});
    await at.until('session.changed', ({ status }) => status === 'expired');
    assert.equal((await at.ask('outbox.list', {})).rows.length, titles.length, 'nothing was dropped');
    const switched = at.heard.filter(({ name }) => name === 'desk.switched').length;
    await at.ask('session.signInWithToken', byToken({ thumbprint: token.leaderEcThumbprint }));
    // what was told before the desk knew that its session had ended says the same: it is asked, not heard
    let status = await at.ask('sync.status', {});
    for (let round = 0; round < 50 && (!status.signedIn || status.pending > 0); round++) {
      await at.ask('sync.now', {});
      status = await at.ask('sync.status', {});
    }
    assert.deepEqual([status.signedIn, status.pending], [true, 0]);
    assert.equal(at.heard.filter(({ name }) => name === 'desk.switched').length, switched, 'the desk stayed open');
    const other = await open(profileDir());
    await other.ask('session.signIn', byPassword(userOf('mai')));
    await other.until('sync.status', (status) => status.lastSyncAt !== null);
    const list = () => other.ask('documents.list', { folder: 'outgoing', query: 'khi phien het', offset: 0, limit: 50 });
    let { rows } = await list();
    // a new desk is filled over several rounds
    for (let round = 0; round < 10 && rows.length < titles.length; round++) {
      await other.ask('sync.now', {});
      ({ rows } = await list());
    }
    assert.deepEqual(rows.map(({ document }) => document.title).sort(), titles.toSorted(), 'each of them is at the server once');
  });

  test('asks which account where the certificate opens several, without a second PIN, and the desk is asked no more', async () => {
    const root = profileDir();
    await province.server.admin.addPerson({ person: { id: personId.parse('thang.2'), fullName: 'Nguyễn Đức Thắng', position: 'Kiêm chuyên viên', unit: commune.code, roles: ['officer'] }, user: 'thang.chuyenvien', password, role: 'officer' });
    await province.server.admin.bindCertificate('thang.chuyenvien', token.leaderThumbprint);
    try {
      const at = await open(root);
      const asked = await at.ask('session.signInWithToken', byToken());
      assert.equal(asked.status, 'signed-out');
      assert.deepEqual(asked.pending?.step === 'choose' && asked.pending.accounts.map(({ user, role }) => [user, role]), [['thang.chuyenvien', 'officer'], [userOf('thang'), 'leader']]);
      assert.equal((await at.ask('session.choose', { user: 'thang.chuyenvien' })).office?.user, 'thang.chuyenvien');
      assert.equal((await at.ask('app.state', {})).role, 'officer');
      await at.ask('session.signOut', {});
      const again = await at.ask('session.signInWithToken', byToken());
      assert.deepEqual([again.status, again.pending], ['signed-in', undefined], 'a profile is one account’s');
    } finally {
      await province.server.admin.unbindCertificate('thang.chuyenvien', token.leaderThumbprint);
    }
  });

  test('an account that nobody offered cannot be chosen, and the choice is over when it is left', async () => {
    const at = await open(profileDir());
    assert.equal((await at.refused('session.choose', { user: userOf('mai') })).code, 'session.challenge-spent');
    await province.server.admin.bindCertificate(userOf('mai'), token.leaderThumbprint);
    try {
      assert.equal((await at.ask('session.signInWithToken', byToken())).pending?.step, 'choose');
      assert.equal((await at.refused('session.choose', { user: 'khong.co' })).code, 'session.unknown-certificate');
      assert.equal((await at.ask('session.state', {})).pending, undefined);
      assert.equal((await at.ask('session.signInWithToken', byToken())).pending?.step, 'choose');
      assert.equal((await at.ask('session.cancel', {})).pending, undefined);
      assert.equal((await at.refused('session.choose', { user: userOf('mai') })).code, 'session.challenge-spent');
    } finally {
      await province.server.admin.unbindCertificate(userOf('mai'), token.leaderThumbprint);
    }
  });
});

describe('a first password', () => {
  const user = 'moi.den';
  const given = 'cấp lần đầu 2026';
  const own = 'bốn từ chẳng liên quan';
  const newcomer = (): Promise<void> => province.server.admin.addPerson({ person: { id: personId.parse(user), fullName: 'Lê Mới Đến', position: 'Văn thư', unit: commune.code, roles: ['clerk'] }, user, password: given, role: 'clerk', mustChange: true });

  test('opens no desk before it is changed, and the desk by itself when it is', async () => {
    const root = profileDir();
    await newcomer();
    const at = await open(root);
    const state = await at.ask('session.signIn', byPassword(user, given));
    assert.deepEqual([state.status, state.office, state.pending], ['signed-out', null, { step: 'change-password', user, person: 'Lê Mới Đến', server: new URL(province.line.url).host }]);
    assert.equal((await at.refused('app.state', {})).code, 'session.required');
    assert.equal(existsSync(join(root, 'office', 'office.json')), false, 'nobody’s yet');
    assert.equal((await at.refused('session.changePassword', { present: 'sai', next: own })).code, 'session.wrong-password');
    assert.equal((await at.refused('session.changePassword', { present: given, next: 'ngắn' })).code, 'session.weak-password');
    assert.equal((await at.refused('session.changePassword', { present: given, next: given })).code, 'session.weak-password');
    assert.deepEqual((await at.ask('session.state', {})).pending, state.pending, 'a refusal changes nothing');
    const opened = await at.ask('session.changePassword', { present: given, next: own });
    assert.deepEqual([opened.status, opened.office?.user, opened.pending], ['signed-in', user, undefined]);
    await at.until('sync.status', (status) => status.online && status.lastSyncAt !== null);
    await at.ask('session.signOut', {});
    assert.equal((await at.refused('session.signIn', byPassword(user, given))).code, 'session.wrong-password');
    assert.equal((await at.ask('session.signIn', byPassword(user, own))).status, 'signed-in');
  });

  test('can be left for later, and its session is over then', async () => {
    await newcomer();
    const at = await open(profileDir());
    await at.ask('session.signIn', byPassword(user, given));
    assert.deepEqual(await at.ask('session.cancel', {}), { status: 'signed-out', office: null, practice: false });
    await province.answered('session-end', 204);
    assert.equal((await at.refused('session.changePassword', { present: given, next: own })).code, 'session.required');
  });

  test('set by an administrator while the desk is open: work goes on, and what waits is sent after the change', async () => {
    await newcomer();
    const at = await open(profileDir());
    await at.ask('session.signIn', byPassword(user, given));
    await at.ask('session.changePassword', { present: given, next: own });
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    await province.server.admin.setPassword(user, given);
    await draftLetter(at, 'Trong lúc mật khẩu bị đặt lại');
    await at.ask('sync.now', {});
    await at.until('session.changed', ({ status }) => status === 'expired');
    const state = await at.ask('session.signIn', byPassword(user, given));
    assert.deepEqual([state.status, state.pending?.step, state.office?.waiting], ['expired', 'change-password', 1]);
    await at.ask('session.changePassword', { present: given, next: `${own} nữa` });
    await at.until('sync.status', (status) => status.signedIn && status.pending === 0);
  });
});

describe('other accounts and words', () => {
  test('one’s own password is changed from the desk, which stays open', async () => {
    const at = await open(profileDir());
    await province.endSessions('mai');
    await at.ask('session.signIn', byPassword(userOf('mai')));
    assert.equal((await at.refused('session.changePassword', { present: 'sai', next: 'một câu hoàn toàn khác' })).code, 'session.wrong-password');
    await at.ask('session.changePassword', { present: password, next: 'một câu hoàn toàn khác' });
    await draftLetter(at, 'Sau khi đổi mật khẩu');
    await at.ask('sync.now', {});
    await at.until('sync.status', (status) => status.signedIn && status.pending === 0 && status.lastSyncAt !== null);
    assert.equal(at.heard.some(({ name, payload }) => name === 'session.changed' && (payload as { status: string }).status === 'expired'), false);
    // as it was, for the tests that come after
    await province.endSessions('mai');
  });

  test('an administrator has no desk, and the session that was opened is ended', async () => {
    await province.server.admin.addPerson({ person: { id: personId.parse('quan.tri'), fullName: 'Quản Trị', position: 'Quản trị', unit: commune.code, roles: ['administrator'] }, user: 'quan.tri', password, role: 'administrator' });
    const root = profileDir();
    const at = await open(root);
    assert.equal((await at.refused('session.signIn', byPassword('quan.tri'))).code, 'session.no-desk');
    assert.deepEqual(readdirSync(root), []);
    await province.answered('session-end', 204);
  });

  test('a closed account is told so, and what it has not sent stays', async () => {
    const at = await open(profileDir());
    await at.ask('session.signIn', byPassword(userOf('mai')));
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    await province.server.admin.setDisabled(userOf('mai'), true);
    await draftLetter(at, 'Khi tài khoản bị khóa');
    await at.ask('sync.now', {});
    await at.until('session.changed', ({ status }) => status === 'expired');
    assert.equal((await at.refused('session.signIn', byPassword(userOf('mai')))).code, 'session.disabled');
    assert.equal((await at.ask('outbox.list', {})).rows.length, 1);
    await province.server.admin.setDisabled(userOf('mai'), false);
    await at.ask('session.signIn', byPassword(userOf('mai')));
    await at.until('sync.status', (status) => status.signedIn && status.pending === 0);
  });
});
