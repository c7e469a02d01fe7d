import { createPrivateKey } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import { Attribute, AuthenticatedSafe, CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, SafeBag, SafeContents } from 'pkijs';

/**
 * A PKCS#12 file (RFC 7292) whose certificates can be read without the password, as those on a token can; the key is encrypted
 * (PBES2, AES-256) and the whole is bound by a MAC.
 */
export async function writePkcs12(options: { readonly label: string; readonly certificates: readonly Uint8Array[]; readonly pkcs8: Uint8Array; readonly password: string }): Promise<Uint8Array> {
  const key = createPrivateKey({ key: Buffer.from(options.pkcs8), format: 'der', type: 'pkcs8' });
  const shrouded = key.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: options.password });
  const own = [
    new Attribute({ type: '1.2.840.113549.1.9.20', values: [new BmpString({ value: options.label })] }),
    new Attribute({ type: '1.2.840.113549.1.9.21', values: [new OctetString({ valueHex: Uint8Array.of(1).buffer })] }),
  ];
  const certificateBags = options.certificates.map((der, index) => new SafeBag({
    bagId: '1.2.840.113549.1.12.10.1.3',
    bagValue: new CertBag({ parsedValue: Certificate.fromBER(new Uint8Array(der)) }),
    ...(index === 0 ? { bagAttributes: own } : {}),
  }));
  const keyBag = new SafeBag({ bagId: '1.2.840.113549.1.12.10.1.2', bagValue: PKCS8ShroudedKeyBag.fromBER(new Uint8Array(shrouded)), bagAttributes: own });
  const safe = new AuthenticatedSafe({
    parsedValue: { safeContents: [certificateBags, [keyBag]].map((safeBags) => ({ privacyMode: 0, value: new SafeContents({ safeBags }) })) },
  });
  await safe.makeInternalValues({ safeContents: [{}, {}] });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues({ password: new TextEncoder().encode(options.password).buffer, iterations: 100_000, pbkdf2HashAlgorithm: { name: 'SHA-256' }, hmacHashAlgorithm: 'SHA-256' });
  return new Uint8Array(pfx.toSchema().toBER());
}
