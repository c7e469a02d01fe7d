import { bytesSource, type ByteSource } from '../ports/bytes.ts';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';
import { createAllowance, type Allowance } from './allowance.ts';
import { attempt } from './fault.ts';
import { openPdf, type PdfFile } from './file.ts';
import { decodeStream } from './indirect.ts';
import { dictOf, entryOf, isName, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, type PdfDict, type PdfObject } from './object.ts';
import { indexObjectStream } from './object-stream.ts';
import { openProtection, firstId, type Protection } from './protection.ts';
import { scanObjects, type Scan, type ScannedObject } from './scan-objects.ts';
import { serializeObject, serializeStream } from './serialize.ts';
import type { Subsection } from './xref-section.ts';
import { readXrefStream } from './xref-stream.ts';
import { readXrefTable } from './xref-table.ts';

/** Pages asked for by their index; all are reached by reference besides. */
const maxPages = 500;
/** The copy is made in memory. */
const maxBytes = 512 * 1024 * 1024;

type Place = { readonly at: number; readonly direct: ScannedObject } | { readonly at: number; readonly container: number; readonly index: number };

/**
 * A copy of a file with its objects found anew and a cross-reference of its own; nothing of their content is changed, and a file that would lose any is not
 * mended. A file that shows a signature anywhere is refused: a copy has other bytes. Errors: `file.empty`, `pdf.not-pdf`,
 * `pdf.password-needed`, `pdf.password-wrong`, `pdf.encrypted`, `pdf.repair-signed`, `pdf.repair-impossible`.
 */
export function repairPdf(input: ByteSource): Result<Uint8Array> {
  if (input.sizeBytes === 0) return fail('file.empty');
  if (input.sizeBytes > maxBytes) return fail('pdf.repair-impossible', { reason: 'tệp quá lớn' });
  const bytes = Buffer.from(input.read(0, input.sizeBytes));
  if (showsSignature(bytes)) return fail('pdf.repair-signed');
  const allowance = createAllowance();
  const scanned = attempt(() => scanObjects(bytes, allowance));
  if (!scanned.ok) return fail('pdf.repair-impossible', { reason: String(scanned.error.params?.['reason'] ?? '') });
  const scan = scanned.value;
  if (scan.objects.some(({ value }) => holdsByteRange(value))) return fail('pdf.repair-signed');
  if (scan.objects.length === 0) return bytes.includes('%PDF-') ? fail('pdf.repair-impossible', { reason: 'không còn đối tượng nào đọc được' }) : fail('pdf.not-pdf');
  const rebuilt = attempt(() => rebuild(bytes, scan, input.password, allowance));
  if (rebuilt.ok || rebuilt.error.code !== 'pdf.broken') return rebuilt;
  return fail('pdf.repair-impossible', { reason: String(rebuilt.error.params?.['reason'] ?? '') });
}

function rebuild(bytes: Buffer, scan: Scan, password: string | undefined, allowance: Allowance): Uint8Array {
  const latest = new Map<number, ScannedObject>();
  for (const object of scan.objects) latest.set(object.num, object);
  const protection = findProtection(scan, latest, password);
  const { places, members } = placeObjects(bytes, latest, protection, allowance);
  const trailer = trailerOf(scan, latest, places, protection);
  const reopen = (copy: Uint8Array): PdfFile => {
    const opened = openPdf({ ...bytesSource(copy), ...(password === undefined ? {} : { password }) });
    if (opened.ok) return opened.value;
    throw opened.error.code === 'pdf.no-pages' ? impossible('không còn trang nào') : new AppFailure(opened.error.code, opened.error.params);
  };
  const lost = findLost(places, scan.unreadable, findFree(bytes, scan, allowance));
  const reached = reachAll(reopen(write(bytes, places, trailer)), lost);
  // What was deleted or replaced in an earlier life of the file does not come back in the copy.
  for (const [num, place] of places) if ('container' in place && reached.has(num)) reached.add(place.container);
  // An object stream comes whole: readers ask the cross-reference of each object in it.
  for (const [container, nums] of members) if (reached.has(container)) for (const num of nums) reached.add(num);
  const copy = write(bytes, new Map([...places].filter(([num]) => reached.has(num))), trailer);
  reachAll(reopen(copy), lost);
  return copy;
}

