import { appendUtf8 } from '../protocol/utf8.ts';
import { createBase64Encoder, encodeBase64 } from './base64.ts';
import { createCanonicalWriter, documentContext } from './canonical.ts';
import { edxmlNamespace, signatureNamespace } from './codes.ts';
import { defaultReadLimits } from './limits.ts';
import { findFault } from './message.ts';
import { attachmentHead, documentHeader, manifest, statusHeader, traceHeaderList, type AttachmentHead, type DocumentHeader, type StatusHeader, type TraceHeaderList } from './model.ts';
import { packOne } from './pack.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import { digestUris, envelopedTransform, exclusiveCanonical, signatureUris, type Digests, type HashName, type PackageSigner } from './signature-algorithms.ts';
import { elementName, writeChildren } from './walk.ts';
import { createXmlScanner } from './xml-scanner.ts';

/** `entryName`: of the entry inside the ZIP, `<uuid>.<ext>`. `open` is called once, and once more when the package is signed: the same bytes each time. */
export type AttachmentToSend = AttachmentHead & { readonly entryName: string; readonly open: () => AsyncIterable<Uint8Array> };
export type PackageToSend = { readonly header: DocumentHeader; readonly trace: TraceHeaderList; readonly attachments: readonly AttachmentToSend[] };
export type WriteOptions = {
  /** Characters a line of Base64; 0: one line. */
  readonly columns: 0 | 76;
  readonly signing?: { readonly signer: PackageSigner; readonly digests: Digests };
};

const prefix = 'edXML:';
const head = `<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="${edxmlNamespace}"><edXML:edXMLEnvelope xmlns:edXML="${edxmlNamespace}"><edXML:edXMLHeader>`;

/** Why a package cannot be written; undefined when it can. The same rules as the reader's: nobody is sent what we would refuse. */
export function checkPackage({ header, trace, attachments }: PackageToSend): Refusal | undefined {
  const heads = attachments.map(({ contentId, attachmentName, description, contentType }): AttachmentHead => ({ contentId, attachmentName, ...(description === undefined ? {} : { description }), ...(contentType === undefined ? {} : { contentType }) }));
  return (
    checkValue(documentHeader, header, 'MessageHeader') ??
    checkValue(traceHeaderList, trace, 'TraceHeaderList') ??
    checkValue(manifest, { reference: heads }, 'edXMLManifest') ??
    findFault({ kind: 'document', header, trace, references: heads }, heads)?.refusal
  );
}

export function checkStatus(header: StatusHeader): Refusal | undefined {
  return checkValue(statusHeader, header, 'MessageHeader');
}

/** A document's package as a stream of UTF-8. Throws when `checkPackage` was not asked first and would have refused. */
export async function* writePackage(toSend: PackageToSend, options: WriteOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const refusal = checkPackage(toSend);
  if (refusal !== undefined) throw new Error(`a package that cannot be written: ${refusal.reason} (${refusal.where})`);
  const { signing } = options;
  const signature = signing === undefined ? '' : await writeSignature(() => writeBody(toSend, options, ''), signing.signer, signing.digests);
  yield* writeBody(toSend, options, signature);
}

export async function* writeStatus(header: StatusHeader, options: Pick<WriteOptions, 'signing'> = {}): AsyncGenerator<Uint8Array, void, undefined> {
  const refusal = checkStatus(header);
  if (refusal !== undefined) throw new Error(`a status message that cannot be written: ${refusal.reason} (${refusal.where})`);
  async function* body(signature: string): AsyncGenerator<Uint8Array, void, undefined> {
    yield utf8(`${head}<edXML:MessageHeader>${writeChildren(header, statusHeader, prefix)}</edXML:MessageHeader>${signature}</edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>\n`);
  }
  const { signing } = options;
  yield* body(signing === undefined ? '' : await writeSignature(() => body(''), signing.signer, signing.digests));
}

