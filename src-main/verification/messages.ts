import type { Problem } from '../../src-shared/contract/verification.ts';

/**
 * What a finding does to a verdict. `broken`: the signed bytes or the signature itself are not what they were (invalid). `invalid`: the
 * file is a forgery by form. `doubt`: cannot be judged. `content`: something was added. `note`: said, changes nothing.
 */
export type Weight = 'broken' | 'invalid' | 'doubt' | 'content' | 'note';

const table = {
  // file
  'file.not-pdf': ['doubt', 'Tệp không đọc được như một tệp PDF đúng chuẩn nên không kiểm tra được chữ ký.'],
  'file.encrypted': ['doubt', 'Tệp có mật khẩu bảo vệ nên chưa kiểm tra được chữ ký.'],
  'file.too-large': ['doubt', 'Tệp vượt quá giới hạn kiểm tra của chương trình (kích thước, số đối tượng hoặc số lần cập nhật).'],
  'verifier.fault': ['doubt', 'Chương trình kiểm tra gặp lỗi ngoài dự kiến với tệp này nên không kết luận được.'],
  // stage 1: structure
  'structure.repaired': ['doubt', 'Bảng tham chiếu của tệp bị hỏng; tệp có thể được đọc theo nhiều cách khác nhau.'],
  'structure.two-readings': ['doubt', 'Tệp có hai cách đọc khác nhau nên không thể kết luận người ký đã thấy nội dung nào.'],
  'structure.trailing-bytes': ['invalid', 'Có dữ liệu nằm sau điểm kết thúc của tệp.'],
  'structure.stray-bytes': ['doubt', 'Trong phần thêm sau khi ký có dữ liệu không thuộc đối tượng nào của tệp.'],
  'structure.bad-revision': ['invalid', 'Một lần cập nhật của tệp không đúng cấu trúc.'],
  'structure.repeated-object': ['doubt', 'Một đối tượng được ghi hai lần trong cùng một lần cập nhật.'],
  'structure.repeated-key': ['doubt', 'Tệp ghi một mục hai lần trong cùng một đối tượng; mỗi chương trình có thể hiện một nội dung khác nhau.'],
  // stage 2: signature objects
  'signature.unreadable': ['invalid', 'Trường chữ ký không có đối tượng chữ ký hợp lệ.'],
  'signature.shared': ['invalid', 'Hai trường chữ ký dùng chung một đối tượng chữ ký.'],
  'signature.redefined': ['invalid', 'Đối tượng chữ ký đã bị thay đổi sau khi ký.'],
  'signature.sub-filter': ['doubt', 'Kiểu chữ ký này chưa được chương trình hỗ trợ kiểm tra.'],
  'byte-range.missing': ['invalid', 'Chữ ký không ghi phạm vi dữ liệu được ký (/ByteRange).'],
  'byte-range.malformed': ['invalid', 'Phạm vi dữ liệu được ký (/ByteRange) không đúng mẫu.'],
  'byte-range.outside': ['invalid', 'Phạm vi dữ liệu được ký vượt ra ngoài tệp hoặc không bắt đầu từ đầu tệp.'],
  'byte-range.gap': ['invalid', 'Khoảng chừa cho chữ ký không khớp với chữ ký: có dữ liệu nằm ngoài phạm vi được ký.'],
  'byte-range.not-nested': ['invalid', 'Phạm vi của các chữ ký chồng lấn lên nhau.'],
  'byte-range.partial': ['invalid', 'Chữ ký không bao trùm trọn vẹn phiên bản của tệp tại thời điểm ký.'],
  'contents.missing': ['invalid', 'Chữ ký không có nội dung mật mã (/Contents).'],
  'contents.malformed': ['invalid', 'Nội dung mật mã của chữ ký (/Contents) không đúng mẫu.'],
  'contents.padding': ['invalid', 'Sau nội dung mật mã của chữ ký có dữ liệu khác số 0.'],
  // stage 3: cryptography
  'cms.malformed': ['invalid', 'Cấu trúc mật mã của chữ ký (CMS) không đúng chuẩn.'],
  'cms.no-signer': ['invalid', 'Chữ ký không ghi người ký nào.'],
  'cms.several-signers': ['invalid', 'Một chữ ký chứa nhiều người ký; tiêu chuẩn PDF chỉ cho phép một.'],
  'cms.no-signer-certificate': ['doubt', 'Chữ ký không kèm chứng thư số của người ký.'],
  'cms.no-signed-attributes': ['doubt', 'Chữ ký thiếu các thuộc tính được ký nên không kiểm tra được.'],
  'cms.unknown-algorithm': ['doubt', 'Chữ ký dùng thuật toán chưa được hỗ trợ.'],
  'cms.hash-mismatch': ['doubt', 'Chữ ký ghi hai hàm băm khác nhau.'],
  'cms.wrong-content-type': ['broken', 'Chữ ký không phải là chữ ký trên dữ liệu của tệp này.'],
  'cms.not-detached': ['broken', 'Chữ ký mang theo nội dung riêng, không phải nội dung của tệp.'],
  'cms.digest-mismatch': ['broken', 'Nội dung được ký đã bị thay đổi sau khi ký.'],
  'cms.signature-wrong': ['broken', 'Giá trị chữ ký không khớp với chứng thư số của người ký.'],
  'cms.certificate-mismatch': ['broken', 'Chứng thư số kèm theo không phải chứng thư đã dùng để ký.'],
  'cms.no-signing-certificate': ['note', 'Chữ ký không gắn với chứng thư số qua thuộc tính signing-certificate.'],
  'cms.ber': ['note', 'Cấu trúc mật mã của chữ ký được ghi theo BER thay vì DER; đọc được và không ảnh hưởng đến kết quả.'],
  'cms.sha1': ['doubt', 'Chữ ký dùng hàm băm SHA-1, không còn an toàn.'],
  'cms.weak-key': ['doubt', 'Khóa ký quá ngắn hoặc quá yếu (RSA dưới 2048 bit, đường cong dưới 256 bit), không còn an toàn.'],
  'timestamp.malformed': ['note', 'Dấu thời gian kèm theo không đọc được nên không được tính.'],
  'timestamp.broken': ['note', 'Dấu thời gian kèm theo không hợp lệ nên không được tính.'],
  'timestamp.imprint-mismatch': ['note', 'Dấu thời gian kèm theo không phải của chữ ký này nên không được tính.'],
  'timestamp.wrong-usage': ['note', 'Dấu thời gian không do chứng thư cấp dấu thời gian ký nên không được tính.'],
  'timestamp.untrusted': ['note', 'Chưa tin cậy được nơi cấp dấu thời gian; thời điểm ký chưa được chứng minh.'],
  'timestamp.sha1-imprint': ['note', 'Dấu thời gian dùng hàm băm SHA-1 (cách làm cũ).'],
  'time.claimed': ['note', 'Thời điểm ký do máy của người ký ghi, chưa có dấu thời gian chứng minh.'],
  'time.document-timestamp': ['note', 'Thời điểm được chứng minh bằng dấu thời gian của tài liệu, có thể muộn hơn lúc ký.'],
  'time.missing': ['note', 'Chữ ký không ghi thời điểm ký; chứng thư số được xét tại thời điểm kiểm tra.'],
  'time.future': ['doubt', 'Thời điểm ký ghi trong tệp nằm ở tương lai.'],
  'time.zone-mistaken': ['note', 'Giờ ký do máy của người ký ghi lệch với giờ thật trong khoảng 7 giờ: có vẻ nhầm múi giờ (giờ Việt Nam ghi thành giờ quốc tế hoặc ngược lại). Chữ ký không vì thế mà sai.'],
  'time.differs': ['note', 'Giờ ký do máy của người ký ghi khác với dấu thời gian, hoặc hai chỗ ghi giờ trong chữ ký khác nhau. Hãy dùng thời điểm đã được chứng minh.'],
  'chain.untrusted': ['doubt', 'Chứng thư số của người ký không dẫn về cơ quan chứng thực tin cậy nào.'],
  'chain.expired': ['doubt', 'Tại thời điểm ký, chứng thư số của người ký hoặc của nơi cấp không trong thời hạn hiệu lực.'],
  'chain.unknown': ['doubt', 'Không xét được hết chuỗi chứng thư số của người ký.'],
  'chain.wrong-usage': ['doubt', 'Chứng thư số của người ký không được cấp để ký.'],
  'revocation.not-checked': ['note', 'Chưa kiểm tra tình trạng thu hồi của chứng thư số.'],
  'revocation.revoked': ['invalid', 'Chứng thư số đã bị thu hồi trước thời điểm ký.'],
  'revocation.revoked-unproven': ['doubt', 'Chứng thư số đã bị thu hồi, và không có gì chứng minh chữ ký được tạo trước đó.'],
  // stage 4: changes
  'changes.forbidden': ['invalid', 'Sau khi ký, nội dung của tệp đã bị thay đổi.'],
  'changes.locked': ['invalid', 'Sau khi ký, tệp có thay đổi mà người ký đã khóa.'],
  'changes.content-added': ['content', 'Sau khi ký, có nội dung được thêm vào tệp.'],
  'changes.not-examined': ['doubt', 'Không xét được hết những thay đổi sau khi ký.'],
  'look.not-compared': ['note', 'Chưa so sánh hình ảnh các trang trước và sau những thay đổi.'],
  'look.changed': ['content', 'Sau khi ký, hình ảnh của trang đã khác đi, ở chỗ không phải chữ ký hay trường được điền.'],
  'look.pages': ['note', 'Văn bản có nhiều trang nên chỉ so sánh hình ảnh của 50 trang.'],
  'look.time': ['note', 'Chưa so sánh xong hình ảnh các trang trong thời gian cho phép.'],
  'look.size': ['note', 'Có trang hoặc hình quá lớn nên chưa so sánh được hình ảnh của trang đó.'],
  'look.unreadable': ['note', 'Có trang không vẽ lại được nên chưa so sánh được hình ảnh của trang đó.'],
  'look.fault': ['note', 'Chương trình vẽ trang gặp lỗi với tệp này nên chưa so sánh được hình ảnh các trang.'],
} as const satisfies Record<string, readonly [Weight, string]>;

export type ProblemCode = keyof typeof table;

export const problemCodes = Object.keys(table) as readonly ProblemCode[];

export function weightOf(code: ProblemCode): Weight {
  return table[code][0];
}

export function describeProblem(code: ProblemCode): Problem {
  return { code, message: table[code][1] };
}
