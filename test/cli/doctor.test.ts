import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');
let dir: string;
let token: TestToken;
let url: string;
const server = createServer((_request, response) => response.end('{"ok":true}'));

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-doctor-'));
  token = await createTestToken(dir, createTestPki(join(dir, 'pki')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Not synchronously: the server that it asks lives in this very process. */
async function doctor(...words: readonly string[]): Promise<{ readonly status: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [main, 'doctor', '--module', token.module, ...words], { env: { ...process.env, ...token.env, LC_ALL: 'C.UTF-8' } });
  const [out, err]: Buffer[][] = [[], []];
  child.stdout.on('data', (bytes: Buffer) => out?.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => err?.push(bytes));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, out: Buffer.concat(out ?? []).toString('utf8'), err: Buffer.concat(err ?? []).toString('utf8') };
}

test('without signing in, every finding is a line, and exit 0 says that nothing is wrong', async () => {
  const ended = await doctor('--profile', join(dir, 'none'), '--server', url);
  assert.equal(ended.status, 0, ended.out + ended.err);
  assert.equal(ended.out.trim().split('\n').length, 10);
  assert.match(ended.out, /✓ Máy chủ 127\.0\.0\.1:\d+ trả lời/);
  assert.match(ended.out, /✓ Chứng thư số còn hạn \d+ ngày/);
  assert.match(ended.out, /\? Máy này chưa có bàn làm việc nào/);
});

test('a server that is not there is exit 1, and the machine’s words hold no name of a token’s owner', async () => {
  const ended = await doctor('--profile', join(dir, 'none'), '--server', 'http://127.0.0.1:9', '--json');
  assert.equal(ended.status, 1, ended.err);
  const said = JSON.parse(ended.out) as { readonly checks: readonly { readonly id: string; readonly state: string }[] };
  assert.deepEqual(said.checks.find(({ id }) => id === 'server'), { id: 'server', state: 'bad' });
  assert.doesNotMatch(ended.out, /Lãnh đạo|CN=/);
});

test('a profile that cannot be read, and a wrong word, are said with exit 2', async () => {
  mkdirSync(join(dir, 'torn/office'), { recursive: true });
  writeFileSync(join(dir, 'torn/office/office.json'), '{"schema":');
  const torn = await doctor('--profile', join(dir, 'torn'));
  assert.deepEqual([torn.status, torn.err.startsWith('store.damaged: ')], [2, true]);
  assert.equal((await doctor('--server', 'không phải địa chỉ')).status, 2);
});
