import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { auditHash, auditRoot, writeAuditLine, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');

function audit(...words: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [main, 'audit', ...words], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

/** Five lines as a desk saves them, in a file of their own. */
function saved(t: TestContext, change: (lines: string[]) => void = () => undefined): { readonly file: string; readonly last: string } {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-audit-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const lines: AuditLine[] = [];
  for (let seq = 1; seq <= 5; seq++) {
    const line = { seq, atMs: seq, unit: null, user: 'mai', action: 'register', subject: `d${seq}`, detail: {} };
    lines.push({ ...line, hash: auditHash((text) => createHash('sha256').update(text).digest('hex'), lines.at(-1)?.hash ?? auditRoot, line) });
  }
  const text = lines.map(writeAuditLine);
  change(text);
  const file = join(dir, 'nhat-ky.jsonl');
  writeFileSync(file, text.join(''));
  return { file, last: `5:${lines.at(-1)?.hash}` };
}

test('a log that nobody touched is whole, and its last line is what to write down', (t) => {
  const { file, last } = saved(t);
  const ended = audit('verify', file);
  assert.equal(ended.status, 0, ended.stderr);
  assert.match(ended.stdout, /Nguyên vẹn: 5 dòng/);
  assert.ok(ended.stdout.trimEnd().endsWith(last));
  assert.equal(audit('verify', file, '--expect', last).status, 0);
});

test('a changed line, a missing one, and an end that was cut off are named', (t) => {
  const changed = audit('verify', saved(t, (lines) => { lines[2] = lines[2]?.replace('mai', 'hoa') ?? ''; }).file);
  assert.deepEqual([changed.status, /Dòng 3 đã bị sửa/.test(changed.stdout), /KHÔNG NGUYÊN VẸN: 1 /.test(changed.stdout)], [1, true, true]);
  const missing = audit('verify', saved(t, (lines) => lines.splice(1, 2)).file);
  assert.deepEqual([missing.status, /Thiếu dòng 2–3/.test(missing.stdout)], [1, true]);
  const { file, last } = saved(t, (lines) => lines.pop());
  assert.equal(audit('verify', file).status, 0, 'an end that is cut off leaves a chain that is whole in itself');
  const cut = audit('verify', file, '--expect', last);
  assert.deepEqual([cut.status, /Thiếu dòng 5–5/.test(cut.stdout)], [1, true]);
});

test('no file, no log and a wrong word are said as such', (t) => {
  const { file } = saved(t, (lines) => lines.splice(0, 5, 'không phải nhật ký\n'));
  assert.equal(audit('verify', file).status, 1);
  assert.deepEqual([audit('verify', `${file}.khong-co`).status, audit('verify').status, audit('verify', file, '--expect', '5:xyz').status, audit('sua').status], [2, 2, 2, 2]);
  assert.match(audit('verify', `${file}.khong-co`).stderr, /^file\.unreadable: /);
});
