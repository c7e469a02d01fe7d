import { createWriteStream, createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { maxSignedBytes, openRelease, signedRelease, updatePackageMagic, type ReleaseManifest, type SignedRelease, type UpdateKey } from '../../src-shared/protocol/update.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { checkWhole } from './hash.ts';
import { verifyEd25519 } from './keys.ts';

export type OpenedPackage = { readonly signed: SignedRelease; readonly manifest: ReleaseManifest; /** Where the installer begins. */ readonly start: number };

/** A release package as it lies on a stick: who signed it, and whether every byte is what was signed. Errors: `update.unreadable`, `update.signature-invalid`, `update.key-unknown`, `update.wrong-size`, `update.damaged`. */
export async function openPackage(file: string, keys: readonly UpdateKey[]): Promise<Result<OpenedPackage>> {
  const read = await readHead(file);
  if (read === null) return fail('update.unreadable');
  const manifest = openRelease(read.signed, keys, verifyEd25519);
  if (!manifest.ok) return manifest;
  const whole = await checkWhole(file, manifest.value.file, read.start);
  return whole.ok ? ok({ ...read, manifest: manifest.value }) : whole;
}

/** The installer out of the package. Whoever takes it hashes it again. */
export async function takeInstaller(file: string, start: number, to: string): Promise<void> {
  await pipeline(createReadStream(file, { start, highWaterMark: 1 << 20 }), createWriteStream(to, { mode: 0o600 }));
}

async function readHead(file: string): Promise<{ readonly signed: SignedRelease; readonly start: number } | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const begin = Buffer.alloc(updatePackageMagic.length + 4);
    await handle.read(begin, 0, begin.length, 0);
    const length = begin.readUInt32BE(updatePackageMagic.length);
    if (begin.toString('latin1', 0, updatePackageMagic.length) !== updatePackageMagic || length > maxSignedBytes) return null;
    const head = Buffer.alloc(length);
    if ((await handle.read(head, 0, length, begin.length)).bytesRead < length) return null;
    const parsed = signedRelease.safeParse(readJson(head.toString('utf8')));
    return parsed.success ? { signed: parsed.data, start: begin.length + length } : null;
  } finally {
    await handle.close();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // cut short, or never ours
    return null;
  }
}
