import { children, derTag, readOid, readWholeDer, sequence } from '../verification/der.ts';

const signedDataOid = '1.2.840.113549.1.7.2';
const byteOrderMark = '\uFEFF';

/**
 * The certificates of a file as people have them: PEM (one or many, PKCS#7 among them), DER, or PKCS#7 of certificates alone (`.p7b`), in their order and
 * each once. DER; whether each is a certificate is for `readCertificate` to say. Empty when the file is none of these.
 */
export function readCertificateFile(file: Uint8Array): readonly Uint8Array[] {
  const bytes = new Uint8Array(file);
  const text = decode(bytes);
  const found = text.includes('-----BEGIN ') ? readPem(text) : (readBundle(bytes) ?? readOne(bytes));
  return [...new Map(found.map((der) => [Buffer.from(der).toString('base64'), der])).values()];
}

/** DER of every certificate in a PEM text, in its order. */
export function readPemCertificates(pem: string): readonly Uint8Array[] {
  return readBlocks(pem).filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => der);
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

/** Certificates of a SignedData (RFC 5652 5.1), which a bundle without signers is; null when the bytes are none. */
function readBundle(bytes: Uint8Array): readonly Uint8Array[] | null {
  const [type, content] = sequence(readWholeDer(bytes)) ?? [];
  if (readOid(type) !== signedDataOid) return null;
  const parts = sequence(children(content)?.[0]) ?? [];
  return (children(parts.find(({ tag }) => tag === 0xa0)) ?? []).filter(({ tag }) => tag === derTag.sequence).map(({ raw }) => raw);
}

function readOne(bytes: Uint8Array): readonly Uint8Array[] {
  return readWholeDer(bytes)?.tag === derTag.sequence ? [bytes] : [];
}

/** Windows' editor saves PEM as UTF-16 when told to save "Unicode". */
function decode(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return Buffer.from(bytes).toString(wide ? 'utf16le' : 'latin1').replace(byteOrderMark, '');
}
