import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeRelease, packRelease, publicKeyOf, signRelease, type ReleaseWords } from '../../build/release.ts';
import type { ReleaseManifest, SignedRelease } from '../../src-shared/protocol/update.ts';

export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
export const publisher = newKey();

export type Made = { readonly file: string; readonly signedFile: string; readonly bytes: Buffer; readonly manifest: ReleaseManifest; readonly signed: SignedRelease };
export type MakeOptions = Partial<ReleaseWords> & { readonly version: string; readonly sizeBytes?: number; readonly pieceBytes?: number; readonly keys?: readonly KeyObject[]; readonly name?: string; readonly bytes?: Buffer };

/** An installer of chance bytes, described and signed as the publisher's own tool does it. */
export function makeRelease(dir: string, { sizeBytes = 200_000, pieceBytes = 16 * 1024, keys = [publisher], name, bytes = randomBytes(sizeBytes), ...words }: MakeOptions): Made {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, name ?? `Van-Thu-Setup-${words.version}.exe`);
  writeFileSync(file, bytes);
  const manifest = describeRelease(file, {
    channel: 'latest', platform: 'win32-x64', released: '2026-11-20T01:00:00Z', minimum: null, minimumSystem: null, rollbackFrom: [], notes: { vi: 'Sửa lỗi: in sổ.', en: 'Mends the printing of registers.' }, ...words,
  }, pieceBytes);
  const signed = signRelease(manifest, keys);
  const signedFile = `${file}.release.json`;
  writeFileSync(signedFile, JSON.stringify(signed));
  return { file, signedFile, bytes, manifest, signed };
}

/** `update-keys.json` with these keys. */
export function writeKeys(file: string, keys: readonly KeyObject[] = [publisher]): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ schema: 1, keys: keys.map((key) => ({ ...publicKeyOf(key), name: 'Tests' })) }));
  return file;
}

export async function makePackage(made: Pick<Made, 'file' | 'signed'>, to = `${made.file}.vtupdate`): Promise<string> {
  await packRelease(made.file, made.signed, to);
  return to;
}
