import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openRelease, updateAnswer } from '../../src-shared/protocol/update.ts';
import { addRelease } from '../../src-server/features/updates-add.ts';
import { verifyEd25519 } from '../../src-server/features/updates-keys.ts';
import { release } from '../../src-server/operation/commands/release.ts';
import { parseConfig } from '../../src-server/operation/config.ts';
import type { Io } from '../../src-server/operation/command-line.ts';
import type { Server } from '../../src-server/server.ts';
import { publicKeyOf } from '../../build/release.ts';
import { makeRelease, newKey, publisher, writeKeys, type MakeOptions, type Made } from '../updates/releases.ts';
import { openOffice, signIn, tempDir, type Client } from './office.ts';

type Scene = { readonly server: Server; readonly client: Client; readonly dir: string; readonly keys: string; readonly run: (...argv: string[]) => Promise<{ readonly code: number; readonly out: string; readonly err: string }>; readonly make: (options: MakeOptions) => Made };

async function scene(t: TestContext): Promise<Scene> {
  const root = tempDir(t);
  const [dir, keys, config] = [path.join(root, 'updates'), writeKeys(path.join(root, 'keys.json')), path.join(root, 'config.json')];
  writeFileSync(config, JSON.stringify({ dir: path.join(root, 'data'), updates: { dir, keys } }));
  const server = await openOffice(t, { dir: path.join(root, 'data'), updates: { dir, keysFile: keys } });
  const run: Scene['run'] = async (...argv) => {
    let [out, err] = ['', ''];
    const io: Io = { out: (text) => void (out += text), err: (text) => void (err += text), environment: {}, input: async () => null, stopped: Promise.resolve() };
    return { code: await release([...argv, '--config', config], io), out, err };
  };
  return { server, client: await signIn(server.url, 'communeClerk'), dir, keys, run, make: (options) => makeRelease(path.join(root, 'made'), options) };
}

const question = (more: Record<string, string> = {}): string => `/v1/updates/release?${new URLSearchParams({ station: 'station-one', installed: '1.0.0', channel: 'latest', platform: 'win32-x64', ...more }).toString()}`;
const offered = async (client: Client, more: Record<string, string> = {}): Promise<string | null> => {
  const answer = updateAnswer.parse(await (await client.get(question(more))).json());
  return answer.release === null ? null : (JSON.parse(answer.release.manifest) as { version: string }).version;
};

test('a release that was put in is offered, as latest.yml that electron-updater reads, and by ranges', async (t) => {
  const { client, run, make } = await scene(t);
  const made = make({ version: '1.2.0', minimum: '1.1.0', minimumSystem: '10.0' });
  writeFileSync(`${made.file}.blockmap`, 'a map of blocks');
  assert.deepEqual(await run('add', made.file, '--version', '1.2.0', '--channel', 'latest', '--minimum', '1.1.0'), { code: 0, out: '', err: '' });
  const answer = updateAnswer.parse(await (await client.get(question())).json());
  assert.ok(answer.release !== null);
  const opened = openRelease(answer.release, [{ ...publicKeyOf(publisher), name: '' }], verifyEd25519);
  assert.deepEqual(opened, { ok: true, value: made.manifest });

  const yml = await client.get('/v1/updates/latest.yml?station=station-one&installed=1.0.0');
  // what electron-updater itself reads it with
  const { parseUpdateInfo } = createRequire(import.meta.url)('electron-updater/out/providers/Provider.js') as { parseUpdateInfo: (text: string, file: string, url: URL) => Record<string, unknown> };
  assert.deepEqual(parseUpdateInfo(await yml.text(), 'latest.yml', new URL('http://x/')), {
    version: '1.2.0', files: [{ url: 'Van-Thu-Setup-1.2.0.exe', sha512: made.manifest.file.sha512, size: 200_000 }], path: 'Van-Thu-Setup-1.2.0.exe', sha512: made.manifest.file.sha512,
    releaseDate: '2026-11-20T01:00:00Z', releaseNotes: 'Sửa lỗi: in sổ.', stagingPercentage: 100, minimumSystemVersion: '10.0',
  });
  assert.equal((await client.get('/v1/updates/latest.yml?station=station-one&installed=1.0.0', { 'if-none-match': yml.headers.get('etag') ?? '' })).status, 304);

  const url = '/v1/updates/Van-Thu-Setup-1.2.0.exe';
  const whole = await client.get(url);
  const etag = whole.headers.get('etag') ?? '';
  assert.deepEqual([whole.status, etag, Buffer.from(await whole.arrayBuffer()).equals(made.bytes)], [200, `"${made.manifest.file.sha256}"`, true]);
  const part = await client.get(url, { range: 'bytes=1000-1999', 'if-range': etag });
  assert.deepEqual([part.status, part.headers.get('content-range'), Buffer.from(await part.arrayBuffer()).equals(made.bytes.subarray(1000, 2000))], [206, 'bytes 1000-1999/200000', true]);
  assert.equal((await client.get(url, { range: 'bytes=1000-1999', 'if-range': '"other"' })).status, 200);
  assert.equal((await client.get(url, { range: 'bytes=200000-' })).status, 416);
  assert.equal((await client.get(`${url}.blockmap`)).status, 200);
  assert.equal((await fetch(new URL(url, whole.url))).status, 401, 'without a session nothing is given');
});

