import type { Allowance } from './allowance.ts';
import { broken } from './fault.ts';
import { entryOf, isName, type PdfObject, type PdfStream } from './object.ts';
import { parseObject, skipWhite, takeInteger, type Cursor } from './parser.ts';
import { weightOf, workOf } from './window.ts';
import type { XrefEntry } from './xref-section.ts';

type Needs = {
  readonly findEntry: (num: number) => XrefEntry | null;
  readonly readObject: (num: number) => PdfObject;
  readonly decode: (stream: PdfStream) => Uint8Array;
  readonly resolve: (object: PdfObject) => PdfObject;
  readonly allowance: Allowance;
};

/** `values`: what it is made of. */
export type ReadObject = { readonly object: PdfObject; readonly values: number };

type Opened = { readonly bytes: Uint8Array; readonly first: number; readonly nums: Int32Array; readonly offsets: Int32Array };

/** Of a byte of content that stays unpacked, as a part of a value of some 70 bytes. */
const valuesPerByte = 1 / 64;

/** Reads objects out of object streams (7.5.7), each stream decoded once while it is in use. */
export function createObjectStreams(needs: Needs): { readonly read: (container: number, index: number, num: number) => ReadObject } {
  const opened = needs.allowance.createCache<Opened>();

  function open(container: number): Opened {
    const known = opened.get(container);
    if (known !== undefined) return known;
    const entry = needs.findEntry(container);
    // 7.5.7: an object stream is itself never inside one.
    if (entry?.kind !== 'offset') throw broken(`luồng đối tượng ${container} không có trong tệp`);
    const stream = needs.readObject(container);
    if (stream.kind !== 'stream' || !isName(entryOf(stream, 'Type'), 'ObjStm')) throw broken(`đối tượng ${container} không phải luồng đối tượng`);
    const result = indexObjectStream(needs.decode(stream), needs.resolve(entryOf(stream, 'N')), needs.resolve(entryOf(stream, 'First')));
    opened.set(container, result, (result.bytes.length + 8 * result.nums.length) * valuesPerByte);
    return result;
  }

  return {
    read: (container, at, num) => {
      const { bytes, first, nums, offsets } = open(container);
      if (nums[at] !== num) throw broken(`bảng tham chiếu chỉ sai chỗ của đối tượng ${num}`);
      const start = first + offsets[at]!;
      if (start >= bytes.length) throw broken(`luồng đối tượng ${container} ngắn hơn mục lục của nó`);
      const cursor: Cursor = { bytes, at: start, base: null, whole: true, values: 0 };
      try {
        const object = parseObject(cursor);
        return { object, values: weightOf(cursor, start) };
      } finally {
        needs.allowance.spend(cursor.at - start + workOf(cursor));
      }
    },
  };
}

/** Writers pack some hundreds; a few put a whole document into one. */
const maxObjects = 1_000_000;

/** Which objects an object stream holds and where: `n` is its /N, `start` its /First. */
export function indexObjectStream(bytes: Uint8Array, n: PdfObject, start: PdfObject): Opened {
  const count = integer(n);
  const first = integer(start);
  // Each pair takes at least four bytes ("0 0 ").
  if (count > bytes.length / 3 || count > maxObjects || first > bytes.length) throw broken('mục lục của luồng đối tượng hỏng');
  const cursor: Cursor = { bytes: bytes.subarray(0, first), at: 0, base: null, whole: true };
  const nums = new Int32Array(count);
  const offsets = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    skipWhite(cursor);
    const num = takeInteger(cursor);
    skipWhite(cursor);
    const offset = takeInteger(cursor);
    if (num === null || offset === null) throw broken('mục lục của luồng đối tượng hỏng');
    nums[i] = num;
    offsets[i] = offset;
  }
  return { bytes, first, nums, offsets };
}

function integer(object: PdfObject): number {
  if (object.kind !== 'number' || !Number.isSafeInteger(object.value) || object.value < 0) throw broken('luồng đối tượng thiếu /N hoặc /First');
  return object.value;
}
