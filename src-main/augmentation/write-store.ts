import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { attempt, broken, dictOf, entryOf, joinSource, openPdf, pdfArray, pdfDict, pdfName, pdfString, withEntries, type PdfDict, type PdfFile, type PdfObject, type PdfRef } from '../pdf/index.ts';
import type { ByteSource } from '../ports/bytes.ts';
import { createDraft, type Draft } from '../signing/draft.ts';
import { pdfDate } from '../signing/signature-dictionary.ts';
import type { Certificate } from '../verification/certificate.ts';
import type { Proof } from '../verification/revocation.ts';

/** What proves one signature or time-stamp, by the value of its /Contents. */
export type Proven = { readonly contents: Uint8Array; readonly certificates: readonly Certificate[]; readonly proofs: readonly Proof[] };

type Kind = 'certificate' | Proof['kind'];
type Item = { readonly kind: Kind; readonly id: string; readonly der: Uint8Array };

/** Keys of the DSS and of a VRI dictionary (ISO 32000-2 12.8.4.3, 12.8.4.4). */
const storeKeys = { certificate: 'Certs', ocsp: 'OCSPs', crl: 'CRLs' } as const satisfies Record<Kind, string>;
const vriKeys = { certificate: 'Cert', ocsp: 'OCSP', crl: 'CRL' } as const satisfies Record<Kind, string>;
const kinds = ['certificate', 'ocsp', 'crl'] as const satisfies readonly Kind[];

/** Below this Flate saves nothing: keys and signatures are noise. A CRL of a large office is mostly serial numbers and dates. */
const worthDeflating = 4096;

/**
 * One update that makes the DSS grow; what it held stays where and as it was. Empty when it holds all of it already.
 * Errors: `pdf.broken`, `signing.self-check-failed`.
 */
export function writeStore(source: ByteSource, file: PdfFile, proven: readonly Proven[], now: Date): Result<Uint8Array> {
  const built = attempt(() => build(file, proven, now));
  if (!built.ok || built.value === null) return built.ok ? ok(new Uint8Array(0)) : built;
  const { tail } = built.value;
  const after = openPdf(joinSource(source, tail), file);
  if (!after.ok) return fail('signing.self-check-failed');
  const holdsAll = attempt(() => {
    const held = readHeld(after.value);
    return [...readHeld(file).keys(), ...itemsOf(proven).map(({ id }) => id)].every((id) => held.has(id));
  });
  return holdsAll.ok && holdsAll.value ? ok(tail) : fail('signing.self-check-failed');
}

function build(file: PdfFile, proven: readonly Proven[], now: Date): { readonly tail: Uint8Array } | null {
  const held = readHeld(file);
  const fresh = itemsOf(proven).filter(({ id }) => !held.has(id));
  if (fresh.length === 0) return null;
  const draft = createDraft(file);
  const refs = new Map(held);
  for (const item of fresh) refs.set(item.id, draft.addStream(...streamOf(item.der)));
  const root = entryOf(file.trailer, 'Root');
  if (root.kind !== 'ref') throw broken('danh mục gốc không phải đối tượng riêng');
  const catalog = draft.readDict(root);
  const place = entryOf(catalog, 'DSS');
  const store = draft.resolve(place).kind === 'null' ? pdfDict({ Type: pdfName('DSS') }) : draft.readDict(place);
  const added = (kind: Kind): readonly PdfRef[] => fresh.filter((item) => item.kind === kind).map(({ id }) => refs.get(id)!);
  const lists = Object.fromEntries(kinds.filter((kind) => added(kind).length > 0).map((kind) => [storeKeys[kind], grown(draft, entryOf(store, storeKeys[kind]), added(kind))]));
  const next = withEntries(store, { ...lists, VRI: grownVri(draft, entryOf(store, 'VRI'), proven, refs, now) });
  if (place.kind === 'ref' && draft.resolve(place).kind === 'dict') draft.put(place, next);
  else draft.put(root, withEntries(catalog, { DSS: place.kind === 'dict' ? next : draft.add(next) }));
  return draft.build();
}

