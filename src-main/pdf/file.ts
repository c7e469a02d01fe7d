import type { ByteSource } from '../ports/bytes.ts';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';
import { attempt, broken } from './fault.ts';
import { decodeStream, readIndirect } from './indirect.ts';
import { dictOf, entryOf, pdfNull, type PdfDict, type PdfObject, type PdfStream } from './object.ts';
import { createObjectStreams, type ReadObject } from './object-stream.ts';
import { createPageTree, type Page } from './pages.ts';
import { encryptNumberOf, firstId, hasEncryption, openProtection, type Protection } from './protection.ts';
import { readRevisions, type Revision } from './revisions.ts';
import { findLastStartXref, readSections, type KnownSections } from './sections.ts';
import { bufferedSource, type MeteredSource } from './window.ts';
import { findInSection, topOfSection, type XrefEntry, type XrefSection } from './xref-section.ts';

/**
 * A PDF that is read where it is asked about. Every reader but `openPdf` throws `AppFailure(pdf.broken)` on damage
 * (`attempt` makes a `Result` of it); nothing is ever repaired.
 */
export type PdfFile = {
  readonly source: ByteSource;
  readonly trailer: PdfDict;
  readonly catalog: PdfDict;
  /** The next free object number. */
  readonly size: number;
  /** The newest section's offset: what `startxref` says. */
  readonly startXref: number;
  readonly newestSectionKind: 'table' | 'stream';
  /** Newest first. */
  readonly sections: readonly XrefSection[];
  /** Oldest first; read when first asked for. */
  readonly revisions: readonly Revision[];
  /** Right after the last `%%EOF`. */
  readonly eofEnd: number;
  /** Whether anything but white space follows the last `%%EOF`. */
  readonly hasTrailingBytes: boolean;
  /** Where the object is; null when no section knows it. */
  readonly findEntry: (num: number) => XrefEntry | null;
  /** The object itself; the null object when it is free or unknown (7.3.10). */
  readonly readObject: (num: number) => PdfObject;
  /** Follows references to their end. */
  readonly resolve: (object: PdfObject) => PdfObject;
  /** `resolve` of a dictionary's entry. */
  readonly get: (object: PdfObject, key: string) => PdfObject;
  /** Null when the file is not encrypted. */
  readonly protection: Protection | null;
  /** A stream's data, decrypted, its filters still on. */
  readonly readRaw: (stream: PdfStream) => Uint8Array;
  /** A stream's data, unfiltered. */
  readonly decode: (stream: PdfStream) => Uint8Array;
  readonly pageCount: number;
  /** `index` counts from 0; null past the last page. */
  readonly findPage: (index: number) => Page | null;
};

/** Chains of references are one long in practice. */
const maxRefs = 32;
/** A reference that is looked up, and each section that is asked for it. */
const lookupWork = 4;
/** A stream of pages' content or of evidence; larger ones (pictures) are never unpacked here. */
const maxRawBytes = 64 * 1024 * 1024;
/** Decrypting holds the data three times. */
const maxEncryptedBytes = 24 * 1024 * 1024;
/** Annex C: 8,388,607 objects. */
const maxObjectNumber = 2 ** 31 - 1;
const headerWindow = 1024;

/** What of another state of the same file need not be found out again: sections that its chain leads to, the key of its encryption. */
export type KnownState = KnownSections & Pick<PdfFile, 'protection'>;

/**
 * Reads the cross-reference sections and the catalog, no more. `earlier`: the same file before it was appended to.
 * Errors: `file.empty`, `pdf.not-pdf`, `pdf.broken`, `pdf.encrypted`, `pdf.password-needed`, `pdf.password-wrong`, `pdf.no-pages`.
 */
export function openPdf(input: ByteSource, earlier?: KnownState): Result<PdfFile> {
  if (input.sizeBytes === 0) return fail('file.empty');
  return attempt(() => open(bufferedSource(input), earlier));
}

function open(source: MeteredSource, earlier: KnownState | undefined): PdfFile {
  const header = Buffer.from(source.read(0, Math.min(headerWindow, source.sizeBytes))).indexOf('%PDF-');
  if (header < 0) throw new AppFailure('pdf.not-pdf');
  // Readers disagree on whether offsets then count from the file's start or from the header.
  if (header > 0) throw broken('có dữ liệu thừa trước đầu tệp');
  const start = findLastStartXref(source);
  const sections = readSections(source, start.offset, earlier);
  const newest = sections[0]!;
  // 7.5.6: an update repeats the trailer; one that leaves /Encrypt out would have its readers take ciphertext for content.
  if (!hasEncryption(newest.trailer) && sections.some((section) => hasEncryption(section.trailer))) throw broken('lần lưu cuối bỏ mất mục mã hóa (/Encrypt)');
  const objects = createReader(source, sections, earlier?.protection ?? null);
  const catalog = dictOf(objects.get(newest.trailer, 'Root'));
  if (catalog === null) throw broken('thiếu danh mục gốc');
  const pages = createPageTree(objects, catalog);
  if (pages.count === 0) throw new AppFailure('pdf.no-pages');
  let revisions: readonly Revision[] | null = null;
  return {
    source, trailer: newest.trailer, catalog, sections, startXref: start.offset, newestSectionKind: newest.kind,
    size: Math.max(sizeOf(newest.trailer), ...sections.map(topOfSection)),
    get revisions() { return (revisions ??= readRevisions(source, sections)); },
    eofEnd: start.eofEnd,
    hasTrailingBytes: Buffer.from(source.read(start.eofEnd, source.sizeBytes - start.eofEnd)).some((byte) => ![0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20].includes(byte)),
    ...objects,
    pageCount: pages.count,
    findPage: pages.find,
  };
}

