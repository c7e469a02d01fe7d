import { pdfString, pdfText, serializeObject, type PdfObject } from '../pdf/index.ts';
import type { SigningProfile } from '../ports/signing.ts';

const subFilters = { office: 'adbe.pkcs7.detached', pades: 'ETSI.CAdES.detached' } as const satisfies Record<SigningProfile, string>;
/** Ten digits: as far as a cross-reference table can point. */
const numberWidth = 10;

export type SignatureBody = {
  readonly bytes: Uint8Array;
  /** Within `bytes`: the four numbers with their brackets, and the `<…>` of /Contents. */
  readonly byteRange: { readonly start: number; readonly end: number };
  readonly contents: { readonly start: number; readonly end: number };
};

/** The signature dictionary (ISO 32000-2 12.8.1) with room for `contentsBytes` of CMS, its /ByteRange still blank. */
export function signatureBody(options: {
  readonly profile: SigningProfile;
  readonly name: string;
  readonly reason: string;
  readonly location: string;
  readonly at: Date;
  readonly contentsBytes: number;
  /** Value of /Reference, when the field carries a lock. */
  readonly reference: PdfObject | null;
  /** Encrypts what is written, all but /Contents (7.6.2), in an encrypted file. */
  readonly seal: (object: PdfObject) => PdfObject;
}): SignatureBody {
  let text = '';
  const mark = (part: string): { readonly start: number; readonly end: number } => {
    const start = text.length;
    text += part;
    return { start, end: text.length };
  };
  mark(`<</Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /${subFilters[options.profile]}\n/ByteRange `);
  const byteRange = mark(`[${' '.repeat(4 * (numberWidth + 1))}]`);
  mark('\n/Contents ');
  const contents = mark(`<${'0'.repeat(options.contentsBytes * 2)}>`);
  const sealed = (object: PdfObject): string => latin1(options.seal(object));
  mark(`\n/M ${sealed(pdfString(Buffer.from(pdfDate(options.at), 'latin1')))}`);
  for (const [key, value] of [['Name', options.name], ['Reason', options.reason], ['Location', options.location]] as const) {
    if (value !== '') mark(`\n/${key} ${sealed(pdfText(value))}`);
  }
  if (options.reference !== null) mark(`\n/Reference ${sealed(options.reference)}`);
  mark(`\n/Prop_Build <</App <</Name /VanThu>>>>>>`);
  return { bytes: Buffer.from(text, 'latin1'), byteRange, contents };
}

/** `[a b c d]` padded to the placeholder's width. */
export function byteRangeText(range: readonly [number, number, number, number]): string {
  return `[${range.map((value) => String(value).padEnd(numberWidth)).join(' ')} ]`;
}

/** 7.9.4, in the zone of the office, +07:00 all year. */
export function pdfDate(at: Date): string {
  const local = new Date(at.getTime() + 7 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  return `D:${local}+07'00'`;
}

function latin1(object: PdfObject): string {
  return Buffer.from(serializeObject(object)).toString('latin1');
}
