import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { copyOnto } from '../../src-main/backup/disk.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-disk-'));
after(() => rmSync(dir, { recursive: true }));

const mebibyte = 1024 * 1024;

test('a copy is what was read, byte for byte and by its hash, at every edge of the pieces that it is made in', async () => {
  for (const size of [0, 1, 256 * 1024 - 1, 256 * 1024, mebibyte, mebibyte + 1, 3 * mebibyte + 77, 8 * mebibyte, 8 * mebibyte + 1, 16 * mebibyte, 25 * mebibyte + 12_345]) {
    const [from, to] = [join(dir, `${size}`), join(dir, `${size}.copy`)];
    const bytes = randomBytes(size);
    writeFileSync(from, bytes);
    let seen = 0;
    const { sizeBytes, sha256 } = await copyOnto(from, to, { onBytes: (more) => (seen += more) });
    assert.deepEqual([sizeBytes, seen, sha256], [size, size, createHash('sha256').update(bytes).digest('hex')], `${size}`);
    assert.ok(readFileSync(to).equals(bytes), `${size}`);
  }
});

test('a copy that is called off in its middle throws, and what is there already is never written over', async () => {
  const from = join(dir, 'long');
  writeFileSync(from, randomBytes(20 * mebibyte));
  const stop = new AbortController();
  await assert.rejects(copyOnto(from, join(dir, 'half'), { signal: stop.signal, onBytes: () => stop.abort() }), (error: { error?: { code?: string } }) => error.error?.code === 'backup.cancelled');
  writeFileSync(join(dir, 'taken'), 'của người khác');
  await assert.rejects(copyOnto(from, join(dir, 'taken')), { code: 'EEXIST' });
  assert.equal(readFileSync(join(dir, 'taken'), 'utf8'), 'của người khác');
});
