import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { fail, ok, type Result } from '../../src-shared/result.ts';

type Safe = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'>;

/** `sealed`: the key as the OS key store sealed it, base64. `plain`: hex, in a practice office on a machine without a key store. */
const vaultFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sealed'), key: z.base64() }),
  z.object({ kind: z.literal('plain'), key: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

export type VaultOptions = {
  readonly file: string;
  readonly safe: Safe;
  readonly platform: NodeJS.Platform;
  /** Nothing in a practice office is secret, so it also opens where the system keeps no keys. */
  readonly practice: boolean;
};

/**
 * The profile's key: 32 random bytes, made once, sealed by the OS key store (DPAPI, Keychain, libsecret). A key that cannot be unsealed is
 * never replaced, since what it locks would be lost: `store.cannot-open`.
 */
export function readProfileKey({ file, safe, platform, practice }: VaultOptions): Result<Uint8Array> {
  if (existsSync(file)) return openVault(file, safe, practice);
  const key = randomBytes(32);
  if (keepsKeys(safe, platform)) writeVault(file, { kind: 'sealed', key: safe.encryptString(key.toString('hex')).toString('base64') });
  else if (practice) writeVault(file, { kind: 'plain', key: key.toString('hex') });
  else return fail('store.cannot-open', { file });
  return ok(key);
}

function openVault(file: string, safe: Safe, practice: boolean): Result<Uint8Array> {
  try {
    const vault = vaultFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (vault.kind === 'plain') return practice ? ok(Buffer.from(vault.key, 'hex')) : fail('store.cannot-open', { file });
    const key = Buffer.from(safe.decryptString(Buffer.from(vault.key, 'base64')), 'hex');
    return key.length === 32 ? ok(key) : fail('store.cannot-open', { file });
  } catch (error) {
    // A broken file, another user's seal, a key store that was reset: all the same to the person, and none may be written over
    if (error instanceof Error) return fail('store.cannot-open', { file });
    throw error;
  }
}

/** `basic_text` is a password that is the same on every machine (Electron docs, safeStorage): no seal at all. */
function keepsKeys(safe: Safe, platform: NodeJS.Platform): boolean {
  return safe.isEncryptionAvailable() && (platform !== 'linux' || safe.getSelectedStorageBackend() !== 'basic_text');
}

/** On the disk before its key is used: a profile whose key was lost in a power cut is a lost profile. */
function writeVault(file: string, vault: z.infer<typeof vaultFile>): void {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.new`;
  const handle = openSync(half, 'w', 0o600);
  writeSync(handle, JSON.stringify(vault));
  fsyncSync(handle);
  closeSync(handle);
  renameSync(half, file);
}
