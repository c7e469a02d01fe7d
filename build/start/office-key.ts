import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The key of a real office's store in the browser shell, which has no OS key store to seal it: a file that its owner alone may read. The
 * installed program seals its key (src-main/shell/vault.ts). Throws on a file that is no key: what it locked would be lost by a new one.
 */
export function readOfficeKey(file: string): Uint8Array {
  if (existsSync(file)) {
    const key = readFileSync(file);
    if (key.length !== 32) throw new Error(`${file} is not a key of 32 bytes`);
    return key;
  }
  mkdirSync(dirname(file), { recursive: true });
  const key = randomBytes(32);
  const handle = openSync(file, 'wx', 0o600);
  writeSync(handle, key);
  fsyncSync(handle);
  closeSync(handle);
  return key;
}