test('what is not as its publisher signed it is not taken, each time with its reason, and the folder stays as it was', async (t) => {
  const { run, make, dir } = await scene(t);
  const good = make({ version: '1.2.0' });
  const add = (file: string, ...more: string[]) => run('add', file, '--version', '1.2.0', '--channel', 'latest', ...more);
  const refused = async (why: RegExp, what: Promise<{ code: number; err: string }>): Promise<void> => {
    const { code, err } = await what;
    assert.equal(code, 1);
    assert.match(err, why);
  };
  await refused(/--version: 1\.2\.1/, run('add', good.file, '--version', '1.2.1', '--channel', 'latest'));
  await refused(/--minimum: 1\.1\.0/, add(good.file, '--minimum', '1.1.0'));
  const stranger = make({ version: '1.2.0', name: 'stranger.exe', keys: [newKey()] });
  await refused(/không do nơi phát hành/, add(stranger.file));
  const forged = make({ version: '1.2.0', name: 'forged.exe' });
  writeFileSync(forged.signedFile, JSON.stringify({ ...forged.signed, manifest: forged.signed.manifest.replace('in sổ', 'in số') }));
  await refused(/Chữ ký của gói cập nhật không đúng/, add(forged.file));
  const changed = make({ version: '1.2.0', name: 'changed.exe' });
  const bytes = Buffer.from(changed.bytes);
  bytes[70_000] = (bytes[70_000] ?? 0) ^ 1;
  writeFileSync(changed.file, bytes);
  await refused(/không khớp với chữ ký/, add(changed.file));
  appendFileSync(changed.file, 'x');
  await refused(/200001 byte/, add(changed.file));
  await refused(/Không đọc được tệp/, add(path.join(dir, 'none.exe')));
  assert.deepEqual(existsSync(dir) ? readdirSync(dir) : [], []);
  assert.equal((await run('add', good.file)).code, 2, 'wrong words are wrong usage');
});

