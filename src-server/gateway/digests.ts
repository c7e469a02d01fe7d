import { createHash, verify, X509Certificate } from 'node:crypto';
import type { Digests } from '../../src-shared/edxml/signature-algorithms.ts';

/** What the reader of packages hashes and checks with: Node's own cryptography. */
export const nodeDigests: Digests = {
  createHash(algorithm) {
    const hash = createHash(algorithm);
    return { update: (bytes) => void hash.update(bytes), bytes: () => new Uint8Array(hash.digest()) };
  },
  verify(algorithm, certificate, data, signature) {
    const [kind, hash] = algorithm.split('-') as ['rsa' | 'ecdsa', string];
    try {
      const key = new X509Certificate(certificate).publicKey;
      if (key.asymmetricKeyType !== (kind === 'rsa' ? 'rsa' : 'ec')) return false;
      // RFC 6931 2.3.6: the two numbers side by side, not in ASN.1
      return verify(hash, data, kind === 'rsa' ? key : { key, dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
      // a stranger's certificate may be anything: what cannot be read proves nothing
      return false;
    }
  },
};
