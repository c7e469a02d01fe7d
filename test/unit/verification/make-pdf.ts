import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createUpdate, entryOf, openPdf, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfString, pdfText, withEntries, type PdfFile, type PdfObject, type PdfUpdate } from '../../../src-main/pdf/index.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import type { TestPki } from './pki.ts';

export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../fixtures/pdf/${name}`, import.meta.url))));
}

export function open(bytes: Uint8Array): PdfFile {
  const file = openPdf(bytesSource(bytes));
  if (!file.ok) throw new Error(`${file.error.code} ${JSON.stringify(file.error.params)}`);
  return file.value;
}

/** The input with one incremental update. */
export function updatePdf(bytes: Uint8Array, change: (file: PdfFile, update: PdfUpdate) => void): Uint8Array {
  const file = open(bytes);
  const update = createUpdate(file);
  change(file, update);
  return Uint8Array.from(Buffer.concat([bytes, update.build().tail]));
}

export type SignOptions = {
  readonly name?: string;
  readonly subFilter?: string;
  readonly entries?: Readonly<Record<string, PdfObject>>;
  readonly fieldEntries?: Readonly<Record<string, PdfObject>>;
  readonly widget?: Readonly<Record<string, PdfObject>>;
  /** More objects of the same update. */
  readonly also?: (file: PdfFile, update: PdfUpdate) => void;
  readonly cms?: readonly string[];
  /** Makes what goes into /Contents, over the signed bytes; by default a CMS. `cms` is that CMS. */
  readonly container?: (signedBytes: Uint8Array, cms: () => Uint8Array) => Uint8Array;
  /** Rewrites the placeholders before signing; must keep lengths. */
  readonly byteRange?: (range: readonly number[]) => readonly number[];
};

const reserveBytes = 6000;

/** Signs with OpenSSL and a writer of the test's own: what comes out is not the signing engine's. `signer` names a key of the PKI. */
export function signPdf(bytes: Uint8Array, pki: TestPki, signer: string, options: SignOptions = {}): Uint8Array {
  const name = options.name ?? 'Signature1';
  const marked = updatePdf(bytes, (file, update) => {
    const page = file.findPage(0);
    if (page === null) throw new Error('no page');
    const field = update.allocate();
    const value = update.allocate();
    update.put(value, 0, pdfDict({
      Type: pdfName('Sig'), Filter: pdfName('Adobe.PPKLite'), SubFilter: pdfName(options.subFilter ?? 'adbe.pkcs7.detached'),
      ByteRange: pdfArray([0, 9_000_000_001, 9_000_000_002, 9_000_000_003].map(pdfNumber)), Contents: pdfString(new Uint8Array(reserveBytes), true),
      M: pdfText(pdfDate(new Date())), ...options.entries,
    }));
    update.put(field, 0, pdfDict({
      Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Sig'), T: pdfText(name), F: pdfNumber(132), P: pdfRef(page.num),
      Rect: pdfArray([100, 100, 200, 150].map(pdfNumber)), V: pdfRef(value), ...options.widget, ...options.fieldEntries,
    }));
    addField(file, update, field);
    options.also?.(file, update);
  });
  return fillSignature(marked, pki, signer, options);
}

/** Puts a field into the form and its widget on page 1. */
export function addField(file: PdfFile, update: PdfUpdate, num: number): void {
  const page = file.findPage(0);
  const root = entryOf(file.trailer, 'Root');
  if (page === null || root.kind !== 'ref') throw new Error('no page');
  const form = file.get(file.catalog, 'AcroForm');
  const fields = file.get(form, 'Fields');
  const list = pdfArray([...(fields.kind === 'array' ? fields.items : []), pdfRef(num)]);
  update.put(root.num, root.gen, withEntries(file.catalog, { AcroForm: form.kind === 'dict' ? withEntries(form, { Fields: list, SigFlags: pdfNumber(3) }) : pdfDict({ Fields: list, SigFlags: pdfNumber(3) }) }));
  const annotations = file.get(page.dict, 'Annots');
  update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(annotations.kind === 'array' ? annotations.items : []), pdfRef(num)]) }));
}

function fillSignature(marked: Uint8Array, pki: TestPki, signer: string, options: SignOptions): Uint8Array {
  const bytes = Buffer.from(marked);
  const gapStart = bytes.lastIndexOf(`<${'00'.repeat(64)}`);
  const gapEnd = gapStart + 2 + reserveBytes * 2;
  const range = [0, gapStart, gapEnd, bytes.length - gapEnd];
  const numbers = (options.byteRange?.(range) ?? range).join(' ');
  const placeholder = '[0 9000000001 9000000002 9000000003]';
  const at = bytes.lastIndexOf(placeholder);
  bytes.write(`[${numbers}]`.padEnd(placeholder.length), at, 'latin1');
  const data = Buffer.concat([bytes.subarray(0, gapStart), bytes.subarray(gapEnd)]);
  const cms = (): Uint8Array => makeCms(data, pki, signer, options.cms ?? []);
  const der = Buffer.from(options.container?.(data, cms) ?? cms());
  if (der.length > reserveBytes) throw new Error('reserve too small');
  bytes.write(der.toString('hex'), gapStart + 1, 'latin1');
  return Uint8Array.from(bytes);
}

function makeCms(data: Uint8Array, pki: TestPki, signer: string, options: readonly string[]): Uint8Array {
  writeFileSync(pki.path('signed.bin'), data);
  pki.openssl('cms', '-sign', '-binary', '-cades', '-in', 'signed.bin', '-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-certfile', 'issuing.pem', '-outform', 'DER', '-out', 'signed.der', ...options);
  return new Uint8Array(readFileSync(pki.path('signed.der')));
}

export function verify(bytes: Uint8Array, anchors: readonly Uint8Array[], now: Date = new Date()): Promise<VerificationReport> {
  return createVerifier().verify(bytesSource(bytes), { anchors, intermediates: [], now });
}

export function codes(report: VerificationReport): readonly string[] {
  return [...report.problems, ...report.signatures.flatMap((each) => each.problems)].map((each) => each.code);
}

/** `D:…+07'00'`, as signers here write it. */
export function pdfDate(at: Date): string {
  return `D:${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')}+07'00'`;
}
