import * as asn1 from 'asn1js';
import { ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import { dictOf, entryOf, isName, textOf, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { Inspection } from '../ports/signing.ts';
import type { Field } from './form.ts';

/** 12.8.6: the certification, which the catalog's /Perms points at; null when the document is not certified. `by`: who certified. */
export function readCertification(file: PdfFile): Inspection['certified'] {
  const signature = file.get(file.get(file.catalog, 'Perms'), 'DocMDP');
  if (signature.kind !== 'dict') return null;
  return { level: docMdpLevel(file, signature) ?? 2, by: signerOf(file, signature) };
}

/** Whether no change at all is allowed: certified so, or closed by a signed field's /Lock (12.7.5.5, table 236). */
export function isClosed(file: PdfFile, fields: readonly Field[]): boolean {
  if (readLevel(file) === 1) return true;
  return fields.some(({ type, isFilled, dict }) => type === 'Sig' && isFilled && isOne(file.get(file.get(dict, 'Lock'), 'P')));
}

/** The level alone, without opening the certifier's CMS. */
function readLevel(file: PdfFile): 1 | 2 | 3 | null {
  const signature = file.get(file.get(file.catalog, 'Perms'), 'DocMDP');
  return signature.kind === 'dict' ? docMdpLevel(file, signature) ?? 2 : null;
}

/** 12.8.2.2: 2 where it does not say. */
function docMdpLevel(file: PdfFile, signature: PdfDict): 1 | 2 | 3 | null {
  const references = file.get(signature, 'Reference');
  for (const item of references.kind === 'array' ? references.items : []) {
    const reference = file.resolve(item);
    if (!isName(file.get(reference, 'TransformMethod'), 'DocMDP')) continue;
    const level = file.get(file.get(reference, 'TransformParams'), 'P');
    if (level.kind === 'number' && (level.value === 1 || level.value === 3)) return level.value;
    return 2;
  }
  return null;
}

/** The common name in the certifier's certificate; where the CMS has none that can be read, the signature's own /Name. */
function signerOf(file: PdfFile, signature: PdfDict): string {
  const contents = entryOf(signature, 'Contents');
  const named = textOf(file.get(signature, 'Name')) ?? '';
  return (contents.kind === 'string' ? commonNameIn(contents.bytes) : null) ?? named;
}

function commonNameIn(cms: Uint8Array): string | null {
  try {
    // What follows the CMS in its reserve is zeros, which the parser leaves alone.
    const info = new ContentInfo({ schema: asn1.fromBER(new Uint8Array(cms).buffer).result });
    const signed = new SignedData({ schema: info.content });
    const id: unknown = signed.signerInfos[0]?.sid;
    if (!(id instanceof IssuerAndSerialNumber)) return null;
    for (const certificate of signed.certificates ?? []) {
      if (!('serialNumber' in certificate) || !('subject' in certificate) || !certificate.serialNumber.isEqual(id.serialNumber)) continue;
      const name = certificate.subject.typesAndValues.find(({ type }) => type === '2.5.4.3');
      return name === undefined ? null : String(name.value.valueBlock.value);
    }
    return null;
  } catch {
    // A container of another kind (adbe.x509.rsa_sha1, a damaged one): /Name is what is left to say.
    return null;
  }
}

function isOne(object: PdfObject): boolean {
  return object.kind === 'number' && object.value === 1;
}

/** For who only has the catalog in hand. */
export function hasStructure(file: PdfFile): boolean {
  return dictOf(file.get(file.catalog, 'StructTreeRoot')) !== null;
}
