import { createCipheriv, createDecipheriv, randomBytes, randomInt, scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { makePhrase, readPhrase } from '../../src-shared/domain/recovery-phrase.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { findText } from './disk.ts';

/** The profile's key under the words of a sheet. `sheet` is printed on it, so that it is found again; it says nothing about the words. */
const recoveryFile = z.object({
  schema: z.literal(1),
  sheet: z.string().regex(/^[0-9A-F]{6}$/),
  madeAt: z.iso.datetime(),
  kdf: z.object({ name: z.literal('scrypt'), cost: z.int().min(1024).max(1 << 18), blockSize: z.literal(8), parallelization: z.literal(1), salt: z.base64() }),
  cipher: z.literal('aes-256-gcm'),
  nonce: z.base64(),
  sealed: z.base64(),
  tag: z.base64(),
});
export type Recovery = z.infer<typeof recoveryFile>;

export const recoveryName = 'recovery.json';

/** scrypt and not argon2id: Electron's Node is built on BoringSSL, which has no argon2 (docs/adr/0033). 128 MiB for each try, against words of 135 bits. */
const cost = { name: 'scrypt', cost: 1 << 17, blockSize: 8, parallelization: 1 } as const;

export type Sheet = { readonly sheet: string; readonly phrase: string; readonly madeAt: string };

/** New words for this key, shown once by whoever asked. The file is on the disk before they are; an older sheet opens older backups and no newer one. Throws the disk's errors. */
export function makeSheet(profileDir: string, key: Uint8Array, now: Date): Sheet {
  const phrase = makePhrase((below) => randomInt(below));
  const recovery = seal(key, phrase, randomBytes(3).toString('hex').toUpperCase(), now);
  writeWhole(join(profileDir, recoveryName), writeRecovery(recovery));
  return { sheet: recovery.sheet, phrase, madeAt: recovery.madeAt };
}

export function seal(key: Uint8Array, phrase: string, sheet: string, now: Date): Recovery {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const kdf = { ...cost, salt: salt.toString('base64') };
  const cipher = createCipheriv('aes-256-gcm', derive(phrase, kdf), nonce);
  cipher.setAAD(Buffer.from(sheet));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return { schema: 1, sheet, madeAt: now.toISOString(), kdf, cipher: 'aes-256-gcm', nonce: nonce.toString('base64'), sealed: sealed.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
}

/** The key and the words as they were made. Errors: `recovery.length`, `recovery.typing` (told without trying them), `recovery.wrong`. */
export function unseal(recovery: Recovery, typed: string): Result<{ readonly key: Uint8Array; readonly phrase: string }> {
  const read = readPhrase(typed);
  if ('fault' in read) return read.fault === 'length' ? fail('recovery.length') : fail('recovery.typing', { group: read.group });
  const decipher = createDecipheriv('aes-256-gcm', derive(read.phrase, recovery.kdf), Buffer.from(recovery.nonce, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(recovery.sheet));
  try {
    decipher.setAuthTag(Buffer.from(recovery.tag, 'base64'));
    const key = Buffer.concat([decipher.update(Buffer.from(recovery.sealed, 'base64')), decipher.final()]);
    return key.length === 32 ? ok({ key, phrase: read.phrase }) : fail('recovery.wrong', { sheet: recovery.sheet });
  } catch (error) {
    // the tag does not fit: other words, or another file
    if (error instanceof Error) return fail('recovery.wrong', { sheet: recovery.sheet });
    throw error;
  }
}

/** Error: `recovery.unreadable`. */
export function readRecovery(dir: string): Result<Recovery> {
  const path = join(dir, recoveryName);
  const text = findText(path);
  if (text === null) return fail('recovery.unreadable', { path });
  try {
    return ok(recoveryFile.parse(JSON.parse(text)));
  } catch (error) {
    if (error instanceof Error) return fail('recovery.unreadable', { path });
    throw error;
  }
}

export function writeRecovery(recovery: Recovery): string {
  return `${JSON.stringify(recovery, null, 2)}\n`;
}

function derive(phrase: string, { cost: N, blockSize: r, parallelization: p, salt }: Recovery['kdf']): Buffer {
  return scryptSync(phrase, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r });
}