const searchedBytes = 16 * 1024 * 1024;
const longestMark = 128;

/** In the raw bytes: what no reader reaches may still be what somebody signed. */
function showsSignature(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length; at += searchedBytes) {
    if (/\/(?:ByteRange|Type[\0\t\n\f\r ]*\/(?:Sig|DocTimeStamp)(?![A-Za-z])|SubFilter[\0\t\n\f\r ]*\/(?:adbe|ETSI)\.)/.test(buffer.toString('latin1', at, at + searchedBytes + longestMark))) return true;
  }
  return false;
}

/** The same where the name is spelt with #xx. */
function holdsByteRange(object: PdfObject): boolean {
  if (object.kind === 'array') return object.items.some(holdsByteRange);
  return object.kind === 'dict' && (object.entries.has('ByteRange') || [...object.entries.values()].some(holdsByteRange));
}

function findProtection(scan: Scan, latest: ReadonlyMap<number, ScannedObject>, password: string | undefined): Protection | null {
  const trailer = dictionariesOf(scan).findLast((dict) => dict.entries.has('Encrypt'));
  if (trailer === undefined) return null;
  const resolve = (object: PdfObject): PdfObject => (object.kind === 'ref' ? latest.get(object.num)?.value ?? { kind: 'null' } : object);
  const dict = resolve(entryOf(trailer, 'Encrypt'));
  if (dict.kind !== 'dict') throw impossible('mất mục mã hóa (/Encrypt)');
  return openProtection(dict, firstId(trailer, resolve), resolve, password, null);
}

/** Trailers, and what cross-reference streams say in their place; in the file's order as far as it goes. */
function dictionariesOf(scan: Scan): readonly PdfDict[] {
  return [...scan.objects.flatMap(({ value }) => (value.kind === 'dict' && isName(entryOf(value, 'Type'), 'XRef') ? [value] : [])), ...scan.trailers];
}

/** Where each object is: what stands later in the file holds, an object stream's content with its stream. Old cross-references and linearisation are left behind. */
function placeObjects(bytes: Buffer, latest: ReadonlyMap<number, ScannedObject>, protection: Protection | null, allowance: Allowance): { readonly places: ReadonlyMap<number, Place>; readonly members: ReadonlyMap<number, readonly number[]> } {
  const places = new Map<number, Place>();
  const members = new Map<number, readonly number[]>();
  for (const object of latest.values()) {
    if (isName(entryOf(object.value, 'Type'), 'XRef') || dictOf(object.value)?.entries.has('Linearized') === true) continue;
    places.set(object.num, { at: object.at, direct: object });
  }
  for (const object of latest.values()) {
    if (object.data === null || object.value.kind !== 'dict' || !isName(entryOf(object.value, 'Type'), 'ObjStm')) continue;
    const stream = { kind: 'stream', dict: object.value, start: object.data.start, length: object.data.end - object.data.start, num: object.num, gen: object.gen } as const;
    const raw = bytes.subarray(object.data.start, object.data.end);
    const resolve = (held: PdfObject): PdfObject => (held.kind === 'ref' ? latest.get(held.num)?.value ?? { kind: 'null' } : held);
    const content = decodeStream(protection?.openData(stream, raw, resolve) ?? raw, stream, resolve, allowance);
    if (showsSignature(content)) throw new AppFailure('pdf.repair-signed');
    const { nums } = indexObjectStream(content, resolve(entryOf(object.value, 'N')), resolve(entryOf(object.value, 'First')));
    members.set(object.num, [...nums]);
    nums.forEach((num, index) => {
      const known = places.get(num);
      if (known === undefined || known.at < object.at) places.set(num, { at: object.at, container: object.num, index });
    });
  }
  return { places, members };
}

