import { AppFailure } from '../../src-shared/result.ts';
import { checkUpdate } from './check-update.ts';
import { broken } from './fault.ts';
import type { PdfFile } from './file.ts';
import { pdfArray, pdfDict, pdfName, pdfNumber, type PdfObject, type StreamBody } from './object.ts';
import { findPromisedNumbers } from './references.ts';
import { serializeObject, serializeStream } from './serialize.ts';

export type BuiltUpdate = {
  /** What follows the input. Begins with an end of line where the input has none. */
  readonly tail: Uint8Array;
  /** Where each put object's body (after `N G obj`) begins in the tail. */
  readonly bodies: ReadonlyMap<number, number>;
};

export type PdfUpdate = {
  /** A new object number, one that nothing in the file refers to yet. */
  readonly allocate: () => number;
  /** A new or replaced object, encrypted where the file is. The last put of a number counts. Bytes stand as they are, which only a file that is not encrypted takes. */
  readonly put: (num: number, gen: number, body: PdfObject | StreamBody | Uint8Array) => void;
  /** A body that its caller wrote, for who must know where each byte of it stands; what is secret in it went through `seal`. */
  readonly putWritten: (num: number, gen: number, body: Uint8Array) => void;
  /** An object as it is to be written inside object `num`: its strings encrypted where the file is. */
  readonly seal: (object: PdfObject, num: number, gen: number) => PdfObject;
  /** The update, read back and found sound. Throws `AppFailure(signing.self-check-failed)`. */
  readonly build: () => BuiltUpdate;
};

/** ISO 32000-1 Annex C; readers of the day take no higher number for an object's. A /Size beyond it is a mistake that new objects would inherit. */
const maxObjects = 8_388_607;

type Written = { readonly num: number; readonly gen: number; readonly offset: number };

/**
 * An incremental update (7.5.6): new objects, and a cross-reference section of the newest one's form, since readers of the day
 * refuse files that mix the two. Nothing of the input is rewritten.
 */
export function createUpdate(file: PdfFile): PdfUpdate {
  // Bytes after %%EOF belong to nobody; a signature over them would vouch for what no reader shows.
  if (file.hasTrailingBytes) throw broken('có dữ liệu thừa sau cuối tệp');
  if (file.size > maxObjects) throw broken(`phần cuối tệp ghi ${file.size} đối tượng`);
  // ISO/TS 32004: a code over the whole file, which an update would have to renew.
  if (file.trailer.entries.has('AuthCode')) throw new AppFailure('pdf.encrypted', { filter: 'AuthCode' });
  const bodies = new Map<number, { readonly gen: number; readonly bytes: Uint8Array }>();
  let next = file.size;
  let promised: ReadonlySet<number> | null = null;
  const freeFrom = (num: number): number => {
    promised ??= findPromisedNumbers(file);
    let free = num;
    while (promised.has(free)) free += 1;
    return free;
  };
  const { protection } = file;
  const seal: PdfUpdate['seal'] = (object, num, gen) => protection?.seal(object, num, gen) ?? object;
  const bytesOf = (num: number, gen: number, body: PdfObject | StreamBody | Uint8Array): Uint8Array => {
    if (body instanceof Uint8Array) {
      if (protection !== null) throw new Error(`object ${num} would stand unencrypted in an encrypted file`);
      return body;
    }
    if (body.kind !== 'stream-body') return serializeObject(seal(body, num, gen));
    const dict = seal(body.dict, num, gen);
    if (dict.kind !== 'dict') throw new Error('a dictionary is sealed into a dictionary');
    return serializeStream(dict, protection?.sealData(body.dict, body.data, num, gen) ?? body.data);
  };
  return {
    allocate: () => {
      const num = freeFrom(next);
      next = num + 1;
      return num;
    },
    put: (num, gen, body) => bodies.set(num, { gen, bytes: bytesOf(num, gen, body) }),
    putWritten: (num, gen, bytes) => bodies.set(num, { gen, bytes }),
    seal,
    build: () => {
      const chunks: Uint8Array[] = [];
      let at = file.source.sizeBytes;
      const push = (bytes: Uint8Array): void => { chunks.push(bytes); at += bytes.length; };
      if (!endsWithNewline(file)) push(ascii('\n'));
      const written: Written[] = [];
      const starts = new Map<number, number>();
      for (const [num, { gen, bytes }] of [...bodies].sort((a, b) => a[0] - b[0])) {
        written.push({ num, gen, offset: at });
        push(ascii(`${num} ${gen} obj\n`));
        starts.set(num, at - file.source.sizeBytes);
        push(bytes);
        push(ascii('\nendobj\n'));
      }
      const sectionAt = at;
      // A cross-reference stream is an object too, and takes a number of its own.
      const size = freeFrom(Math.max(next, (written.at(-1)?.num ?? 0) + 1));
      push(file.newestSectionKind === 'table' ? tableSection(file, written, size) : streamSection(file, written, size, at));
      push(ascii(`startxref\n${sectionAt}\n%%EOF\n`));
      const tail = Buffer.concat(chunks);
      checkUpdate(file, tail);
      return { tail, bodies: starts };
    },
  };
}

function tableSection(file: PdfFile, written: readonly Written[], size: number): Uint8Array {
  const runs = runsOf(written).map((run) => {
    const rows = run.map(({ gen, offset }) => `${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n\r\n`).join('');
    return `${run[0]!.num} ${run.length}\n${rows}`;
  });
  const trailer = serializeObject(pdfDict(trailerEntries(file, size)));
  return Buffer.concat([ascii(`xref\n${runs.join('')}trailer\n`), trailer, ascii('\n')]);
}

function streamSection(file: PdfFile, written: readonly Written[], size: number, at: number): Uint8Array {
  const num = size;
  const rows = [...written, { num, gen: 0, offset: at }];
  const width = at < 2 ** 32 ? 4 : 6;
  const data = Buffer.alloc(rows.length * (width + 3));
  rows.forEach(({ gen, offset }, i) => {
    const row = i * (width + 3);
    data[row] = 1;
    data.writeUIntBE(offset, row + 1, width);
    data.writeUInt16BE(gen, row + 1 + width);
  });
  const dict = pdfDict({
    Type: pdfName('XRef'),
    ...trailerEntries(file, size + 1),
    W: pdfArray([pdfNumber(1), pdfNumber(width), pdfNumber(2)]),
    Index: pdfArray(runsOf(rows).flatMap((run) => [pdfNumber(run[0]!.num), pdfNumber(run.length)])),
  });
  return Buffer.concat([ascii(`${num} 0 obj\n`), serializeStream(dict, data), ascii('\nendobj\n')]);
}

/** /XRefStm is left behind on purpose: it belongs to the hybrid section that /Prev leads to. */
function trailerEntries(file: PdfFile, size: number): Readonly<Record<string, PdfObject>> {
  const kept = ['Root', 'Info', 'ID', 'Encrypt'].flatMap((key) => {
    const value = file.trailer.entries.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { Size: pdfNumber(size), Prev: pdfNumber(file.startXref), ...Object.fromEntries(kept) };
}

function runsOf(rows: readonly Written[]): readonly (readonly Written[])[] {
  const runs: Written[][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1)!.num + 1 === row.num) last.push(row);
    else runs.push([row]);
  }
  return runs;
}

function endsWithNewline(file: PdfFile): boolean {
  const last = file.source.read(file.source.sizeBytes - 1, 1)[0];
  return last === 0x0a || last === 0x0d;
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
