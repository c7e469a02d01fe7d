import type { ChangeReport, SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';

/** The command line's own words, kept stable for scripts: the fields of the contract in a fixed order. */
export function toJson(report: VerificationReport): object {
  const { verdict, signatures, problems, schema, checkedAt, program, extent, file, trustList } = report;
  return {
    verdict,
    signatures: signatures.map(({ field, revision, signedBytes, subFilter, signer, chain, integrity, coverage, level, trust, revocations, changesAfter, look, verdict: own, time, place, problems: found }) =>
      ({ field, revision, signedBytes, subFilter, signer, chain, integrity, coverage, level, trust, revocations, changesAfter, look, verdict: own, time, place, problems: found })),
    problems, schema, checkedAt, program, extent, trustList, sha256: file.sha256, sizeBytes: file.sizeBytes,
  };
}

export const verdictWords: Record<VerificationReport['verdict'], string> = {
  'valid': 'hợp lệ',
  'valid-extended': 'hợp lệ, sau đó có thêm chữ ký hoặc dữ liệu lưu trữ',
  'changed': 'hợp lệ nhưng đã thêm nội dung sau khi ký',
  'invalid': 'không hợp lệ',
  'indeterminate': 'không thể kết luận',
  'unsigned': 'chưa có chữ ký',
};

/** The file's verdict, then a paragraph a signature: who and when, what is wrong or worth knowing, and what came after it. */
export function describeReport(report: VerificationReport): string {
  return [verdictWords[report.verdict], ...report.signatures.map(describeSignature), ...report.problems.map(({ message }) => `- ${message}`)].join('\n');
}

function describeSignature({ field, signer, time, verdict, revision, problems, changesAfter }: SignatureReport): string {
  const who = signer === null ? 'không rõ người ký' : `${signer.commonName}${signer.organization === '' ? '' : `, ${signer.organization}`}`;
  const when = time === null ? '' : ` · ${vietnamTime(time.at)}${time.proven ? '' : ' (theo máy người ký)'}${time.claimed === undefined ? '' : `, máy người ký ghi ${vietnamTime(time.claimed)}`}`;
  return [
    `${field} (${revision.index}/${revision.of}): ${verdictWords[verdict]} · ${who}${when}`,
    ...problems.map(({ message }) => `  - ${message}`),
    ...changesAfter.changes.map((change) => `  + ${describeChange(change)}`),
  ].join('\n');
}

/** Most sentences name their page themselves. */
function describeChange({ message, page }: ChangeReport): string {
  return page === null || /trang \d/i.test(message) ? message : `${message} (trang ${page})`;
}

/** ISO 8601 with the zone of Vietnam, as the documents themselves show it (QĐ 28/2018 Art 14.4). */
function vietnamTime(at: string): string {
  return `${new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}
