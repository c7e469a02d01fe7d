import type { ByteSource } from '../ports/bytes.ts';
import { createAllowance, type Allowance } from './allowance.ts';
import { broken } from './fault.ts';
import { needMore, type Cursor } from './parser.ts';

/** No dictionary, array or string of an honest document comes near; an unclosed string must not pull in 500 MB. */
const maxObjectBytes = 32 * 1024 * 1024;

/** A source as an open file has it: what reading costs is counted, for every state of the file together. */
export type MeteredSource = ByteSource & { readonly allowance: Allowance };

/** For each window, whatever is found in it. */
const windowWork = 20;

/** Runs `read` on a window at `offset`, with larger ones until it is enough. */
export function readWindow<T>(source: ByteSource, offset: number, read: (cursor: Cursor) => T, firstBytes = 1024, maxBytes = maxObjectBytes): T {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= source.sizeBytes) throw broken(`vị trí ${offset} nằm ngoài tệp`);
  const allowance = allowanceOf(source);
  for (let length = firstBytes; ; length = Math.min(maxBytes, length * 8)) {
    const bytes = source.read(offset, Math.min(length, source.sizeBytes - offset));
    const cursor: Cursor & { values: number } = { bytes, at: 0, base: offset, whole: offset + bytes.length >= source.sizeBytes, values: 0 };
    try {
      return read(cursor);
    } catch (error) {
      if (error !== needMore) throw error;
      if (length >= maxBytes) throw broken(`đối tượng tại byte ${offset} quá lớn hoặc không đóng`);
    } finally {
      allowance?.spend(windowWork + cursor.at + workOf(cursor));
    }
  }
}

/** How many values of some 70 bytes an object takes in memory that was read from `start` to the cursor: long strings count too. */
export function weightOf({ at, values = 0 }: Cursor, start: number): number {
  return values + (at - start) / 64;
}

/** What the values that were read cost besides their bytes. Those of an object of very many are dear: it has to be put together in memory each time. */
export function workOf({ values = 0 }: Cursor): number {
  return values * valueWork + Math.max(0, values - manyValues) * heldWork;
}

const valueWork = 4;
const manyValues = 20_000;
const heldWork = 40;

export function allowanceOf(source: ByteSource): Allowance | null {
  return 'allowance' in source ? (source as MeteredSource).allowance : null;
}

/** The first `sizeBytes` of a source, as if the file ended there: an earlier revision. */
export function clipSource(source: ByteSource, sizeBytes: number): ByteSource {
  const size = Math.min(sizeBytes, source.sizeBytes);
  return { ...handedOn(source), sizeBytes: size, read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, size - offset))) };
}

/** `base ++ tail` without copying the base. */
export function joinSource(base: ByteSource, tail: Uint8Array): ByteSource {
  const read = (offset: number, length: number): Uint8Array => {
    const end = Math.min(offset + length, base.sizeBytes + tail.length);
    if (offset >= end) return new Uint8Array(0);
    if (end <= base.sizeBytes) return base.read(offset, end - offset);
    const fromTail = tail.subarray(Math.max(0, offset - base.sizeBytes), end - base.sizeBytes);
    return offset >= base.sizeBytes ? fromTail : Buffer.concat([base.read(offset, base.sizeBytes - offset), fromTail]);
  };
  return { ...handedOn(base), sizeBytes: base.sizeBytes + tail.length, read };
}

const blockBytes = 64 * 1024;
const maxBlocks = 16;

/** A byte of a long read: what is fetched is hashed or unpacked too. */
const fetchWork = 1 / 16;

/**
 * Serves small reads from a few recent blocks, so that a thousand small objects are not a thousand system calls. The states of one file share them: a
 * source that is buffered already, or a part of one, stays as it is.
 */
export function bufferedSource(source: ByteSource): MeteredSource {
  if (allowanceOf(source) !== null) return source as MeteredSource;
  const allowance = createAllowance();
  const blocks = new Map<number, Uint8Array>();
  const blockAt = (index: number): Uint8Array => {
    const known = blocks.get(index);
    if (known !== undefined) return known;
    const oldest = blocks.size >= maxBlocks ? blocks.keys().next().value : undefined;
    if (oldest !== undefined) blocks.delete(oldest);
    const block = source.read(index * blockBytes, blockBytes);
    blocks.set(index, block);
    return block;
  };
  const read = (offset: number, length: number): Uint8Array => {
    const wanted = Math.max(0, Math.min(length, source.sizeBytes - offset));
    const index = Math.floor(offset / blockBytes);
    const within = offset - index * blockBytes;
    if (within + wanted <= blockBytes) return blockAt(index).subarray(within, within + wanted);
    allowance.spend(wanted * fetchWork);
    return source.read(offset, wanted);
  };
  return { ...handedOn(source), allowance, sizeBytes: source.sizeBytes, read };
}

/** The password goes where the bytes go, and so does what reading them may cost. */
function handedOn(source: ByteSource): Pick<ByteSource, 'password'> {
  const allowance = allowanceOf(source);
  return { ...(source.password === undefined ? {} : { password: source.password }), ...(allowance === null ? {} : { allowance }) };
}
