import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as AnyServer } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { openProgram, type Program, type ProgramOptions } from '../../src-main/backend/program.ts';
import { discoverDrivers } from '../../src-main/token/discover.ts';
import { draftLetter, officeKey, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor, type Who } from './session-support.ts';
import { resourcesDir } from './support.ts';

let province: Province;
let programs: Program[] = [];
before(async () => { province = await openProvince(); });
after(async () => { await province.close(); });
afterEach(async () => {
  for (const program of programs) await program.close();
  programs = [];
  province.line.mend();
});

const profileDir = (): string => mkdtempSync(join(province.dir, 'profile-'));

async function open(root: string, over: Partial<ProgramOptions> = {}): Promise<TestDoor & { readonly close: () => Promise<void> }> {
  const program = await openProgramAt(root, over);
  programs.push(program);
  return { ...testDoor(program.connect()), close: async () => { programs = programs.filter((one) => one !== program); await program.close(); } };
}

const asked = (who: Who = 'mai', serverUrl = province.line.url): { serverUrl: string; user: string; password: string; role: null } => ({ serverUrl, user: userOf(who), password, role: null });

describe('the door of a real office', () => {
  test('before anyone has signed in answers the sign-in and the settings, and nothing else', async () => {
    const at = await open(profileDir());
    assert.deepEqual(await at.ask('session.state', {}), { status: 'signed-out', office: null, practice: false });
    assert.equal((await at.ask('settings.write', { textSize: 150 })).textSize, 150);
    assert.equal((await at.ask('settings.read', {})).textSize, 150);
    for (const channel of ['app.state', 'documents.counts', 'sync.status', 'tokens.list', 'signing.images'] as const) assert.equal((await at.refused(channel, {})).code, 'session.required', channel);
    assert.equal((await at.refused('documents.list', { folder: 'nowhere' })).code, 'input.invalid');
  });

  test('opens the desk of whom the server knows, in the role of the account, and says so to every window', async () => {
    const at = await open(profileDir());
    const state = await at.ask('session.signIn', asked('thang'));
    assert.deepEqual(state, { status: 'signed-in', office: { serverUrl: province.line.url, user: 'thang.nd', unit: 'UBND xã Sơn Tịnh', person: 'Nguyễn Đức Thắng', waiting: 0 }, practice: false });
    const app = await at.ask('app.state', {});
    assert.deepEqual([app.me.fullName, app.role, app.unit.name, app.practice], ['Nguyễn Đức Thắng', 'leader', 'UBND xã Sơn Tịnh', null]);
    assert.deepEqual(await at.ask('signing.images', {}), { signature: null, seal: null });
    assert.deepEqual(at.heard.filter(({ name }) => name === 'session.changed' || name === 'desk.switched').map(({ name }) => name), ['session.changed', 'desk.switched']);
    await at.until('sync.status', (status) => status.online && status.lastSyncAt !== null);
    assert.deepEqual((await at.ask('directory.people', {})).people.map(({ fullName }) => fullName).sort(), ['Nguyễn Đức Thắng', 'Trần Thị Mai']);
  });

  test('looks for this machine’s tokens by the shipped list of drivers', async () => {
    const program = await openProgram({ rootDir: profileDir(), resourcesDir, keys: { office: officeKey }, open: 'office', log: () => undefined });
    programs.push(program);
    const at = testDoor(program.connect());
    await at.ask('session.signIn', asked());
    const { drivers } = await at.ask('tokens.list', {});
    assert.deepEqual(drivers.map(({ driver }) => driver), [...discoverDrivers({ platform: process.platform, exists: existsSync, extra: [] })]);
  });

  test('is refused a role that the account does not act in', async () => {
    const root = profileDir();
    const at = await open(root);
    assert.equal((await at.refused('session.signIn', { ...asked('mai'), role: 'leader' })).code, 'not-allowed');
    assert.equal(existsSync(join(root, 'office', 'office.json')), false);
  });
});

