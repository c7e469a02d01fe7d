import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openProgram, type Program } from '../../src-main/backend/program.ts';
import type { Door } from '../../src-shared/contract/index.ts';
import type { UpdateState } from '../../src-shared/contract/updates.ts';
import type { Result } from '../../src-shared/result.ts';
import { password, people, tempDir } from '../server/office.ts';
import { makePackage, writeKeys } from './releases.ts';
import { openScene } from './scene.ts';

const repository = path.join(import.meta.dirname, '../..');

async function openInstalled(t: TestContext, serverUrl: string, installed: boolean): Promise<{ readonly program: Program; readonly door: Door; readonly rootDir: string; readonly updates: (call: string, input?: unknown) => Promise<Result<UpdateState>> }> {
  const root = tempDir(t);
  const resourcesDir = path.join(root, 'resources');
  cpSync(path.join(repository, 'resources/trust'), path.join(resourcesDir, 'trust'), { recursive: true });
  writeKeys(path.join(resourcesDir, 'update-keys.json'));
  const rootDir = path.join(root, 'profile');
  const program = await openProgram({ rootDir, resourcesDir, keys: { office: randomBytes(32), practice: randomBytes(32) }, open: 'office', log: () => undefined, ...(installed ? { installedFor: 'win32-x64' as const } : {}) });
  t.after(() => program.close());
  const door = program.connect();
  const entered = await door.call('session.signIn', { serverUrl, user: people.communeClerk.user, password, role: null });
  assert.equal(entered.ok, true, JSON.stringify(entered));
  return { program, door, rootDir, updates: (call, input = {}) => door.call(`updates.${call}`, input) as Promise<Result<UpdateState>> };
}

test('at a real office’s door: a version comes, a person agrees, and closing the program names it to the shell', async (t) => {
  const { server, made } = await openScene(t);
  const { program, door, rootDir, updates } = await openInstalled(t, server.url, true);
  const ready = new Promise<void>((resolve) => {
    door.on((name, payload) => {
      if (name === 'updates.changed' && (payload as UpdateState).release?.ready === true) resolve();
    });
  });
  assert.equal((await updates('check')).ok, true);
  await ready;
  const agreed = await updates('atClose', { wanted: true });
  assert.ok(agreed.ok && agreed.value.atClose && agreed.value.release?.version === '1.2.0');
  await program.close();
  const dir = path.join(rootDir, 'updates');
  assert.equal((JSON.parse(readFileSync(path.join(dir, 'install.json'), 'utf8')) as { sha512: string }).sha512, made.manifest.file.sha512);
  assert.ok(existsSync(path.join(dir, 'before', '0.1.0', 'desk.db')) && existsSync(path.join(dir, 'before', '0.1.0', 'office.json')));
});

test('a package from a stick comes through the door in pieces, and a forged one is refused there', async (t) => {
  const { server, made, withdraw } = await openScene(t);
  withdraw();
  const { updates } = await openInstalled(t, server.url, true);
  const bytes = readFileSync(await makePackage(made));
  const forged = Buffer.from(bytes);
  forged[bytes.length - 3] = (forged[bytes.length - 3] ?? 0) ^ 1;
  const bring = async (file: Buffer): Promise<Result<UpdateState>> => {
    const half = Math.floor(file.length / 2);
    await updates('load', { at: 0, totalBytes: file.length, bytes: new Uint8Array(file.subarray(0, half)) });
    return updates('load', { at: half, totalBytes: file.length, bytes: new Uint8Array(file.subarray(half)) });
  };
  const refused = await bring(forged);
  assert.equal(refused.ok ? '' : refused.error.code, 'update.damaged');
  const taken = await bring(bytes);
  assert.ok(taken.ok && taken.value.release?.ready === true);
});

test('a program that was not installed updates nothing and says so', async (t) => {
  const { server } = await openScene(t);
  const { updates } = await openInstalled(t, server.url, false);
  const read = await updates('read');
  assert.equal(read.ok && read.value.available, false);
  const asked = await updates('atClose', { wanted: true });
  assert.equal(asked.ok ? '' : asked.error.code, 'update.unavailable');
});