/** The streams that the DSS names, by the SHA-256 of their data. One that cannot be read is kept and not counted. */
function readHeld(file: PdfFile): ReadonlyMap<string, PdfRef> {
  const held = new Map<string, PdfRef>();
  const store = file.get(file.catalog, 'DSS');
  for (const kind of kinds) {
    const list = file.get(store, storeKeys[kind]);
    for (const item of list.kind === 'array' ? list.items : []) {
      const stream = attempt(() => file.resolve(item));
      if (item.kind !== 'ref' || !stream.ok || stream.value.kind !== 'stream') continue;
      const { value } = stream;
      const data = attempt(() => file.decode(value));
      if (data.ok) held.set(hash(data.value), item);
    }
  }
  return held;
}

function itemsOf(proven: readonly Proven[]): readonly Item[] {
  const items = proven.flatMap((each) => [
    ...each.certificates.map(({ der }): Item => ({ kind: 'certificate', id: hash(der), der })),
    ...each.proofs.map(({ kind, der, id }): Item => ({ kind, id, der })),
  ]);
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/**
 * 12.8.4.4: keyed by the SHA-1 of the signature, in upper-case hex. The bytes hashed are the value of /Contents as any reader decodes it, the zeros of
 * its reserve included: so iText, PDFBox and DSS look it up. An entry that is there keeps its /TU and grows.
 */
function grownVri(draft: Draft, place: PdfObject, proven: readonly Proven[], refs: ReadonlyMap<string, PdfRef>, now: Date): PdfObject {
  const vri = draft.resolve(place).kind === 'null' ? pdfDict({}) : draft.readDict(place);
  const entries: Record<string, PdfObject> = {};
  for (const each of proven) {
    const key = createHash('sha1').update(each.contents).digest('hex').toUpperCase();
    const held = entryOf(vri, key);
    const own: PdfDict = draft.resolve(held).kind === 'null' ? pdfDict({ Type: pdfName('VRI'), TU: pdfString(Buffer.from(pdfDate(now), 'latin1')) }) : draft.readDict(held);
    const items = itemsOf([each]);
    const lists = kinds.flatMap((kind) => {
      const wanted = items.filter((item) => item.kind === kind).map(({ id }) => refs.get(id)!);
      const missing = wanted.filter((ref) => !holds(draft.get(own, vriKeys[kind]), ref));
      return missing.length === 0 ? [] : [[vriKeys[kind], grown(draft, entryOf(own, vriKeys[kind]), missing)] as const];
    });
    if (lists.length === 0) continue;
    const next = withEntries(own, Object.fromEntries(lists));
    if (held.kind === 'ref' && draft.resolve(held).kind === 'dict') draft.put(held, next);
    else entries[key] = held.kind === 'dict' ? next : draft.add(next);
  }
  if (Object.keys(entries).length === 0) return place;
  const next = withEntries(vri, entries);
  if (place.kind !== 'ref' || draft.resolve(place).kind !== 'dict') return next;
  draft.put(place, next);
  return place;
}

/** An array that is an object of its own grows there. */
function grown(draft: Draft, place: PdfObject, refs: readonly PdfRef[]): PdfObject {
  const list = draft.resolve(place);
  if (list.kind !== 'array' && list.kind !== 'null') throw broken('kho dữ liệu kiểm chứng (DSS) hỏng');
  const next = pdfArray([...(list.kind === 'array' ? list.items : []), ...refs]);
  if (place.kind !== 'ref' || list.kind === 'null') return next;
  draft.put(place, next);
  return place;
}

function holds(list: PdfObject, ref: PdfRef): boolean {
  return list.kind === 'array' && list.items.some((item) => item.kind === 'ref' && item.num === ref.num);
}

function streamOf(der: Uint8Array): readonly [PdfDict, Uint8Array] {
  const packed = der.length < worthDeflating ? der : deflateSync(der);
  return packed.length < der.length ? [pdfDict({ Filter: pdfName('FlateDecode') }), packed] : [pdfDict({}), der];
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The value of a signature's /Contents, which names it in the VRI. */
export function contentsOf(signature: PdfDict): Uint8Array {
  const contents = entryOf(dictOf(signature) ?? pdfDict({}), 'Contents');
  return contents.kind === 'string' ? contents.bytes : new Uint8Array(0);
}
