import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openProfileStore } from '../../src-main/store/open.ts';
import { readPackageKey, retirePackageKey, rotatePackageKey } from '../../src-server/features/packages-keys.ts';
import type { Storage } from '../../src-server/storage/port.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { openOffice, password, people, personOf, signIn, tempDir } from '../server/office.ts';
import { bring, bytesOf, feedOf, openReadyStation, packed, stationOver } from './support.ts';

test('the province takes a package from a stick, beside its running server, once', async (t) => {
  const dir = tempDir(t);
  const server = await openOffice(t, { dir });
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const { document, content } = await station.draft(bytesOf('stick', 300_000));
  const stick = tempDir(t);
  const file = join(stick, 'goi.vtgoi');
  writeFileSync(file, packed(station));
  const first = await beside(serverMain, ['import', file, '--dir', dir]);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /H48\.60\.12: 2 actions, 2 applied, 0 in conflict, 0 refused, 0 waiting/);
  assert.equal((await beside(serverMain, ['import', '--json', file, file, '--dir', dir])).status, 0);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.equal((await client.get(`/v1/blobs/${content.sha256}`)).status, 200);

  const broken = join(stick, 'hong.vtgoi');
  writeFileSync(broken, packed(station).subarray(0, 5000));
  const refused = await beside(serverMain, ['import', broken, join(stick, 'none.vtgoi'), '--dir', dir]);
  assert.equal(refused.status, 2);
  assert.match(refused.stdout, /package\.damaged/);
  assert.match(refused.stdout, /file\.unreadable/);
  assert.match((await beside(serverMain, ['import', '--help'])).stdout, /van-thu-server import FILE/);
  assert.equal((await beside(serverMain, ['import', '--dir', dir])).status, 2);

  const storage = openSqlite({ file: join(dir, 'server.db') });
  t.after(() => storage.close());
  const lines = (await storage.read((tx) => tx.audit.read(0, 1000))).filter(({ action }) => action.startsWith('package.'));
  assert.deepEqual(lines.map(({ action }) => action), ['package.brought-in', 'package.brought-in', 'package.brought-in', 'package.refused']);
  assert.deepEqual([lines[0]?.unit, lines[0]?.detail['commands'], lines[0]?.detail['applied'], lines[0]?.detail['author']], ['H48.60.12', 2, 2, people.communeClerk.user]);

  // the stick was lost: its station is told off at the province
  assert.equal((await beside(serverMain, ['package', 'revoke-station', String(lines[0]?.detail['signer']), '--dir', dir])).status, 0);
  assert.equal((await bring(client, server.url, packed(station))).code, 'package.unknown-station');
  assert.equal((await beside(serverMain, ['package', 'revoke-station', 'nobody', '--dir', dir])).status, 1);
});

test('a package for a key before the present one is opened until that key is retired', async (t) => {
  const dir = tempDir(t);
  const server = await openOffice(t, { dir });
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  await station.draft(bytesOf('old key', 1000));
  const file = packed(station);
  const storage: Storage = openSqlite({ file: join(dir, 'server.db') });
  t.after(() => storage.close());
  const { id } = await readPackageKey(storage);
  const next = await rotatePackageKey(storage);
  assert.notEqual(next, id);
  assert.equal(await retirePackageKey(storage, next), false);
  assert.equal((await bring(client, server.url, file)).status, 200);
  assert.equal(await retirePackageKey(storage, id), true);
  assert.equal((await bring(client, server.url, file)).code, 'package.old-key');
  // the desk hears of the new one with its next line
  assert.equal((await station.packages.prepare()).ok, true);
  assert.equal((await bring(client, server.url, packed(station))).status, 200);
});

test('of several who ask first at once, all hear the same key', async (t) => {
  const dir = tempDir(t);
  await openOffice(t, { dir });
  const storage = openSqlite({ file: join(dir, 'server.db') });
  t.after(() => storage.close());
  const keys = await Promise.all([1, 2, 3].map(() => readPackageKey(storage)));
  assert.equal(new Set(keys.map(({ id }) => id)).size, 1);
});

test('the command line makes a package of a closed profile, shows its outside and carries it', async (t) => {
  const server = await openOffice(t);
  const client = await signIn(server.url, 'communeClerk');
  const [profile, key] = [tempDir(t), randomBytes(32)];
  const opened = openProfileStore({ dir: join(profile, 'desk'), key });
  assert.ok(opened.ok);
  const station = stationOver(opened.value, client, server.url);
  assert.ok((await station.packages.prepare()).ok);
  opened.value.desk.setSetting('station', 'station-communeClerk');
  const { document } = await station.draft(bytesOf('command line', 200_000));
  opened.value.close();
  const { unit, user, role } = people.communeClerk;
  writeFileSync(join(profile, 'office.json'), JSON.stringify({ schema: 1, serverUrl: server.url, user, unit, person: personOf('communeClerk'), role, left: null }));

  const out = join(tempDir(t), 'viec.vtgoi');
  const env = { KEY: key.toString('hex'), SECRET: password };
  const made = vanThu(['package', 'make', '--profile', profile, '--key-env', 'KEY', '--out', out], env);
  assert.equal(made.status, 0, made.stderr);
  assert.equal((JSON.parse(made.stdout) as { commands: number }).commands, 2);
  const shown = vanThu(['package', 'show', out]);
  assert.match(shown.stdout, /UBND xã Phú Lâm \(H48\.60\.12\), Người xa\.vanthu/);
  // the server runs in this process: the child is waited for without holding it up
  const carried = await beside(main, ['package', 'carry', out, '--server', server.url, '--user', people.departmentClerk.user, '--password-env', 'SECRET', '--json'], env);
  assert.equal(carried.status, 0, carried.stderr);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.match(vanThu(['package', '--help']).stdout, /van-thu package carry/);
  assert.equal(vanThu(['package', 'carry', out, '--server', server.url]).status, 2);
  assert.equal(vanThu(['package', 'show', join(profile, 'office.json')]).status, 2);
});

const serverMain = join(import.meta.dirname, '../../src-server/main.ts');
const main = join(import.meta.dirname, '../../src-main/cli/main.ts');

function vanThu(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
}

async function beside(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}
