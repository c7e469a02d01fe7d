import { isWeakKey } from './algorithms.ts';
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

/**
 * RFC 5280 §6.1: path, validity at `at`, CA flag, path length, key usage. Policies: any will do (§6.1.1 c: any-policy), so that a critical list of policies
 * is met by whatever it says; policy constraints, policy mappings, the inhibition of any-policy and name constraints are not computed, and a critical one
 * (which RFC 5280 asks for) makes the path `unknown`, never good.
 */
export function buildChain(input: Input): ChainResult {
  if (input.anchors.length === 0) return { status: 'unknown', path: [input.signer], wrongUsage: false, detail: 'Máy này chưa có chứng thư gốc tin cậy nào để đối chiếu.' };
  const wrongUsage = input.purpose === 'signing' && !maySign(input.signer);
  const { paths, exhausted } = findPaths(input);
  const judged = paths.map((path) => ({ path, status: judgePath(path, input) }));
  const best = judged.find((each) => each.status === 'trusted') ?? judged.find((each) => each.status === 'expired') ?? judged[0];
  const path = best?.path ?? [input.signer];
  if (best === undefined) return { status: exhausted ? 'unknown' : 'untrusted', path, wrongUsage, detail: exhausted ? 'Chuỗi chứng thư quá phức tạp nên không xét hết.' : 'Không tìm thấy đường dẫn từ chứng thư của người ký tới chứng thư gốc tin cậy.' };
  if (wrongUsage) return { status: 'untrusted', path, wrongUsage, detail: 'Chứng thư của người ký không được cấp để ký văn bản (key usage).' };
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

/** Which certificates of late were signed by which: a file of many signatures asks the same of the same few again and again. */
const remembered = new Map<string, boolean>();
const mostRemembered = 2000;

function signedBy(certificate: Certificate, issuer: Certificate): boolean {
  const key = `${certificate.thumbprint}${issuer.thumbprint}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = isSignedBy(certificate, issuer);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, found);
  return found;
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
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
  // who breaks an intermediate's key issues what he likes
  if (below.slice(1).some((each) => isWeakKey(each.x509.publicKey))) return 'unknown';
  const inspected = path.length === 1 ? path : below;
  if (inspected.some((each) => each.unknownCritical.length > 0)) return 'unknown';
  return path.every((each) => each.notBefore <= input.at && input.at <= each.notAfter) ? 'trusted' : 'expired';
}

/**
 * Signing needs digitalSignature or nonRepudiation (signing.md §2); a certificate without the extension is not limited. An extended key usage limits it too
 * (RFC 5280 §4.2.1.12), but had no purpose for documents until RFC 9336, and authorities write what they like there (client log-in, mail, a vendor's own). So
 * only a certificate whose every purpose is plainly another is refused: a server's, a program's maker, a time-stamper's, an OCSP responder's.
 */
function maySign(certificate: Certificate): boolean {
  const usage = certificate.keyUsage;
  const purposes = certificate.extendedKeyUsage;
  const maySignAtAll = usage === null || usage.has(keyUsageBit.digitalSignature) || usage.has(keyUsageBit.nonRepudiation);
  return maySignAtAll && (purposes === null || purposes.some((purpose) => !otherPurposes.has(purpose)));
}

/** serverAuth, codeSigning, timeStamping, OCSPSigning (RFC 5280 §4.2.1.12). */
const otherPurposes: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.3', '1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.9']);

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.thumbprint, each])).values()];
}
