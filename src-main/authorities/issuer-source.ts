import { readCertificateFile } from '../trust/certificate-file.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { readAddresses } from './addresses.ts';
import type { Deadline } from './deadline.ts';
import { isIssuedBy } from './issued-by.ts';
import type { Transport } from './transport.ts';

const maxBytes = 1024 * 1024;
const maxCertificates = 32;
const mostKept = 50;

/** Finds issuers at the addresses that certificates give. What was found is kept by address; it serves again only where it fits. */
export function createIssuerSource(transport: Transport): (certificate: Certificate, deadline: Deadline) => Promise<Uint8Array | null> {
  const kept = new Map<string, readonly Certificate[]>();

  async function read(url: string, deadline: Deadline): Promise<readonly Certificate[]> {
    const answer = await transport.ask({ url, method: 'GET', accept: 'application/pkix-cert, application/pkcs7-mime, */*', maxBytes, tries: 2 }, deadline);
    const found = answer.ok ? readPublished(answer.body) : [];
    const [oldest] = kept.size >= mostKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    if (found.length > 0) kept.set(url, found);
    return found;
  }

  return async (certificate, deadline) => {
    const { issuers } = readAddresses(certificate);
    const choose = (among: readonly Certificate[]): Uint8Array | null => among.find((each) => isIssuedBy(certificate, each))?.der ?? null;
    for (const url of issuers) {
      const known = choose(kept.get(url) ?? []);
      if (known !== null) return known;
    }
    for (const url of issuers) {
      const found = choose(await read(url, deadline));
      if (found !== null) return found;
    }
    return null;
  };
}

/** RFC 5280 4.2.2.1: one DER certificate, or a PKCS#7 bundle of them; PEM is found in its place often enough. */
function readPublished(bytes: Uint8Array): readonly Certificate[] {
  return readCertificateFile(bytes).slice(0, maxCertificates).flatMap((der) => readCertificate(der) ?? []);
}