describe('a sign-in that fails names its reason and changes nothing', () => {
  async function assertRefused(input: object, error: object): Promise<void> {
    const root = profileDir();
    const at = await open(root);
    assert.deepEqual(await at.refused('session.signIn', { ...asked(), ...input }), error);
    assert.deepEqual(await at.ask('session.state', {}), { status: 'signed-out', office: null, practice: false });
    assert.deepEqual(readdirSync(root), [], 'nothing was written');
  }

  test('a wrong password, and a name that is not there, which is not told apart', async () => {
    await assertRefused({ password: 'không phải' }, { code: 'session.wrong-password', params: undefined });
    await assertRefused({ user: 'không có ai' }, { code: 'session.wrong-password', params: undefined });
  });

  test('an account that is locked after too many tries, with how long it still is', async () => {
    const at = await open(profileDir());
    const tries = [];
    for (let n = 0; n < 6; n++) tries.push(await at.refused('session.signIn', { ...asked(), user: 'bi.khoa', password: `sai ${n}` }));
    assert.equal(tries.at(-1)?.code, 'session.locked');
    assert.ok(Number(tries.at(-1)?.params?.['seconds']) > 0);
  });

  test('a server that is not there', async () => {
    province.line.cut();
    await assertRefused({}, { code: 'session.unreachable', params: { server: new URL(province.line.url).host } });
    await assertRefused({ serverUrl: 'https://máy chủ' }, { code: 'session.unreachable', params: { server: 'https://máy chủ' } });
  });

  test('an address that would carry the password in the open', async () => {
    for (const serverUrl of ['http://vanthu.example', 'http://127.0.0.1.example', 'http://192.168.1.5:8480', 'ftp://vanthu.example', 'http://localhost.example']) await assertRefused({ serverUrl }, { code: 'session.insecure-address' });
  });

  test('something else that answers: a page, a JSON of somebody else’s, one that points elsewhere, no HTTP at all', async () => {
    const answers: readonly (() => AnyServer)[] = [
      () => createHttpServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Cổng thông tin</h1>')),
      () => createHttpServer((_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}')),
      () => createHttpServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"token":"x"}')),
      () => createHttpServer((_, response) => response.writeHead(307, { location: `${province.server.url}/v1/session` }).end()),
      () => createTcpServer((socket) => socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n')),
    ];
    for (const make of answers) {
      const server = make();
      await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      try {
        await assertRefused({ serverUrl: `http://${host}` }, { code: 'session.not-a-server', params: { server: host } });
      } finally {
        server.close();
      }
    }
    // TLS asked of a server that speaks in the clear
    const { host } = new URL(province.server.url);
    await assertRefused({ serverUrl: host }, { code: 'session.not-a-server', params: { server: host } });
  });

  test('a machine that keeps no key: no desk is made', async () => {
    const root = profileDir();
    const at = await open(root, { keys: { office: null } });
    assert.equal((await at.refused('session.signIn', asked())).code, 'store.cannot-open');
    assert.deepEqual(readdirSync(root), []);
  });
});

describe('what is kept', () => {
  test('the password is in no file of the profile and in no line of the log', async () => {
    const root = profileDir();
    const lines: string[] = [];
    const at = await open(root, { log: (level, message, fields) => void lines.push(JSON.stringify([level, message, fields])) });
    await at.refused('session.signIn', { ...asked(), password: `${password} sai` });
    await at.ask('session.signIn', asked());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(files.some((file) => file.endsWith('office.json')) && files.some((file) => file.endsWith('desk.db')));
    for (const file of files) for (const form of ['NFC', 'NFD'] as const) assert.equal(readFileSync(file).includes(password.normalize(form)), false, file);
    assert.equal(lines.join('\n').includes(password), false);
  });

  test('the next start opens the desk at once, without a line and without a word of the person', async () => {
    const root = profileDir();
    const first = await open(root);
    await first.ask('session.signIn', asked());
    await first.until('sync.status', (status) => status.lastSyncAt !== null);
    await first.close();
    province.line.cut();
    const second = await open(root);
    assert.equal((await second.ask('session.state', {})).status, 'signed-in');
    await second.ask('sync.now', {});
    const status = await second.ask('sync.status', {});
    assert.deepEqual([status.online, status.signedIn], [false, true]);
    await draftLetter(second, 'Viết khi không có mạng');
    assert.equal((await second.ask('session.state', {})).office?.waiting, 1);
    province.line.mend();
    await second.ask('sync.now', {});
    await second.until('sync.status', (now) => now.online && now.pending === 0 && now.lastSyncAt !== null);
  });

  test('a profile whose owner is not to be read any more is nobody’s, and its desk is left alone', async () => {
    const root = profileDir();
    const at = await open(root);
    await at.ask('session.signIn', asked());
    await at.close();
    const file = join(root, 'office', 'office.json');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, 40));
    const next = await open(root);
    assert.deepEqual(await next.ask('session.state', {}), { status: 'signed-out', office: null, practice: false, shut: { code: 'store.damaged', params: { file } } });
    assert.equal((await next.refused('session.signIn', asked('thang'))).code, 'store.damaged');
    assert.equal(readFileSync(file, 'utf8'), whole.slice(0, 40));
    await next.close();
    writeFileSync(file, whole);
    assert.equal((await (await open(root)).ask('app.state', {})).me.fullName, 'Trần Thị Mai');
  });

  test('a profile that cannot be opened is not given to whoever comes next', async () => {
    const root = profileDir();
    const at = await open(root);
    await at.ask('session.signIn', asked());
    await at.close();
    const stranger = await open(root, { keys: { office: Buffer.alloc(32, 8) }, log: () => undefined });
    assert.equal((await stranger.ask('session.state', {})).status, 'signed-out');
    assert.equal((await stranger.refused('session.signIn', asked())).code, 'store.cannot-open');
    await stranger.close();
    const again = await open(root);
    assert.equal((await again.ask('session.state', {})).status, 'signed-in', 'and its own key opens it as it was');
  });
});

