import * as asn1 from 'asn1js';
import { ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import { entryOf, isName, textOf, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { Inspection } from '../ports/signing.ts';
import type { Field } from './form.ts';

/** The certification and who made it; null when the document is not certified. */
export function readCertification(file: PdfFile, fields: readonly Field[]): Inspection['certified'] {
  const signature = findCertification(file, fields);
  return signature === null ? null : { level: docMdpLevel(file, signature) ?? 2, by: signerOf(file, signature) };
}

/** Whether no change at all is allowed: certified so, or closed by a signed field's /Lock (12.7.5.5, table 236). */
export function isClosed(file: PdfFile, fields: readonly Field[]): boolean {
  const certification = findCertification(file, fields);
  if (certification !== null && docMdpLevel(file, certification) === 1) return true;
  return signedOf(fields).some(({ dict }) => isOne(file.get(file.get(dict, 'Lock'), 'P')));
}

export function isCertified(file: PdfFile, fields: readonly Field[]): boolean {
  return findCertification(file, fields) !== null;
}

/** 12.8.6: the catalog's /Perms points at it. Where a writer left that out, a signature that sets the same rule is taken at its word, as the verifier does. */
function findCertification(file: PdfFile, fields: readonly Field[]): PdfDict | null {
  const named = file.get(file.get(file.catalog, 'Perms'), 'DocMDP');
  if (named.kind === 'dict') return named;
  for (const { dict } of signedOf(fields)) {
    const signature = file.get(dict, 'V');
    if (signature.kind === 'dict' && docMdpLevel(file, signature) !== null) return signature;
  }
  return null;
}

function signedOf(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ type, isFilled }) => type === 'Sig' && isFilled);
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
