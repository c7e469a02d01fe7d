import { createHash } from 'node:crypto';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { sha256 as sha256Schema, type Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export function hashOf(bytes: Uint8Array): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'));
}

/** Written down as what it was when it was made; whatever is found under its name later is held against it. */
export function contentRefOf(ledger: Ledger, bytes: Uint8Array, parent: ContentRef | null = null, fileName = 'van-ban.pdf'): ContentRef {
  const sha256 = hashOf(bytes);
  ledger.contents.set(sha256, { bytes, parent: parent?.sha256 ?? null });
  return { sha256, sizeBytes: bytes.length, fileName, parent: parent?.sha256 ?? null };
}

/** Mostly letters, now and then a scan that takes several pieces. */
export function newFile(random: Random): Uint8Array {
  return random.bytes(random.chance(0.06) ? 70_000 + random.int(150_000) : 200 + random.int(3000));
}

const mark = '\n%SIGNED ';

/** A signature as far as bytes go: it covers everything before it, and whoever changes one byte of that is found out. */
export function signedTail(base: Uint8Array, random: Random): Uint8Array {
  return Buffer.concat([Buffer.from(`${mark}${hashOf(base)} `), random.bytes(100 + random.int(500))]);
}

/** Whether every signature in it still covers what stands before it. */
export function signaturesHold(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = buffer.indexOf(mark); at !== -1; at = buffer.indexOf(mark, at + 1)) {
    if (buffer.subarray(at + mark.length, at + mark.length + 64).toString('latin1') !== hashOf(buffer.subarray(0, at))) return false;
  }
  return true;
}
