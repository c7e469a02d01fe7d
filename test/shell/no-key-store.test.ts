import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { StartWord } from '../../src-main/shell/backend-process.ts';
import { record, safeStorage } from './fake-electron.ts';
import { loadShell } from './load-shell.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-no-keys-'));
after(() => rmSync(dir, { recursive: true }));

test('on a machine that keeps no keys, and whose documents folder is away, the program opens all the same: the practice may, a real office’s store is not made', async () => {
  Object.assign(safeStorage, { isEncryptionAvailable: () => false });
  process.env['VAN_THU_USER_DATA'] = dir;
  process.env['VAN_THU_OPEN'] = 'office';
  Object.defineProperty(process, 'platform', { value: 'win32' });
  record.noDocuments = true;
  await loadShell();
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual([record.errors, record.exitCode, record.windows.length], [[], null, 1]);
  const start = record.forks[0]?.words[0]?.message as StartWord;
  assert.equal(start.keys.office, null);
  assert.match(start.keys.practice ?? '', /^[0-9a-f]{64}$/);
  assert.equal(existsSync(join(dir, 'office.key')), false, 'a key in the open would be no key');
  assert.equal((JSON.parse(readFileSync(join(dir, 'practice.key'), 'utf8')) as { readonly kind: string }).kind, 'plain');
  assert.equal(start.open, 'office', 'the start says which');
  const { appId } = /^appId: (?<appId>.+)$/m.exec(readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8'))?.groups ?? {};
  assert.equal(record.appUserModelId, appId, 'Windows shows notices under the name of the installed shortcut');
});
