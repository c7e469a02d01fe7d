import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findMisfit } from '../../../src-main/token/binary-format.ts';

const windows = { platform: 'win32', arch: 'x64' };
const [i386, amd64] = [0x014c, 0x8664];

let dir: string;
before(() => { dir = mkdtempSync(join(tmpdir(), 'van-thu-driver-')); });
after(() => rmSync(dir, { recursive: true, force: true }));

/** A library of nothing but its headers. */
function write(name: string, bytes: Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
}

function dll(machine: number, header = 0x80): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(header, 0x3c);
  if (header + 6 <= bytes.length) {
    bytes.write('PE\0\0', header, 'latin1');
    bytes.writeUInt16LE(machine, header + 4);
  }
  return bytes;
}

test('a 32-bit driver on 64-bit Windows is named as one, with the cure', () => {
  const path = write('viettel-ca_v6.dll', dll(i386));
  assert.deepEqual(findMisfit(path, windows), { code: 'token.driver-32-bit', params: { driver: path } });
});

test('a 64-bit driver fits 64-bit Windows', () => {
  assert.equal(findMisfit(write('vnptca_p11_v8.dll', dll(amd64)), windows), null);
});

test('a 64-bit driver in a 32-bit program is no 32-bit driver', () => {
  assert.equal(findMisfit(write('eps2003csp11.dll', dll(amd64)), { platform: 'win32', arch: 'ia32' })?.code, 'token.driver-unloadable');
});

test('a driver of another system is told by that, whatever its width', () => {
  const error = findMisfit(write('linux.dll', dll(i386)), { platform: 'linux', arch: 'x64' });
  assert.equal(error?.code, 'token.driver-unloadable');
  assert.match(String(error?.params?.['reason']), /windows/);
});

test('torn headers, a text and a missing file are left to the loader, which says why in its own words', () => {
  assert.equal(findMisfit(write('torn.dll', dll(i386, 0xffff_0000)), windows), null);
  assert.equal(findMisfit(write('short.dll', Buffer.from('MZ')), windows), null);
  assert.equal(findMisfit(write('text.dll', Buffer.alloc(200, 'trình điều khiển ')), windows), null);
  assert.equal(findMisfit(join(dir, 'none.dll'), windows), null);
});