function trailerOf(scan: Scan, latest: ReadonlyMap<number, ScannedObject>, places: ReadonlyMap<number, Place>, protection: Protection | null): Readonly<Record<string, PdfObject>> {
  const known = dictionariesOf(scan);
  const last = (key: string, fits: (value: PdfObject) => boolean): PdfObject | undefined => known.map((dict) => entryOf(dict, key)).findLast((value) => value.kind !== 'null' && fits(value));
  const exists = (value: PdfObject): boolean => value.kind === 'ref' && places.has(value.num);
  const catalog = [...latest.values()].filter(({ value, data }) => data === null && isName(entryOf(value, 'Type'), 'Catalog')).at(-1);
  const root = last('Root', exists) ?? (catalog === undefined ? undefined : pdfRef(catalog.num, catalog.gen));
  if (root === undefined) throw impossible('mất danh mục gốc');
  const info = last('Info', exists);
  const id = last('ID', () => true);
  const encrypt = protection === null ? undefined : last('Encrypt', () => true);
  return { Root: root, ...(info === undefined ? {} : { Info: info }), ...(id === undefined ? {} : { ID: id }), ...(encrypt === undefined ? {} : { Encrypt: encrypt }) };
}

function write(bytes: Buffer, places: ReadonlyMap<number, Place>, trailer: Readonly<Record<string, PdfObject>>): Uint8Array {
  const version = /%PDF-(\d\.\d)/.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? '1.7';
  const chunks: Uint8Array[] = [Buffer.from(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1')];
  let at = chunks[0]!.length;
  const push = (chunk: Uint8Array): void => { chunks.push(chunk); at += chunk.length; };
  const offsets = new Map<number, { readonly at: number; readonly gen: number }>();
  for (const [num, place] of [...places].sort((a, b) => a[1].at - b[1].at)) {
    if (!('direct' in place)) continue;
    const { gen, value, data } = place.direct;
    offsets.set(num, { at, gen });
    push(Buffer.from(`${num} ${gen} obj\n`, 'latin1'));
    push(data === null || value.kind !== 'dict' ? serializeObject(value) : serializeStream(value, bytes.subarray(data.start, data.end)));
    push(Buffer.from('\nendobj\n', 'latin1'));
  }
  const size = Math.max(...places.keys()) + 1;
  const hasContainers = [...places.values()].some((place) => 'container' in place);
  const section = hasContainers ? streamSection(places, offsets, trailer, size, at) : tableSection(offsets, trailer, size);
  return Buffer.concat([...chunks, section, Buffer.from(`startxref\n${at}\n%%EOF\n`, 'latin1')]);
}

function tableSection(offsets: ReadonlyMap<number, { readonly at: number; readonly gen: number }>, trailer: Readonly<Record<string, PdfObject>>, size: number): Uint8Array {
  const rows = ['0000000000 65535 f\r\n'];
  for (let num = 1; num < size; num += 1) {
    const place = offsets.get(num);
    rows.push(place === undefined ? '0000000000 65535 f\r\n' : `${String(place.at).padStart(10, '0')} ${String(place.gen).padStart(5, '0')} n\r\n`);
  }
  return Buffer.concat([Buffer.from(`xref\n0 ${size}\n${rows.join('')}trailer\n`, 'latin1'), serializeObject(pdfDict({ Size: pdfNumber(size), ...trailer })), Buffer.from('\n')]);
}

/** Objects inside object streams can only be told of by a stream (7.5.8). */
function streamSection(places: ReadonlyMap<number, Place>, offsets: ReadonlyMap<number, { readonly at: number; readonly gen: number }>, trailer: Readonly<Record<string, PdfObject>>, size: number, at: number): Uint8Array {
  const rows = Buffer.alloc((size + 1) * 9);
  const row = (num: number, type: number, second: number, third: number): void => {
    rows[num * 9] = type;
    rows.writeUIntBE(second, num * 9 + 1, 5);
    rows.writeUIntBE(third, num * 9 + 6, 3);
  };
  for (const [num, place] of places) {
    const offset = offsets.get(num);
    if ('container' in place) row(num, 2, place.container, place.index);
    else if (offset !== undefined) row(num, 1, offset.at, offset.gen);
  }
  row(size, 1, at, 0);
  const dict = pdfDict({ Type: pdfName('XRef'), Size: pdfNumber(size + 1), W: pdfArray([1, 5, 3].map(pdfNumber)), ...trailer });
  return Buffer.concat([Buffer.from(`${size} 0 obj\n`, 'latin1'), serializeStream(dict, rows), Buffer.from('\nendobj\n', 'latin1')]);
}

/** Numbers that some section of the file says are free and none that they are in use, or that are past every /Size: a reference to one is null (7.3.10), not a loss. */
function findFree(bytes: Buffer, scan: Scan, allowance: Allowance): (num: number) => boolean {
  const source = bytesSource(bytes);
  const free = new Set<number>();
  const used = new Set<number>();
  const take = (runs: readonly Subsection[]): void => {
    allowance.spend(runs.reduce((sum, run) => sum + 4 * run.count, runs.length));
    for (const run of runs) for (let i = 0; i < run.count; i += 1) (run.read(i).kind === 'free' ? free : used).add(run.first + i);
  };
  for (let at = bytes.indexOf('xref'); at >= 0; at = bytes.indexOf('xref', at + 4)) {
    const table = attempt(() => readXrefTable(source, at + 4).subsections);
    // What is damaged says nothing.
    if (table.ok) attempt(() => take(table.value));
  }
  for (const { value, data, num, gen } of scan.objects) {
    if (data === null || value.kind !== 'dict' || !isName(entryOf(value, 'Type'), 'XRef')) continue;
    const stream = { kind: 'stream', dict: value, start: data.start, length: data.end - data.start, num, gen } as const;
    attempt(() => take(readXrefStream(value, decodeStream(bytes.subarray(data.start, data.end), stream, (object) => object, allowance))));
  }
  const sizes = dictionariesOf(scan).map((dict) => entryOf(dict, 'Size')).flatMap((size) => (size.kind === 'number' ? [size.value] : []));
  const past = sizes.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...sizes);
  return (num) => !used.has(num) && (free.has(num) || num >= past);
}

/** What is wrong with a reference; null when it leads somewhere, or to nothing that ever was. */
function findLost(places: ReadonlyMap<number, Place>, unreadable: ReadonlySet<number>, isFree: (num: number) => boolean): (num: number, gen: number) => string | null {
  return (num, gen) => {
    if (unreadable.has(num)) return `đối tượng ${num} bị hỏng`;
    const place = places.get(num);
    if (place === undefined) return isFree(num) ? null : `mất đối tượng ${num}`;
    return ('direct' in place ? place.direct.gen : 0) === gen ? null : `mất đối tượng ${num}`;
  };
}

/** The numbers of all that the document reaches. One that is gone may have been a sentence: a file that lacks any is not mended. */
function reachAll(file: PdfFile, lost: ReturnType<typeof findLost>): Set<number> {
  for (let index = 0; index < Math.min(file.pageCount, maxPages); index += 1) if (file.findPage(index) === null) throw impossible('mất một trang');
  const reached = new Set<number>();
  const open: PdfObject[] = ['Root', 'Info', 'Encrypt', 'ID'].map((key) => entryOf(file.trailer, key));
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.kind === 'ref') {
      if (reached.has(each.num)) continue;
      reached.add(each.num);
      const reason = lost(each.num, each.gen);
      if (reason !== null) throw impossible(reason);
      open.push(file.readObject(each.num));
    } else if (each.kind === 'array') open.push(...each.items);
    else for (const item of dictOf(each)?.entries.values() ?? []) open.push(item);
  }
  return reached;
}

function impossible(reason: string): AppFailure {
  return new AppFailure('pdf.repair-impossible', { reason });
}
