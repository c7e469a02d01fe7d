import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import { needMore, type Cursor } from './parser.ts';

/** No dictionary, array or string of an honest document comes near; an unclosed string must not pull in 500 MB. */
const maxObjectBytes = 32 * 1024 * 1024;

/** Runs `read` on a window at `offset`, with larger ones until it is enough. */
export function readWindow<T>(source: ByteSource, offset: number, read: (cursor: Cursor) => T, firstBytes = 1024): T {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= source.sizeBytes) throw broken(`vị trí ${offset} nằm ngoài tệp`);
  for (let length = firstBytes; ; length *= 8) {
    const bytes = source.read(offset, Math.min(length, source.sizeBytes - offset));
    try {
      return read({ bytes, at: 0, base: offset, whole: offset + bytes.length >= source.sizeBytes });
    } catch (error) {
      if (error !== needMore) throw error;
      if (length >= maxObjectBytes) throw broken(`đối tượng tại byte ${offset} quá lớn hoặc không đóng`);
    }
  }
}

/** The first `sizeBytes` of a source, as if the file ended there: an earlier revision. */
export function clipSource(source: ByteSource, sizeBytes: number): ByteSource {
  const size = Math.min(sizeBytes, source.sizeBytes);
  return { ...passwordOf(source), sizeBytes: size, read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, size - offset))) };
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
  return { ...passwordOf(base), sizeBytes: base.sizeBytes + tail.length, read };
}

const blockBytes = 64 * 1024;
const maxBlocks = 16;

/** Serves small reads from a few recent blocks, so that a thousand small objects are not a thousand system calls. */
export function bufferedSource(source: ByteSource): ByteSource {
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
    return within + wanted > blockBytes ? source.read(offset, wanted) : blockAt(index).subarray(within, within + wanted);
  };
  return { ...passwordOf(source), sizeBytes: source.sizeBytes, read };
}

/** The password goes where the bytes go. */
function passwordOf({ password }: ByteSource): Pick<ByteSource, 'password'> {
  return password === undefined ? {} : { password };
}