test('a release is staged by unit and by share, withdrawn and given again; the newest that fits is offered', async (t) => {
  const { server, client, run, make } = await scene(t);
  const department = await signIn(server.url, 'departmentClerk');
  for (const [version, ...more] of [['1.1.0'], ['1.2.0', '--unit', client.session.unit.code]] as const) {
    const made = make({ version });
    assert.equal((await run('add', made.file, '--version', version, '--channel', 'latest', ...more)).code, 0);
  }
  assert.deepEqual([await offered(client), await offered(department)], ['1.2.0', '1.1.0']);
  assert.equal((await department.get('/v1/updates/Van-Thu-Setup-1.2.0.exe')).status, 404, 'not for this unit');
  assert.deepEqual([await offered(client, { installed: '1.2.0' }), await offered(client, { platform: 'linux-x64' }), await offered(client, { channel: 'beta' })], [null, null, null]);
  assert.equal((await run('withdraw', 'Van-Thu-Setup-1.2.0.exe')).code, 0);
  assert.deepEqual([await offered(client), (await client.get('/v1/updates/Van-Thu-Setup-1.2.0.exe')).status], ['1.1.0', 404]);
  assert.equal((await run('stage', 'Van-Thu-Setup-1.2.0.exe', '--everybody', '--percent', '0')).code, 0);
  assert.deepEqual([await offered(client), await offered(department)], ['1.1.0', '1.1.0'], 'nobody’s turn yet');
  assert.equal((await run('stage', 'Van-Thu-Setup-1.2.0.exe', '--percent', '100')).code, 0);
  assert.deepEqual([await offered(client), await offered(department)], ['1.2.0', '1.2.0']);
  const listed = await run('list');
  assert.match(listed.out, /Van-Thu-Setup-1\.2\.0\.exe {2}1\.2\.0 latest win32-x64 minimum – {2}100 % {2}\*/);
});

test('a desk below the required version does not wait for its turn, and one of a bad version is given the way back that was signed', async (t) => {
  const { client, run, make } = await scene(t);
  const required = make({ version: '1.2.0', minimum: '1.1.0' });
  await run('add', required.file, '--version', '1.2.0', '--channel', 'latest', '--minimum', '1.1.0', '--percent', '0');
  assert.deepEqual([await offered(client, { installed: '1.0.9' }), await offered(client, { installed: '1.1.0' })], ['1.2.0', null]);
  const back = make({ version: '1.1.5', rollbackFrom: ['1.3.0'] });
  await run('add', back.file, '--version', '1.1.5', '--channel', 'latest');
  assert.deepEqual([await offered(client, { installed: '1.3.0' }), await offered(client, { installed: '1.3.1' })], ['1.1.5', null]);
});

test('several nodes share the folder; a file that was changed in it is given to nobody, and the rest goes on', async (t) => {
  const { client, dir, keys, run, make } = await scene(t);
  for (const version of ['1.1.0', '1.2.0']) await run('add', make({ version }).file, '--version', version, '--channel', 'latest');
  const other = await openOffice(t, { updates: { dir, keysFile: keys } });
  const there = await signIn(other.url, 'communeClerk');
  assert.deepEqual([await offered(client), await offered(there)], ['1.2.0', '1.2.0']);
  appendFileSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe'), 'x');
  await run('stage', 'Van-Thu-Setup-1.1.0.exe', '--percent', '100');
  assert.deepEqual([await offered(client), await offered(there)], ['1.1.0', '1.1.0']);
  writeFileSync(path.join(dir, 'releases.json'), '{ half a l');
  assert.equal(await offered(client), '1.1.0', 'a list that cannot be read changes nothing');
});

test('without the section there are no updates, and a question without its words is refused', async (t) => {
  const server = await openOffice(t);
  const client = await signIn(server.url, 'communeClerk');
  for (const url of [question(), '/v1/updates/latest.yml', '/v1/updates/Van-Thu-Setup-1.2.0.exe']) assert.equal((await client.get(url)).status, 404, url);
  const { client: served } = await scene(t);
  assert.equal((await served.get('/v1/updates/release?station=x')).status, 400);
  assert.ok(parseConfig('{"dir":"/x","updates":{"dir":"/y"}}', {}).ok);
  assert.ok(!parseConfig('{"dir":"/x","updates":{"folder":"/y"}}', {}).ok);
});

test('the same release again is the same release; another under its name is refused', async (t) => {
  const { dir, keys, make } = await scene(t);
  const made = make({ version: '1.2.0' });
  const options = { file: made.file, signedFile: made.signedFile, version: '1.2.0', channel: 'latest', minimum: null, percent: 100, units: null, now: new Date() };
  const settings = { dir, keysFile: keys };
  assert.deepEqual([await addRelease(settings, options), await addRelease(settings, options)], [null, null]);
  make({ version: '1.2.0' });
  assert.match((await addRelease(settings, options)) ?? '', /another release has this name/);
  assert.equal(createHash('sha512').update(readFileSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe'))).digest('base64'), made.manifest.file.sha512);
});
