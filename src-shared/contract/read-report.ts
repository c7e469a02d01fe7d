import { verificationReport1, type SignatureReport1, type VerificationReport1 } from './report-schema-1.ts';
import { verificationReport, type ChangeReport, type SignatureReport, type VerificationReport } from './verification.ts';

/**
 * A report in whatever form it was kept, raised to the form of today; null where it is none, or of a form that came after this version. Raising adds
 * nothing: what the older form did not note is null, empty or said to be unknown.
 */
export function readReport(json: unknown): VerificationReport | null {
  const present = verificationReport.safeParse(json);
  if (present.success) return present.data;
  const first = verificationReport1.safeParse(json);
  return first.success ? raise1(first.data) : null;
}

/** Whether a newer version wrote it: that one reads it, and nothing is wrong with it. */
export function isNewerReport(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'schema' in json && typeof json.schema === 'number' && json.schema > newestSchema;
}

const newestSchema = verificationReport.shape.schema.value;

/** Schema 1 asked nobody and drew no page: what was later called `quick`. */
function raise1({ verdict, signatures, problems }: VerificationReport1): VerificationReport {
  return {
    schema: 2, checkedAt: null, program: '', file: { sha256: null, sizeBytes: null }, trustList: null, extent: 'quick',
    verdict, signatures: signatures.map(raiseSignature1), problems,
  };
}

function raiseSignature1(signature: SignatureReport1): SignatureReport {
  const { changesAfter: { status, details }, time, ...same } = signature;
  const isLast = signature.revision.index === signature.revision.of;
  return {
    ...same,
    time: time === null ? null : { at: time.at, proven: time.proven, ...(time.claimed === undefined ? {} : { claimed: time.claimed }) },
    signedBytes: null,
    chain: [],
    revocations: [],
    changesAfter: { status, changes: details.map((message) => raiseDetail1(message, signature)) },
    look: { status: isLast ? 'nothing-later' : 'not-compared', reason: isLast ? null : 'off', compared: 0, pages: [] },
  };
}

/** The sentences of schema 1, of every version that wrote it, began with what had happened. */
const beginnings: readonly (readonly [string, ChangeReport['kind']])[] = [
  ['Tệp được lưu thêm một lần', 'resaved'],
  ['Thêm dữ liệu kiểm chứng', 'dss'],
  ['Cập nhật thông tin mô tả', 'metadata'],
  ['Thêm chữ ký', 'signature'],
  ['Thêm dấu thời gian lưu trữ', 'timestamp'],
  ['Điền ', 'field-filled'],
  ['Thêm chỗ ký trống', 'empty-signature-field'],
  ['Thêm trường chữ ký trống', 'empty-signature-field'],
  ['Thêm nội dung', 'content-added'],
  ['Thay đổi không được phép', 'forbidden'],
];

function raiseDetail1(message: string, { revision }: SignatureReport1): ChangeReport {
  // a sentence that is not known is a change that nobody can name: never lawful
  const kind = beginnings.find(([beginning]) => message.startsWith(beginning))?.[1] ?? 'not-examined';
  return { kind, revision: revision.of === revision.index + 1 ? revision.of : null, message, page: null, place: null };
}