async function* writeBody({ header, trace, attachments }: PackageToSend, options: WriteOptions, signature: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield utf8(
    [
      head,
      `<edXML:MessageHeader>${writeChildren(header, documentHeader, prefix)}</edXML:MessageHeader>`,
      `<edXML:TraceHeaderList>${writeChildren(trace, traceHeaderList, prefix)}</edXML:TraceHeaderList>`,
      signature,
      '</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0">',
      writeChildren({ reference: attachments }, manifest, prefix),
      '</edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>',
    ].join(''),
  );
  if (attachments.length > 0) yield utf8(`<edXML:AttachmentEncoded xmlns:edXML="${edxmlNamespace}">`);
  for (const attachment of attachments) {
    yield utf8(`<edXML:Attachment>${writeChildren(attachment, attachmentHead, prefix)}<edXML:ContentTransferEncoded>`);
    const encoder = createBase64Encoder(options.columns);
    for await (const part of packOne(attachment.entryName, attachment.open())) yield encoder.push(part);
    yield encoder.end();
    yield utf8('</edXML:ContentTransferEncoded></edXML:Attachment>');
  }
  yield utf8(`${attachments.length > 0 ? '</edXML:AttachmentEncoded>' : ''}</edXML>\n`);
}

/** An enveloped signature over the whole document, as it is without it: exclusive canonical form, so that it stands wherever the package is put. */
async function writeSignature(unsigned: () => AsyncIterable<Uint8Array>, { algorithm, certificate, sign }: PackageSigner, digests: Digests): Promise<string> {
  const digest = algorithm.slice(algorithm.indexOf('-') + 1) as HashName;
  const hash = digests.createHash(digest);
  const canonical = createCanonicalWriter({ exclusive: true, comments: false, inclusivePrefixes: [] }, documentContext, hash.update);
  const scanner = createXmlScanner({ ...defaultReadLimits, packageBytes: Number.MAX_SAFE_INTEGER, elements: Number.MAX_SAFE_INTEGER, markupBytes: Number.MAX_SAFE_INTEGER }, (path) => path.at(-1)?.local === 'ContentTransferEncoded', canonical);
  for await (const part of unsigned()) scanner.push(part);
  scanner.end();

  // written in canonical form: what is signed is what stands here
  const signedInfo = [
    `<SignedInfo xmlns="${signatureNamespace}">`,
    `<CanonicalizationMethod Algorithm="${exclusiveCanonical}"></CanonicalizationMethod>`,
    `<SignatureMethod Algorithm="${signatureUris[algorithm]}"></SignatureMethod>`,
    `<Reference URI=""><Transforms><Transform Algorithm="${envelopedTransform}"></Transform><Transform Algorithm="${exclusiveCanonical}"></Transform></Transforms>`,
    `<DigestMethod Algorithm="${digestUris[digest]}"></DigestMethod><DigestValue>${encodeBase64(hash.bytes())}</DigestValue></Reference></SignedInfo>`,
  ].join('');
  const value = await sign(utf8(signedInfo));
  return `<Signature xmlns="${signatureNamespace}">${signedInfo}<SignatureValue>${encodeBase64(value)}</SignatureValue><KeyInfo><X509Data><X509Certificate>${encodeBase64(certificate)}</X509Certificate></X509Data></KeyInfo></Signature>`;
}

function checkValue(schema: typeof documentHeader | typeof traceHeaderList | typeof statusHeader | typeof manifest, value: unknown, where: string): Refusal | undefined {
  const read = schema.safeParse(value);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? `[${step + 1}]` : elementName(String(step))));
  return refusalOf(`${path.findLast((step) => !step.startsWith('[')) ?? where} ${issue?.code === 'invalid_type' ? 'bị thiếu' : (issue?.message ?? 'không hợp lệ')}`, [where, ...path].join('/').replaceAll('/[', '['));
}

function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  appendUtf8(bytes, text);
  return Uint8Array.from(bytes);
}
