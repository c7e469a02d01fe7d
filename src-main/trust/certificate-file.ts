import { derTag, readWholeDer } from '../verification/der.ts';
import { readBundle } from './bundle.ts';

const byteOrderMark = '\uFEFF';

/**
 * The certificates of a file as people have them: PEM (one or many, PKCS#7 among them), DER, or PKCS#7 of certificates alone (`.p7b`), in their order and
 * each once. DER; whether each is a certificate is for `readCertificate` to say. Empty when the file is none of these.
 */
export function readCertificateFile(file: Uint8Array): readonly Uint8Array[] {
  const bytes = new Uint8Array(file);
  // what is binary is read as that, whatever text it carries inside
  const found = readBundle(bytes) ?? readOne(bytes) ?? readPem(decode(bytes));
  return [...new Map(found.map((der) => [Buffer.from(der).toString('base64'), der])).values()];
}

function readPem(text: string): readonly Uint8Array[] {
  return readBlocks(text).flatMap(({ label, der }) => {
    if (label === 'PKCS7' || label === 'CMS') return readBundle(der) ?? [];
    return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' ? [der] : [];
  });
}

/** RFC 7468, a block read as laxly as it says: any white space. What a key or a request is filed under is passed over. */
function readBlocks(text: string): readonly { readonly label: string; readonly der: Uint8Array }[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g)].map(([, label = '', body = '']) => ({ label, der: new Uint8Array(Buffer.from(body, 'base64')) }));
}

function readOne(bytes: Uint8Array): readonly Uint8Array[] | null {
  return readWholeDer(bytes)?.tag === derTag.sequence ? [bytes] : null;
}

/** Windows' editor saves PEM as UTF-16 when told to save "Unicode". */
function decode(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return Buffer.from(bytes).toString(wide ? 'utf16le' : 'latin1').replace(byteOrderMark, '');
}
