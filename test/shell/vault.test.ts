import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { readProfileKey, type VaultOptions } from '../../src-main/shell/vault.ts';
import { safeStorage } from './fake-electron.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-vault-'));
let file = '';
let count = 0;
beforeEach(() => (file = join(dir, String(++count), 'profile.key')));
after(() => rmSync(dir, { recursive: true }));

const read = (over: Partial<VaultOptions> = {}): ReturnType<typeof readProfileKey> => readProfileKey({ file, safe: safeStorage, platform: 'win32', practice: false, ...over });
const refused = { ok: false, error: { code: 'store.cannot-open', params: { get file() { return file; } } } };

test('a key is made once and is the same ever after', () => {
  const first = read();
  assert.ok(first.ok);
  assert.equal(first.value.length, 32);
  assert.deepEqual(read(), first);
  assert.equal(readFileSync(file, 'utf8').includes(Buffer.from(first.value).toString('hex')), false);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a key that cannot be unsealed is refused and never replaced', () => {
  assert.ok(read().ok);
  const before = readFileSync(file);
  const broken = { ...safeStorage, decryptString: (): string => { throw new Error('another user'); } };
  assert.deepEqual(read({ safe: broken }), refused);
  assert.deepEqual(read({ safe: { ...safeStorage, decryptString: () => 'short' } }), refused);
  assert.deepEqual(readFileSync(file), before);
});

test('a broken vault is refused and left as it is', () => {
  assert.ok(read().ok);
  for (const text of ['', '{', '{"kind":"sealed"}', '{"kind":"other","key":"AA=="}', 'null']) {
    writeFileSync(file, text);
    assert.deepEqual(read(), refused, text);
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('without a key store a real profile is refused, a practice one opens with a plain key', () => {
  const without: readonly Partial<VaultOptions>[] = [
    { safe: { ...safeStorage, isEncryptionAvailable: () => false } },
    { platform: 'linux', safe: { ...safeStorage, getSelectedStorageBackend: () => 'basic_text' } },
  ];
  for (const over of without) {
    assert.deepEqual(read(over), refused);
    const practice = read({ ...over, practice: true });
    assert.ok(practice.ok);
    assert.deepEqual(read({ ...over, practice: true }), practice);
    assert.deepEqual(read(over), refused, 'a plain key opens no real profile');
    rmSync(file);
  }
});