function sizeOf(trailer: PdfDict): number {
  const size = entryOf(trailer, 'Size');
  if (size.kind !== 'number' || !Number.isSafeInteger(size.value) || size.value < 1 || size.value > maxObjectNumber) throw broken('phần cuối tệp thiếu /Size');
  return size.value;
}

const nothing: ReadObject = { object: pdfNull, values: 0 };

export type ObjectReader = Pick<PdfFile, 'findEntry' | 'readObject' | 'resolve' | 'get' | 'readRaw' | 'decode' | 'protection'>;

function createReader(source: MeteredSource, sections: readonly XrefSection[], known: Protection | null): ObjectReader {
  const { allowance } = source;
  const entries = allowance.createCache<XrefEntry | null>();
  const objects = allowance.createCache<PdfObject>();
  const reading = new Set<number>();

  function findEntry(num: number): XrefEntry | null {
    const known = entries.get(num);
    if (known !== undefined) return known;
    let found: XrefEntry | null = null;
    let asked = 0;
    for (const section of sections) {
      found = findInSection(section, num);
      asked += 1;
      if (found !== null) break;
    }
    allowance.spend(lookupWork * (1 + asked));
    entries.set(num, found, 1);
    return found;
  }

  function readObject(num: number): PdfObject {
    const known = objects.get(num);
    if (known !== undefined) return known;
    // An object that needs itself to be read (a /Length that points home) has no reading.
    if (reading.has(num) || reading.size > maxRefs) throw broken(`đối tượng ${num} tự trỏ về mình`);
    reading.add(num);
    try {
      const { object, values } = load(num);
      objects.set(num, object, values + 1);
      return object;
    } finally {
      reading.delete(num);
    }
  }

  function load(num: number): ReadObject {
    const entry = findEntry(num);
    if (entry === null || entry.kind === 'free') return nothing;
    if (entry.kind === 'compressed') return streams.read(entry.container, entry.index, num);
    const found = readIndirect(source, entry.offset, resolve);
    if (found.num !== num || found.gen !== entry.gen) throw broken(`bảng tham chiếu chỉ sai chỗ của đối tượng ${num}`);
    return protection === null || num === encryptNumber ? found : { object: protection.open(found.object, num, entry.gen), values: found.values };
  }

  function resolve(object: PdfObject): PdfObject {
    let value = object;
    for (let i = 0; value.kind === 'ref'; i += 1) {
      if (i >= maxRefs) throw broken('các tham chiếu trỏ vòng');
      const entry = findEntry(value.num);
      const gen = entry?.kind === 'offset' ? entry.gen : 0;
      value = value.gen === gen ? readObject(value.num) : pdfNull;
    }
    return value;
  }

  const readRaw = (stream: PdfStream): Uint8Array => {
    if (stream.length > (protection === null ? maxRawBytes : maxEncryptedBytes)) throw broken(`luồng dữ liệu của đối tượng ${stream.num} quá lớn`);
    const data = source.read(stream.start, stream.length);
    return protection === null ? data : protection.openData(stream, data, resolve);
  };
  const decode = (stream: PdfStream): Uint8Array => decodeStream(readRaw(stream), stream, resolve, allowance);
  const streams = createObjectStreams({ findEntry, readObject, decode, resolve, allowance });

  function findProtection(): Protection | null {
    const { trailer } = sections[0]!;
    if (!hasEncryption(trailer)) return null;
    const dict = dictOf(resolve(entryOf(trailer, 'Encrypt')));
    if (dict === null) throw broken('mục mã hóa (/Encrypt) hỏng');
    return openProtection(dict, firstId(trailer, resolve), resolve, source.password, known);
  }

  let protection: Protection | null = null;
  const encryptNumber = encryptNumberOf(sections[0]!.trailer);
  protection = findProtection();
  // What was read on the way to the key was read without it.
  objects.clear();
  return { findEntry, readObject, resolve, get: (object, key) => resolve(entryOf(object, key)), readRaw, decode, protection };
}
