import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { OctetString } from 'asn1js';
import { AuthenticatedSafe, CertBag, ContentInfo, EncryptedData, PFX, PKCS8ShroudedKeyBag, SafeContents, type SafeBag } from 'pkijs';

/**
 * A PKCS#12 file (RFC 7292) as far as it can be read without its password. Most programs encrypt the certificates too; then
 * `certificates` is empty and `hidden` is true until it is opened.
 */
export type Pkcs12 = {
  readonly certificates: readonly Uint8Array[];
  /** Private keys as EncryptedPrivateKeyInfo, DER: OpenSSL opens every scheme it knows. */
  readonly shroudedKeys: readonly Uint8Array[];
  readonly encrypted: readonly EncryptedData[];
  readonly hidden: boolean;
};

export type OpenedPkcs12 = { readonly certificates: readonly Uint8Array[]; readonly keys: readonly KeyObject[] };

/** Throws when the bytes are no PKCS#12. */
export function readPkcs12(bytes: Uint8Array): Pkcs12 {
  const pfx = PFX.fromBER(new Uint8Array(bytes));
  if (pfx.authSafe.contentType !== ContentInfo.DATA || !(pfx.authSafe.content instanceof OctetString)) throw new Error('PKCS#12 without password integrity');
  const bags: SafeBag[] = [];
  const encrypted: EncryptedData[] = [];
  for (const content of AuthenticatedSafe.fromBER(pfx.authSafe.content.getValue()).safeContents) {
    if (content.contentType === ContentInfo.ENCRYPTED_DATA) encrypted.push(new EncryptedData({ schema: content.content }));
    else if (content.content instanceof OctetString) bags.push(...SafeContents.fromBER(content.content.getValue()).safeBags);
  }
  return { ...sortBags(bags), encrypted, hidden: encrypted.length > 0 };
}

/** The whole content, or null when the password is not the file's. */
export async function openPkcs12(file: Pkcs12, password: string): Promise<OpenedPkcs12 | null> {
  const bytes = new TextEncoder().encode(password);
  try {
    const bags: SafeBag[] = [];
    for (const one of file.encrypted) bags.push(...SafeContents.fromBER(await one.decrypt({ password: bytes.buffer })).safeBags);
    const inside = sortBags(bags);
    const keys = [...file.shroudedKeys, ...inside.shroudedKeys].map((der) => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase: Buffer.from(bytes) }));
    return { certificates: [...file.certificates, ...inside.certificates], keys };
  } catch {
    // A wrong password shows as bad padding or as nonsense after decryption, from either library.
    return null;
  } finally {
    bytes.fill(0);
  }
}

/** The key that belongs to the certificate. */
export function findKeyOf(certificate: Uint8Array, keys: readonly KeyObject[]): KeyObject | null {
  const x509 = new X509Certificate(certificate);
  return keys.find((key) => x509.checkPrivateKey(key)) ?? null;
}

function sortBags(bags: readonly SafeBag[]): { readonly certificates: Uint8Array[]; readonly shroudedKeys: Uint8Array[] } {
  const certificates: Uint8Array[] = [];
  const shroudedKeys: Uint8Array[] = [];
  for (const { bagValue } of bags) {
    if (bagValue instanceof CertBag && bagValue.certValue instanceof OctetString) certificates.push(new Uint8Array(bagValue.certValue.getValue()));
    else if (bagValue instanceof PKCS8ShroudedKeyBag) shroudedKeys.push(new Uint8Array(bagValue.toSchema().toBER()));
  }
  return { certificates, shroudedKeys };
}
