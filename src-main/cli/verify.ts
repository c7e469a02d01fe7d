import type { SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { openFileSource, type FileSource } from '../backend/file-source.ts';
import { createVerifier } from '../verification/verifier.ts';
import { readTrust } from './certificates.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';

export type VerifyFileOptions = { readonly file: string; readonly trust: readonly string[]; readonly json: boolean; readonly password: string | null };

/** 0 only for `valid` and `valid-extended`; a report that says anything else is 1; no report is 2. */
export async function verifyFile({ file, trust, json, password }: VerifyFileOptions, terminal: Terminal): Promise<ExitCode> {
  const trusted = readTrust(trust);
  if (!trusted.ok) return refuse(terminal, trusted.error);
  const source = openFileSource(file);
  if (!source.ok) return refuse(terminal, source.error);
  try {
    if (source.value.sizeBytes === 0) return refuse(terminal, { code: 'file.empty' });
    if (!isPdf(source.value)) return refuse(terminal, { code: 'pdf.not-pdf' });
    const report = await createVerifier().verify(password === null ? source.value : { ...source.value, password }, { ...trusted.value, now: new Date() });
    terminal.out(json ? JSON.stringify(toJson(report), null, 2) : describeReport(report));
    return report.verdict === 'valid' || report.verdict === 'valid-extended' ? 0 : 1;
  } finally {
    source.value.close();
  }
}

/** The command line's own words, kept stable for scripts: the fields of the contract in a fixed order. */
function toJson(report: VerificationReport): unknown {
  return {
    verdict: report.verdict,
    signatures: report.signatures.map(({ field, revision, subFilter, signer, integrity, coverage, level, trust, changesAfter, verdict, time, place, problems }) =>
      ({ field, revision, subFilter, signer, integrity, coverage, level, trust, changesAfter, verdict, time, place, problems })),
    problems: report.problems,
  };
}

const verdictWords: Record<VerificationReport['verdict'], string> = {
  'valid': 'hợp lệ',
  'valid-extended': 'hợp lệ, sau đó có thêm chữ ký hoặc dữ liệu lưu trữ',
  'changed': 'hợp lệ nhưng đã thêm nội dung sau khi ký',
  'invalid': 'không hợp lệ',
  'indeterminate': 'không thể kết luận',
  'unsigned': 'chưa có chữ ký',
};

function describeReport(report: VerificationReport): string {
  return [verdictWords[report.verdict], ...report.signatures.map(describeSignature), ...report.problems.map(({ message }) => `- ${message}`)].join('\n');
}

function describeSignature({ field, signer, time, verdict, revision, problems }: SignatureReport): string {
  const who = signer === null ? 'không rõ người ký' : `${signer.commonName}${signer.organization === '' ? '' : `, ${signer.organization}`}`;
  const when = time === null ? '' : ` · ${vietnamTime(time.at)}${time.proven ? '' : ' (theo máy người ký)'}${time.claimed === undefined ? '' : `, máy người ký ghi ${vietnamTime(time.claimed)}`}`;
  return [`${field} (${revision.index}/${revision.of}): ${verdictWords[verdict]} · ${who}${when}`, ...problems.map(({ message }) => `  - ${message}`)].join('\n');
}

/** ISO 8601 with the zone of Vietnam, as the documents themselves show it (QĐ 28/2018 Art 14.4). */
function vietnamTime(at: string): string {
  return `${new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

/** ISO 32000-2 7.5.2 note 2: readers accept the header within the first 1,024 bytes. */
function isPdf(source: FileSource): boolean {
  return Buffer.from(source.read(0, 1024)).includes('%PDF-');
}
