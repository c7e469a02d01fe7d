import { Inflate } from 'fflate';
import { joinBytes } from './base64.ts';
import { crc32 } from './crc32.ts';
import type { ReadLimits } from './limits.ts';
import { PackageFault } from './refusal.ts';

/** `zip`: the one entry inside was handed on. `raw`: what stood in the package was handed on as it stood. */
export type Packing = 'zip' | 'raw';
export type Unpacked = { readonly packing: Packing; readonly sizeBytes: number };

export type Unpacker = {
  /** The content, piece by piece, as far as it is known by now. Throws `PackageFault`. */
  readonly push: (bytes: Uint8Array) => Generator<Uint8Array, void, undefined>;
  /** What was held back. Only when this has returned, sizes and check sum are right and the content stands. */
  readonly end: () => Generator<Uint8Array, Unpacked, undefined>;
};

/** PKWARE APPNOTE 6.3.10: 4.3.7 local header, 4.3.12 central directory, 4.3.16 its end. */
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const centralEnd = 0x06054b50;
const descriptorMark = 0x08074b50;
/** More than descriptor, directory and its end need for one entry whose name and extra fields are as long as an SDK writes them. */
const tailBytes = 8192;
const nameBytes = 1024;
/** DEFLATE makes at most 1,032 bytes of one: what one push can make is bounded by what is pushed. */
const pushBytes = 8192;
/** First entries of files that are ZIPs themselves (OOXML, ODF, e-books): they are contents, not wrappers. */
const officeEntries = /^(\[Content_Types\]\.xml|mimetype|_rels\/|docProps\/|word\/|xl\/|ppt\/|META-INF\/|customXml\/)/;

type Entry = { readonly dataAt: number; readonly method: number; readonly flags: number; readonly crc: number; readonly packed: number; readonly size: number };

/**
 * Takes the wrapper off an attachment: a ZIP of one entry, whose name is never used for anything. Whatever is no ZIP, and office files that are ZIPs
 * in themselves, pass as they are. `spent`: bytes that earlier attachments of the package unpacked to.
 */
export function createUnpacker(limits: ReadLimits, where: string, spent: number): Unpacker {
  let held: Uint8Array = new Uint8Array(0);
  let entry: Entry | null | undefined; // null: raw; undefined: not known yet
  let taken = 0; // bytes of the payload that are no longer held
  let size = 0;
  let crc = 0;
  const inflated: Uint8Array[] = [];
  const inflate = new Inflate((part) => {
    if (part.length > 0) inflated.push(part);
  });

  return {
    *push(bytes) {
      held = held.length === 0 ? bytes.slice() : joinBytes([held, bytes]);
      if (entry === undefined) entry = readEntry(held, where);
      if (entry === undefined) return;
      if (entry === null) {
        const part = held;
        held = new Uint8Array(0);
        yield* hand([part], part.length);
        return;
      }
      if (taken === 0) drop(entry.dataAt);
      const ready = held.length - tailBytes;
      if (ready > 0) yield* read(entry, drop(ready));
    },
    *end() {
      if (entry === undefined) {
        // too short for a ZIP: a content like any other, unless it says that it is one
        if (beginsAsZip(held)) throw new PackageFault('tệp nén của tệp đính kèm bị cụt', where);
        entry = null;
        yield* hand(held.length === 0 ? [] : [held], held.length);
      }
      if (entry === null) return { packing: 'raw', sizeBytes: size };
      if (taken === 0) drop(entry.dataAt);
      const told = readDirectory(held, taken, entry, where);
      yield* read(entry, drop(told.dataEnd - taken));
      if (entry.method === 8) yield* inflateLast();
      if (size !== told.size || crc !== told.crc) throw new PackageFault('tệp nén của tệp đính kèm ghi sai kích thước hoặc mã kiểm tra', where);
      return { packing: 'zip', sizeBytes: size };
    },
  };

  function drop(count: number): Uint8Array {
    if (count < 0 || count > held.length) throw new PackageFault('cấu trúc tệp nén của tệp đính kèm không đúng', where);
    const part = held.subarray(0, count);
    held = held.slice(count);
    taken += count;
    return part;
  }

  function* read(of: Entry, part: Uint8Array): Generator<Uint8Array, void, undefined> {
    if (of.method === 0) {
      if (part.length > 0) yield* hand([part], taken);
      return;
    }
    for (let at = 0; at < part.length; at += pushBytes) {
      push(part.subarray(at, at + pushBytes), false);
      yield* hand(inflated.splice(0), taken - part.length + Math.min(at + pushBytes, part.length));
    }
  }

  function* inflateLast(): Generator<Uint8Array, void, undefined> {
    push(new Uint8Array(0), true);
    yield* hand(inflated.splice(0), taken);
  }

  function push(part: Uint8Array, last: boolean): void {
    try {
      inflate.push(part.slice(), last);
    } catch {
      // fflate has errors for every way in which a stream is wrong, in English; one sentence says them all
      throw new PackageFault('không giải nén được tệp đính kèm', where);
    }
  }

  function* hand(parts: readonly Uint8Array[], packed: number): Generator<Uint8Array, void, undefined> {
    for (const part of parts) {
      size += part.length;
      if (size > limits.attachmentBytes || spent + size > limits.contentBytes) throw new PackageFault('tệp đính kèm quá lớn sau khi giải nén', where);
      if (entry !== null && size > limits.ratioFromBytes && size > packed * limits.ratio) throw new PackageFault('tệp nén phình ra bất thường (bom nén)', where);
      if (entry !== null) crc = crc32(crc, part);
      yield part;
    }
  }
}

function beginsAsZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && u32(bytes, 0) === localHeader;
}

/** Undefined: more bytes are needed to tell. Null: no wrapper. */
function readEntry(bytes: Uint8Array, where: string): Entry | null | undefined {
  for (let at = 0; at < Math.min(4, bytes.length); at += 1) if (bytes[at] !== ((localHeader >> (at * 8)) & 255)) return null;
  if (bytes.length < 30) return undefined;
  const nameLength = u16(bytes, 26);
  const extraLength = u16(bytes, 28);
  if (nameLength > nameBytes || extraLength > nameBytes) throw new PackageFault('tệp nén của tệp đính kèm có tên quá dài', where);
  if (bytes.length < 30 + nameLength + extraLength) return undefined;
  // eight-bit reading is enough to know the few names that are looked for
  if (officeEntries.test(String.fromCharCode(...bytes.subarray(30, 30 + nameLength)))) return null;
  const method = u16(bytes, 8);
  const flags = u16(bytes, 6);
  if ((flags & 0x2041) !== 0) throw new PackageFault('tệp nén của tệp đính kèm đặt mật khẩu', where);
  if (method !== 8 && method !== 0) throw new PackageFault('tệp nén của tệp đính kèm dùng cách nén không được hỗ trợ', where);
  return { dataAt: 30 + nameLength + extraLength, method, flags, crc: u32(bytes, 14), packed: u32(bytes, 18), size: u32(bytes, 22) };
}

/** `tail` begins at `tailAt` of the payload and reaches to its end. */
function readDirectory(tail: Uint8Array, tailAt: number, entry: Entry, where: string): { readonly dataEnd: number; readonly size: number; readonly crc: number } {
  const wrong = (): PackageFault => new PackageFault('cấu trúc tệp nén của tệp đính kèm không đúng', where);
  let end = tail.length - 22;
  while (end >= 0 && !(u32(tail, end) === centralEnd && end + 22 + u16(tail, end + 20) === tail.length)) end -= 1;
  if (end < 0) throw wrong();
  if (u16(tail, end + 8) !== 1 || u16(tail, end + 10) !== 1) throw new PackageFault('tệp nén của tệp đính kèm không phải đúng một tệp', where);
  const directory = u32(tail, end + 16) - tailAt;
  if (directory < 0 || directory + 46 > end || u32(tail, directory) !== centralHeader) throw wrong();
  // the directory is this one entry and nothing after it
  if (directory + 46 + u16(tail, directory + 28) + u16(tail, directory + 30) + u16(tail, directory + 32) !== end) throw wrong();
  const told = { crc: u32(tail, directory + 16), packed: u32(tail, directory + 20), size: u32(tail, directory + 24) };
  if (u32(tail, directory + 42) !== 0 || u16(tail, directory + 10) !== entry.method) throw wrong();
  const dataEnd = entry.dataAt + told.packed;
  const described = (entry.flags & 8) !== 0;
  if (!described && (entry.crc !== told.crc || entry.packed !== told.packed || entry.size !== told.size)) throw new PackageFault('tệp nén của tệp đính kèm ghi sai kích thước hoặc mã kiểm tra', where);
  const between = directory + tailAt - dataEnd;
  if (dataEnd < tailAt || !(described ? between === 12 || between === 16 : between === 0)) throw new PackageFault('tệp nén của tệp đính kèm ghi sai kích thước hoặc mã kiểm tra', where);
  if (described) {
    const at = dataEnd - tailAt + (between === 16 ? 4 : 0);
    if (between === 16 && u32(tail, at - 4) !== descriptorMark) throw wrong();
    if (u32(tail, at) !== told.crc || u32(tail, at + 4) !== told.packed || u32(tail, at + 8) !== told.size) throw new PackageFault('tệp nén của tệp đính kèm ghi sai kích thước hoặc mã kiểm tra', where);
  }
  return { dataEnd, size: told.size, crc: told.crc };
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}