describe('a session that has ended', () => {
  test('is told once, work goes on and waits, and signing in again sends it with the desk never closed', async () => {
    const at = await open(profileDir());
    await at.ask('session.signIn', asked());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    await province.endSessions('mai');
    await at.ask('sync.now', {});
    const expired = await at.until('session.changed', ({ status }) => status === 'expired');
    assert.equal(expired.office?.person, 'Trần Thị Mai');
    await draftLetter(at, 'Viết khi phiên đã hết');
    assert.equal((await at.ask('documents.list', { folder: 'outgoing', query: 'phien da het', offset: 0, limit: 5 })).total, 1);

    // refused again, nothing is lost
    assert.equal((await at.refused('session.signIn', { ...asked(), password: 'sai' })).code, 'session.wrong-password');
    assert.deepEqual([(await at.ask('session.state', {})).status, (await at.ask('session.state', {})).office?.waiting], ['expired', 1]);

    const switched = at.heard.filter(({ name }) => name === 'desk.switched').length;
    await at.ask('session.signIn', asked());
    await at.until('session.changed', ({ status }) => status === 'signed-in');
    await at.until('sync.status', (status) => status.signedIn && status.pending === 0);
    assert.equal(at.heard.filter(({ name }) => name === 'desk.switched').length, switched, 'the desk stayed open');
    assert.equal(at.heard.filter(({ name, payload }) => name === 'session.changed' && (payload as { status: string }).status === 'expired').length, 1);
  });

  test('is still ended at the next start, where the desk is open all the same', async () => {
    const root = profileDir();
    const first = await open(root);
    await first.ask('session.signIn', asked());
    await province.endSessions('mai');
    await first.ask('sync.now', {});
    await first.until('session.changed', ({ status }) => status === 'expired');
    await first.close();
    const second = await open(root);
    assert.equal((await second.ask('session.state', {})).status, 'expired');
    assert.equal((await second.ask('app.state', {})).me.fullName, 'Trần Thị Mai');
  });
});

