import type { ChangeReport, LookReport, RevocationReport, SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';

/** The words of the printed report. Vietnamese alone: it is a paper of a Vietnamese office. */
export const verdictWords: Readonly<Record<VerificationReport['verdict'], string>> = {
  'valid': 'Hợp lệ',
  'valid-extended': 'Hợp lệ, sau đó có thêm chữ ký hoặc dữ liệu lưu trữ',
  'changed': 'Hợp lệ nhưng đã thêm nội dung sau khi ký',
  'invalid': 'Không hợp lệ',
  'indeterminate': 'Không thể kết luận',
  'unsigned': 'Chưa có chữ ký số',
};

/** Beside a name, where there is no room for more. */
export const shortVerdicts: Readonly<Record<SignatureReport['verdict'], string>> = {
  'valid': 'Hợp lệ', 'valid-extended': 'Hợp lệ, có bổ sung', 'changed': 'Có nội dung thêm sau khi ký', 'invalid': 'Không hợp lệ', 'indeterminate': 'Không thể kết luận',
};

export const verdictMeanings: Readonly<Record<VerificationReport['verdict'], string>> = {
  'valid': 'Mọi chữ ký đều toàn vẹn, phủ hết nội dung và dùng chứng thư được tin cậy; sau chữ ký cuối, tệp không đổi.',
  'valid-extended': 'Mọi chữ ký đều toàn vẹn và dùng chứng thư được tin cậy. Những gì thêm vào sau khi ký đều đúng phép: chữ ký khác, dấu thời gian, dữ liệu kiểm chứng.',
  'changed': 'Phần đã ký còn nguyên, nhưng sau khi ký có nội dung được thêm vào tệp. Hãy xem phần thêm vào trước khi dùng văn bản.',
  'invalid': 'Có chữ ký không dùng được: nội dung bị sửa, chữ ký bị hỏng, hoặc tệp bị thay đổi trái phép. Chưa hỏi lại nơi gửi thì không nên dùng văn bản này.',
  'indeterminate': 'Chưa đủ căn cứ để kết luận chữ ký là hợp lệ hay không. Phần “Lưu ý” và “Chưa xét được” ghi rõ vì sao.',
  'unsigned': 'Tệp đọc được trọn vẹn và không mang chữ ký số nào.',
};

export const extentWords: Readonly<Record<VerificationReport['extent'], string>> = {
  quick: 'Kiểm tra nhanh, theo những gì có trong tệp và trên máy: không hỏi nơi cấp chứng thư, không so hình ảnh các trang.',
  full: 'Kiểm tra đầy đủ: hỏi nơi cấp chứng thư khi cần, so hình ảnh các trang trước và sau khi thay đổi.',
  offline: 'Kiểm tra không hỏi ra ngoài, theo những gì có trong tệp và trên máy.',
};

export const integrityWords: Readonly<Record<SignatureReport['integrity'], string>> = {
  'intact': 'Toàn vẹn: nội dung đã ký không bị sửa', 'broken': 'Đã bị sửa: nội dung không khớp chữ ký', 'not-examined': 'Chưa xét được',
};
export const shortIntegrity: Readonly<Record<SignatureReport['integrity'], string>> = { 'intact': 'Toàn vẹn', 'broken': 'Đã bị sửa', 'not-examined': 'Chưa xét' };

export const coverageWords: Readonly<Record<SignatureReport['coverage'], string>> = {
  'whole-file': 'toàn bộ tệp', 'whole-revision': 'toàn bộ tệp như lúc ký', 'partial': 'chỉ một phần tệp', 'unknown': 'không xác định được',
};

export const trustWords: Readonly<Record<SignatureReport['trust']['status'], string>> = {
  trusted: 'Tin cậy', untrusted: 'Không tin cậy', expired: 'Đã hết hạn tại thời điểm xét', unknown: 'Chưa xác định',
};

export const standingWords: Readonly<Record<RevocationReport['status'], string>> = { good: 'Chưa bị thu hồi', revoked: 'Đã bị thu hồi', unproven: 'Chưa có bằng chứng' };
export const proofKinds: Readonly<Record<NonNullable<RevocationReport['kind']>, string>> = { ocsp: 'Phản hồi OCSP', crl: 'Danh sách thu hồi (CRL)' };
export const proofSources: Readonly<Record<NonNullable<RevocationReport['source']>, string>> = {
  dss: 'kèm trong tệp', cms: 'kèm trong chữ ký', cache: 'đã lưu trên máy kiểm tra', asked: 'hỏi nơi cấp lúc kiểm tra',
};

export const levelWords: Readonly<Record<SignatureReport['level'], string>> = {
  'B-B': 'PAdES B-B: chữ ký cơ bản, không có dấu thời gian',
  'B-T': 'PAdES B-T: có dấu thời gian',
  'B-LT': 'PAdES B-LT: có dấu thời gian và dữ liệu để kiểm chứng lâu dài',
  'B-LTA': 'PAdES B-LTA: có dấu thời gian lưu trữ trên dữ liệu kiểm chứng',
  'unknown': 'Không xác định',
};

export const changeWords: Readonly<Record<SignatureReport['changesAfter']['status'], string>> = {
  'none': 'Không có thay đổi nào', 'allowed': 'Chỉ có những bổ sung đúng phép', 'content-added': 'Có nội dung được thêm vào', 'forbidden': 'Có thay đổi không được phép', 'not-examined': 'Chưa xét được hết các thay đổi',
};

/** What a saving of the file brought, in a label of its own. */
export const changeLabels: Readonly<Record<ChangeReport['kind'], string>> = {
  'resaved': 'Lưu lại', 'signature': 'Chữ ký', 'timestamp': 'Dấu thời gian', 'dss': 'Dữ liệu kiểm chứng', 'metadata': 'Thông tin mô tả', 'field-filled': 'Điền biểu mẫu',
  'empty-signature-field': 'Chỗ ký trống', 'content-added': 'Thêm nội dung', 'forbidden': 'Thay đổi trái phép', 'not-examined': 'Chưa xét được',
};

export const lookReasons: Readonly<Record<NonNullable<LookReport['reason']>, string>> = {
  off: 'lần kiểm tra này không so', pages: 'tệp có quá nhiều trang', time: 'quá thời gian cho phép', size: 'có trang quá lớn', unreadable: 'có trang không vẽ được', fault: 'phần so hình ảnh gặp lỗi',
};

/** Instants as a Vietnamese paper has them, in Vietnam (UTC+7, no daylight saving). What is no instant is shown as it is. */
export function instant(at: string): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return at;
  const local = new Date(ms + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 19)} ngày ${dayOf(local)}`;
}

/** The same where there is little room. */
export function moment(at: string): string {
  return instant(at).replace(' ngày ', ', ');
}

export function day(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : dayOf(new Date(ms + 7 * 3_600_000).toISOString());
}

function dayOf(local: string): string {
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}

/** How much older one instant is than another, in the largest unit that says it; null where that cannot be told or is less than a minute. */
export function age(from: string, to: string): string | null {
  const minutes = Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
  if (!Number.isFinite(minutes) || minutes < 1) return null;
  if (minutes < 60) return `${minutes} phút`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} giờ`;
  return `${Math.floor(minutes / (24 * 60)).toLocaleString('vi')} ngày`;
}
