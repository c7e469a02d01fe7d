import { keyUsageBit, type Certificate } from './certificate.ts';
import { sameBytes } from './der.ts';

/** Status of the best path found; `detail` is a Vietnamese sentence. Revocation is a separate matter and is not looked at here. */
export type ChainResult = { readonly status: 'trusted' | 'untrusted' | 'expired' | 'unknown'; readonly path: readonly Certificate[]; readonly wrongUsage: boolean; readonly detail: string };

type Input = {
  readonly signer: Certificate;
  readonly others: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly purpose: 'signing' | 'time-stamping';
};

const maxDepth = 8;
/** Signatures that one search may verify: cross-signed certificates made to multiply paths cost no more than this. */
const maxSteps = 200;

/** RFC 5280 §6.1 without policies and name constraints (a critical one makes the path `unknown`): path, validity at `at`, CA flag, path length, key usage. */
export function buildChain(input: Input): ChainResult {
  if (input.anchors.length === 0) return { status: 'unknown', path: [input.signer], wrongUsage: false, detail: 'Máy này chưa có chứng thư gốc tin cậy nào để đối chiếu.' };
  const wrongUsage = input.purpose === 'signing' && !maySign(input.signer);
  const { paths, exhausted } = findPaths(input);
  const judged = paths.map((path) => ({ path, status: judgePath(path, input) }));
  const best = judged.find((each) => each.status === 'trusted') ?? judged.find((each) => each.status === 'expired') ?? judged[0];
  const path = best?.path ?? [input.signer];
  if (best === undefined) return { status: exhausted ? 'unknown' : 'untrusted', path, wrongUsage, detail: exhausted ? 'Chuỗi chứng thư quá phức tạp nên không xét hết.' : 'Không tìm thấy đường dẫn từ chứng thư của người ký tới chứng thư gốc tin cậy.' };
  if (wrongUsage) return { status: 'untrusted', path, wrongUsage, detail: 'Chứng thư của người ký không được cấp để ký (key usage).' };
  return { status: best.status, path, wrongUsage, detail: details[best.status] };
}

const details = {
  trusted: 'Chứng thư của người ký dẫn về chứng thư gốc tin cậy.',
  expired: 'Chứng thư dẫn về chứng thư gốc tin cậy nhưng không trong thời hạn hiệu lực tại thời điểm xét.',
  unknown: 'Chuỗi chứng thư có phần mở rộng bắt buộc hoặc thuật toán mà chương trình không xét được.',
} as const;

function findPaths(input: Input): { readonly paths: readonly (readonly Certificate[])[]; readonly exhausted: boolean } {
  const anchorPrints = new Set(input.anchors.map((each) => each.thumbprint));
  const candidates = distinct([...input.anchors, ...input.others]);
  const paths: (readonly Certificate[])[] = [];
  let steps = 0;
  extend([input.signer]);
  return { paths, exhausted: steps >= maxSteps };

  function extend(path: readonly Certificate[]): void {
    const last = path.at(-1);
    if (last === undefined) return;
    if (anchorPrints.has(last.thumbprint)) {
      paths.push(path);
      return;
    }
    if (path.length >= maxDepth) return;
    for (const issuer of candidates) {
      if (!sameBytes(issuer.subject, last.issuer) || path.some((each) => each.thumbprint === issuer.thumbprint)) continue;
      if (steps >= maxSteps) return;
      steps += 1;
      if (mayIssue(issuer, path.length - 1, anchorPrints.has(issuer.thumbprint)) && signedBy(last, issuer)) extend([...path, issuer]);
    }
  }
}

/** `below`: CA certificates between this issuer and the end certificate. An anchor is trusted as it is, version 1 roots included. */
function mayIssue(issuer: Certificate, below: number, isAnchor: boolean): boolean {
  if (!issuer.basicConstraints.ca && !(isAnchor && issuer.keyUsage === null)) return false;
  if (issuer.basicConstraints.pathLength !== null && below > issuer.basicConstraints.pathLength) return false;
  return issuer.keyUsage === null || issuer.keyUsage.has(keyUsageBit.keyCertSign);
}

function signedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // A key of the wrong kind for the signature: not its issuer.
    return false;
  }
}

function judgePath(path: readonly Certificate[], input: Input): 'trusted' | 'expired' | 'unknown' {
  const below = path.slice(0, -1);
  // SHA-1 in a certificate's own signature is irrelevant for the anchor (signing.md §6), a doubt anywhere else.
  if (below.some((each) => each.scheme === null || each.scheme.hash === 'sha1')) return 'unknown';
  const inspected = path.length === 1 ? path : below;
  if (inspected.some((each) => each.unknownCritical.length > 0)) return 'unknown';
  return path.every((each) => each.notBefore <= input.at && input.at <= each.notAfter) ? 'trusted' : 'expired';
}

/** Signing needs digitalSignature or nonRepudiation (signing.md §2); a certificate without the extension is not limited. One given out for a service alone signs no documents (RFC 5280 4.2.1.12). */
function maySign(certificate: Certificate): boolean {
  const { keyUsage, extendedKeyUsage } = certificate;
  if (extendedKeyUsage !== null && extendedKeyUsage.length > 0 && extendedKeyUsage.every((purpose) => servicePurposes.has(purpose))) return false;
  return keyUsage === null || keyUsage.has(keyUsageBit.digitalSignature) || keyUsage.has(keyUsageBit.nonRepudiation);
}

/** serverAuth, timeStamping, OCSPSigning. */
const servicePurposes: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.9']);

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.thumbprint, each])).values()];
}
