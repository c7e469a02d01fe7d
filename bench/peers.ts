import { createHash, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CryptoKeySigner, PDF } from '@libpdf/core';
import * as cantoo from '@cantoo/pdf-lib';
import * as original from 'pdf-lib';
import { readSigner } from '../src-main/signing/certificate.ts';
import { encodeSignedAttributes, encodeSignedData } from '../src-main/signing/cms.ts';
import { softwareKey } from './software-key.ts';

/** Other ways of signing the same file in TypeScript: each takes the whole file and gives the whole signed file, one visible field on page 1, the same key. */
export const peers = ['pdf-lib', 'cantoo-incremental', 'libpdf'] as const;
export type Peer = (typeof peers)[number];

export function signWithPeer(peer: Peer, input: Uint8Array, folder: string): Promise<Uint8Array> {
  switch (peer) {
    case 'pdf-lib': return signByRewriting(input, folder);
    case 'cantoo-incremental': return signByUpdate(input, folder);
    case 'libpdf': return signWithLibPdf(input, folder);
  }
}

const reserveBytes = 8192;
const blank = '**********';

/** pdf-lib and its fork write no signatures: the field and its dictionary are added as the libraries' users do, then the blanks are filled. */
async function signByRewriting(input: Uint8Array, folder: string): Promise<Uint8Array> {
  const document = await original.PDFDocument.load(input, { updateMetadata: false });
  addField(document, original);
  return complete(await document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }), folder);
}

async function signByUpdate(input: Uint8Array, folder: string): Promise<Uint8Array> {
  const document = await cantoo.PDFDocument.load(input, { updateMetadata: false, forIncrementalUpdate: true });
  const snapshot = document.takeSnapshot();
  const page = document.getPage(0);
  snapshot.markRefForSave(page.ref);
  const catalog = document.context.trailerInfo.Root;
  if (catalog instanceof cantoo.PDFRef) snapshot.markRefForSave(catalog);
  addField(document, cantoo);
  const update = await document.saveIncremental(snapshot);
  return complete(Buffer.concat([input, update]), folder);
}

/** What the two libraries share: their objects have the same names. */
type Library = Pick<typeof original, 'PDFName' | 'PDFHexString' | 'PDFString' | 'PDFNumber'>;
type Document = { readonly context: original.PDFDocument['context']; readonly catalog: original.PDFDocument['catalog']; readonly getPage: (index: number) => { readonly node: original.PDFPage['node']; readonly ref: unknown } };

function addField(given: original.PDFDocument | cantoo.PDFDocument, given2: Library | typeof cantoo): void {
  // The fork's classes are the same by name and not by TypeScript's private members.
  const document = given as unknown as Document;
  const library = given2 as unknown as Library;
  const { context } = document;
  const page = document.getPage(0);
  const range = context.obj([0, library.PDFName.of(blank), library.PDFName.of(blank), library.PDFName.of(blank)]);
  const value = context.register(context.obj({ Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: 'adbe.pkcs7.detached', ByteRange: range, Contents: library.PDFHexString.of('0'.repeat(reserveBytes * 2)) }));
  const form = context.register(context.stream('0 0 1 rg 0 0 100 40 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 40], Resources: {} }));
  const widget = context.register(context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', F: 132, Rect: [360, 150, 460, 190], T: library.PDFString.of('Signature1'), V: value, P: page.ref as never, AP: { N: form } }));
  page.node.set(library.PDFName.of('Annots'), context.obj([widget]));
  document.catalog.set(library.PDFName.of('AcroForm'), context.obj({ SigFlags: 3, Fields: [widget] }));
}

async function complete(bytes: Uint8Array, folder: string): Promise<Uint8Array> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = pdf.lastIndexOf(`<${'0'.repeat(64)}`);
  const end = start + reserveBytes * 2 + 2;
  const placeholder = pdf.lastIndexOf('/ByteRange');
  const close = pdf.indexOf(']', placeholder) + 1;
  if (start < 0 || placeholder < 0) throw new Error('the peer wrote no placeholder');
  const range = `/ByteRange [0 ${start} ${end} ${pdf.length - end}]`;
  pdf.write(range.padEnd(close - placeholder), placeholder, 'latin1');
  const digest = createHash('sha256').update(pdf.subarray(0, start)).update(pdf.subarray(end)).digest();
  const key = softwareKey(folder);
  const signer = readSigner(key.certificate, new Date());
  if (!signer.ok) throw new Error(signer.error.code);
  const signedAttributes = encodeSignedAttributes(signer.value, digest);
  const signature = await key.sign(signedAttributes);
  if (!signature.ok) throw new Error(signature.error.code);
  const cms = encodeSignedData({ signer: signer.value, chain: [signer.value.der], algorithm: key.algorithm, signedAttributes, signature: signature.value });
  pdf.write(Buffer.from(cms).toString('hex'), start + 1, 'latin1');
  return pdf;
}

async function signWithLibPdf(input: Uint8Array, folder: string): Promise<Uint8Array> {
  const pkcs8 = Buffer.from(readFileSync(`${folder}/key.pem`, 'latin1').replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  // Node's and the DOM's types of one and the same key differ by their lists of usages.
  const signer = new CryptoKeySigner(key as CryptoKey, softwareKey(folder).certificate, 'RSA', 'RSASSA-PKCS1-v1_5');
  const document = await PDF.load(input);
  return (await document.sign({ signer, subFilter: 'adbe.pkcs7.detached' })).bytes;
}