describe('signing out', () => {
  test('closes the desk, drops the token, keeps what waits and says how much; it is sent after the next sign-in', async () => {
    const root = profileDir();
    const at = await open(root);
    await at.ask('session.signIn', asked());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    province.line.cut();
    for (const title of ['Việc một', 'Việc hai', 'Việc ba']) await draftLetter(at, title);
    const left = await at.ask('session.signOut', {});
    assert.deepEqual([left.status, left.office?.waiting, left.office?.person], ['signed-out', 3, 'Trần Thị Mai']);
    assert.equal((await at.refused('app.state', {})).code, 'session.required');
    await at.close();

    const next = await open(root);
    assert.deepEqual([(await next.ask('session.state', {})).status, (await next.ask('session.state', {})).office?.waiting], ['signed-out', 3]);
    province.line.mend();
    await next.ask('session.signIn', asked());
    await next.until('sync.status', (status) => status.online && status.pending === 0);
    assert.equal((await next.ask('documents.list', { folder: 'outgoing', query: 'viec', offset: 0, limit: 9 })).total, 3);
  });

  test('sends first what has not left yet, so that nothing is told as waiting that could leave', async () => {
    const at = await open(profileDir());
    await at.ask('session.signIn', asked());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    await draftLetter(at, 'Viết ngay trước khi về');
    assert.equal((await at.ask('session.state', {})).office?.waiting, 1);
    const left = await at.ask('session.signOut', {});
    assert.deepEqual([left.status, left.office?.waiting], ['signed-out', 0]);
  });

  test('ends the session at the server too, where there is a line', async () => {
    const at = await open(profileDir());
    await at.ask('session.signIn', asked());
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    await at.ask('session.signOut', {});
    await province.answered('session-end', 204);
  });

  test('another person is not let into the desk that is kept here', async () => {
    const at = await open(profileDir());
    await at.ask('session.signIn', asked('mai'));
    await at.until('sync.status', (status) => status.lastSyncAt !== null);
    province.line.cut();
    await draftLetter(at, 'Việc của Mai');
    province.line.mend();
    await at.ask('session.signOut', {});
    assert.deepEqual(await at.refused('session.signIn', asked('thang')), { code: 'session.other-person', params: { person: 'Trần Thị Mai, UBND xã Sơn Tịnh' } });
    const state = await at.ask('session.state', {});
    assert.deepEqual([state.status, state.office?.user], ['signed-out', 'mai.tt']);
    assert.equal((await at.ask('session.signIn', asked('mai'))).status, 'signed-in');
  });
});

describe('the practice office', () => {
  test('opens from the sign-in screen and closes again, is remembered until a real office is signed in to, and shares the settings', { timeout: 180_000 }, async () => {
    const root = profileDir();
    const at = await open(root);
    await at.ask('settings.write', { theme: 'dark' });
    const state = await at.ask('session.practice', { practice: true });
    assert.deepEqual(state, { status: 'signed-in', office: null, practice: true });
    assert.ok((await at.ask('app.state', {})).practice !== null);
    await at.ask('practice.switchDesk', { desk: 'commune-leader' });
    assert.equal((await at.ask('settings.read', {})).theme, 'dark');
    assert.equal((await at.refused('session.signIn', asked())).code, 'not-allowed');
    await at.close();

    const again = await open(root, { open: 'remembered' });
    assert.equal((await again.ask('session.state', {})).practice, true);
    assert.deepEqual(await again.ask('session.practice', { practice: false }), { status: 'signed-out', office: null, practice: false });
    assert.equal((await again.refused('app.state', {})).code, 'session.required');
    await again.ask('session.signIn', asked());
    await again.ask('session.practice', { practice: true });
    assert.equal((await again.ask('session.state', {})).office?.person, 'Trần Thị Mai');
    await again.close();

    const third = await open(root, { open: 'remembered' });
    assert.deepEqual([(await third.ask('session.state', {})).practice, (await third.ask('app.state', {})).me.fullName], [false, 'Trần Thị Mai']);
  });

  test('a window that opens later is told of the settings that another one changes', async () => {
    const program = await openProgramAt(profileDir());
    programs.push(program);
    const [one, other] = [testDoor(program.connect()), testDoor(program.connect())];
    await one.ask('settings.write', { locale: 'en' });
    assert.equal((await other.until('settings.changed', () => true)).locale, 'en');
    assert.deepEqual(other.heard.map(({ name }) => name), ['settings.changed']);
  });
});
