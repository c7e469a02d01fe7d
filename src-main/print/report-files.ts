import { foldedWords } from '../../src-shared/domain/fold.ts';
import type { CertificateSummary, VerificationReport } from '../../src-shared/contract/verification.ts';
import type { UsedEvidence } from '../ports/verification.ts';
import type { PrintedFile } from './kit.ts';

/** A file that goes along, with what a person is told of it. */
export type ReportFile = PrintedFile & { readonly sha256: string };

const forms = {
  certificate: { ending: 'cer', mediaType: 'application/pkix-cert' },
  ocsp: { ending: 'ors', mediaType: 'application/ocsp-response' },
  crl: { ending: 'crl', mediaType: 'application/pkix-crl' },
} as const;

/** The proofs as files: certificates under the names of their holders, in the order in which they were handed over. */
export function evidenceFiles(report: VerificationReport, evidence: readonly UsedEvidence[]): readonly ReportFile[] {
  const signers = new Map(report.signatures.flatMap(({ signer, subFilter }) => (signer === null ? [] : [[signer.thumbprint, { ...signer, isStamper: subFilter === 'ETSI.RFC3161' }] as const])));
  const authorities = new Map(report.signatures.flatMap(({ chain }) => chain.map((each) => [each.thumbprint, each] as const)));
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return evidence.flatMap(({ kind, der, sha256 }): ReportFile[] => {
    if (seen.has(sha256)) return [];
    seen.add(sha256);
    const { ending, mediaType } = forms[kind];
    const signer = signers.get(sha256);
    const stem = kind !== 'certificate' ? kind : signer !== undefined ? `${signer.isStamper ? 'dau-thoi-gian' : 'nguoi-ky'}-${nameOf(signer)}` : `chung-thu-${nameOf(authorities.get(sha256) ?? null)}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    const numbered = kind === 'certificate' && count === 1 ? stem : `${stem}-${String(count).padStart(2, '0')}`;
    return [{ name: `${numbered}.${ending}`, bytes: der, mediaType, description: descriptionOf(kind, signer?.isStamper ?? null, authorities.has(sha256)), relationship: 'Supplement', sha256 }];
  });
}

/** ASCII words joined by hyphens: a name that every system takes. */
export function fileStem(text: string, most = 40): string {
  return foldedWords(text).join('-').replaceAll(/[^a-z0-9-]/g, '').replaceAll(/-+/g, '-').slice(0, most).replaceAll(/^-|-$/g, '');
}

function nameOf(certificate: CertificateSummary | null): string {
  const stem = certificate === null ? '' : fileStem(certificate.commonName);
  return stem === '' ? 'khac' : stem;
}

function descriptionOf(kind: UsedEvidence['kind'], isStamper: boolean | null, isAuthority: boolean): string {
  if (kind === 'ocsp') return 'Phản hồi OCSP';
  if (kind === 'crl') return 'Danh sách thu hồi (CRL)';
  if (isStamper !== null) return isStamper ? 'Chứng thư của nơi cấp dấu thời gian' : 'Chứng thư của người ký';
  return isAuthority ? 'Chứng thư của nơi cấp chứng thư' : 'Chứng thư số';
}
