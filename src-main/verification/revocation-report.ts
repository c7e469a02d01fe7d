import type { RevocationReport, SignatureReport } from '../../src-shared/contract/verification.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { Unasked } from './gather-evidence.ts';
import type { CertificateProof, PathProof } from './prove-path.ts';

/** Each certificate below the anchor: what is known of it, from where, and why no more. */
export function reportRevocations({ each }: PathProof, unasked: Unasked): RevocationReport[] {
  return each.map(({ certificate, status, said }) => ({
    commonName: certificate.commonName,
    thumbprint: certificate.thumbprint,
    status,
    revokedAt: said?.statement.revokedAt?.toISOString() ?? null,
    kind: said?.proof.kind ?? null,
    source: said?.proof.source ?? null,
    thisUpdate: said?.statement.thisUpdate.toISOString() ?? null,
    nextUpdate: said?.statement.nextUpdate?.toISOString() ?? null,
    proof: said?.proof.id ?? null,
    unasked: unasked.get(certificate.thumbprint) ?? null,
  }));
}

type Subject = {
  readonly revocation: SignatureReport['trust']['revocation'];
  /** Of the signer, and of the maker of its time-stamp where it has one of its own; null: no path. */
  readonly standing: PathProof | null;
  readonly stamper: PathProof | null;
  readonly unasked: Unasked;
  readonly now: Date;
};

/** What the proofs say, how old they are, and what could not be asked, in Vietnamese sentences. */
export function describeRevocation({ revocation, standing, stamper, unasked, now }: Subject): string {
  const each = standing?.each ?? [];
  const all = [...new Map([...each, ...(stamper?.each ?? [])].map((one) => [one.certificate.thumbprint, one])).values()];
  return [
    statusSentence(revocation, each), ...sourceSentences(each, now), ...each.flatMap((one) => laterSentence(one)), ...unaskedSentences(all, unasked), ...all.flatMap((one) => staleSentence(one, now)),
  ].filter((sentence) => sentence !== '').join(' ');
}

function statusSentence(revocation: Subject['revocation'], each: readonly CertificateProof[]): string {
  switch (revocation) {
    case 'good': return each.length === 0 ? '' : 'Chứng thư chưa bị thu hồi tại thời điểm xét.';
    case 'revoked': return each.flatMap(revokedSentence).join(' ') || 'Chứng thư đã bị thu hồi.';
    case 'not-checked': return 'Chưa kiểm tra được đầy đủ tình trạng thu hồi.';
  }
}

/** Where the proofs lay, and from when the oldest of each kind is: an answer kept on this machine is only as good as its day. */
function sourceSentences(each: readonly CertificateProof[], now: Date): readonly string[] {
  const oldest = (sources: readonly string[]): Date | null => {
    const times = each.flatMap(({ said }) => (said !== null && sources.includes(said.proof.source) ? [said.statement.thisUpdate.getTime()] : []));
    return times.length === 0 ? null : new Date(Math.min(...times));
  };
  const inFile = oldest(['dss', 'cms']);
  const kept = oldest(['cache']);
  const asked = oldest(['asked']);
  return [
    inFile === null ? '' : `Bằng chứng có sẵn trong tệp, lập lúc ${localTime(inFile)}.`,
    kept === null ? '' : `Theo câu trả lời đã lưu trên máy, lập lúc ${localTime(kept)} (${ageOf(kept, now)}).`,
    asked === null ? '' : `Đã hỏi cơ quan chứng thực; câu trả lời lập lúc ${localTime(asked)}.`,
  ];
}

function laterSentence({ certificate, status, said }: CertificateProof): readonly string[] {
  const at = said?.statement.revokedAt ?? null;
  return status === 'good' && at !== null ? [`Chứng thư “${certificate.commonName}” bị thu hồi lúc ${localTime(at)}, sau thời điểm ký đã được chứng minh.`] : [];
}

function revokedSentence({ certificate, status, said }: CertificateProof): readonly string[] {
  const at = said?.statement.revokedAt ?? null;
  return status === 'revoked' ? [`Chứng thư “${certificate.commonName}” đã bị thu hồi${at === null ? '' : ` lúc ${localTime(at)}`}.`] : [];
}

/** One sentence a reason: most often it is the same for all of them. */
function unaskedSentences(each: readonly CertificateProof[], unasked: Unasked): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { certificate, status } of each) {
    const why = unasked.get(certificate.thumbprint);
    if (why === undefined || status === 'revoked') continue;
    const reason = reasons[why] ?? 'nơi trả lời gặp lỗi';
    names.set(reason, [...(names.get(reason) ?? []), `“${certificate.commonName}”`]);
  }
  return [...names].map(([reason, whose]) => `Chưa hỏi được tình trạng thu hồi của ${[...new Set(whose)].join(', ')}: ${reason}.`);
}

function staleSentence({ certificate, status, stale }: CertificateProof, now: Date): readonly string[] {
  if (status !== 'unproven' || stale === null) return [];
  const { thisUpdate } = stale.statement;
  return [`Câu trả lời gần nhất về “${certificate.commonName}” lập lúc ${localTime(thisUpdate)} (${ageOf(thisUpdate, now)}) đã quá cũ nên không được tính.`];
}

const reasons: Partial<Record<ErrorCode, string>> = {
  'revocation.offline': 'đang làm việc không có mạng',
  'revocation.no-address': 'chứng thư không ghi nơi hỏi',
  'revocation.unreachable': 'không liên lạc được nơi trả lời',
  'revocation.timeout': 'nơi trả lời không đáp trong thời gian cho phép',
  'revocation.invalid': 'câu trả lời không đáng tin nên đã bỏ',
};

const dayMs = 86_400_000;

function ageOf(at: Date, now: Date): string {
  const ms = Math.max(0, now.getTime() - at.getTime());
  if (ms >= dayMs) return `cách đây ${String(Math.floor(ms / dayMs))} ngày`;
  return ms >= dayMs / 24 ? `cách đây ${String(Math.floor(ms / (dayMs / 24)))} giờ` : 'chưa đầy một giờ trước';
}

/** `14:05 22/11/2026`, in Vietnam's one zone. */
export function localTime(at: Date): string {
  const text = new Date(at.getTime() + 7 * 3_600_000).toISOString();
  return `${text.slice(11, 16)} ${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`;
}
