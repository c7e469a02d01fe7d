import type { AppError } from './result.ts';

/**
 * Every error a person can meet. The code owns its sentence: what happened, what was kept, what to do now.
 * `{name}` is filled from the error's params.
 */
export const errorTexts = {
  // contract
  'input.invalid': { vi: 'Yêu cầu không đúng mẫu ({where}). Chưa có gì thay đổi; hãy thử lại, nếu vẫn lỗi hãy báo người quản trị.', en: 'The request is malformed ({where}). Nothing was changed; try again, and tell your administrator if it persists.' },
  'bug': { vi: 'Chương trình gặp lỗi ngoài dự kiến (mã {ref}). Dữ liệu đã lưu vẫn nguyên; hãy gửi mã này cho người quản trị.', en: 'The program met an unexpected fault (ref {ref}). What was saved is intact; give this reference to your administrator.' },
  'not-allowed': { vi: 'Vai trò của bạn không được làm việc này. Chưa có gì thay đổi.', en: 'Your role may not do this. Nothing was changed.' },
  'not-found': { vi: 'Không tìm thấy {what}. Có thể đã được chuyển đi nơi khác; hãy tải lại danh sách.', en: '{what} was not found. It may have been moved; reload the list.' },
  // files
  'file.empty': { vi: 'Tệp rỗng (0 byte). Chưa nhận tệp; hãy chọn lại tệp.', en: 'The file is empty (0 bytes). It was not taken; choose the file again.' },
  'file.unreadable': { vi: 'Không đọc được tệp {path}. Hãy kiểm tra đường dẫn và quyền đọc.', en: 'The file {path} cannot be read. Check its path and permissions.' },
  'file.unwritable': { vi: 'Không ghi được tệp {path}. Tệp gốc vẫn nguyên; hãy chọn chỗ lưu khác.', en: 'The file {path} cannot be written. The original is intact; choose another place.' },
  'file.exists': { vi: 'Đã có tệp {path} với nội dung khác. Không ghi đè; hãy dọn tệp ấy hoặc chọn thư mục khác.', en: 'There is a file {path} with other content. It was not overwritten; move it away or choose another folder.' },
  'file.no-pdf': { vi: 'Thư mục {path} không có tệp PDF nào. Hãy chọn thư mục khác.', en: 'There is no PDF in the folder {path}. Choose another folder.' },
  'pdf.not-pdf': { vi: 'Tệp này không phải PDF. Tệp gốc vẫn nguyên; hãy xuất văn bản ra PDF rồi thử lại.', en: 'This file is not a PDF. The original is intact; export the document to PDF and try again.' },
  'pdf.broken': { vi: 'Tệp PDF bị hỏng cấu trúc ({reason}) nên không ký được. Tệp gốc vẫn nguyên; hãy xuất lại tệp từ phần mềm soạn thảo.', en: 'The PDF is structurally broken ({reason}) and cannot be signed. The original is intact; export it again from its editor.' },
  'pdf.encrypted': { vi: 'Tệp PDF mã hóa bằng chứng thư hoặc bằng cách chương trình chưa đọc được ({filter}) nên không ký được. Tệp gốc vẫn nguyên; hãy xin bản không mã hóa.', en: 'The PDF is encrypted for certificates or in a way that is not read here ({filter}), and cannot be signed. The original is intact; ask for a copy that is not encrypted.' },
  'pdf.password-needed': { vi: 'Tệp PDF cần mật khẩu để mở. Tệp gốc vẫn nguyên; hãy nhập mật khẩu mà nơi gửi đã cho.', en: 'The PDF needs a password to open. The original is intact; type the password that its sender gave.' },
  'pdf.password-wrong': { vi: 'Mật khẩu của tệp PDF không đúng. Tệp gốc vẫn nguyên; hãy gõ lại, chú ý chữ hoa và bộ gõ.', en: 'That is not the PDF’s password. The original is intact; type it again, minding capitals and the keyboard.' },
  'pdf.repair-signed': { vi: 'Tệp bị hỏng cấu trúc và đã có chữ ký nên không được sửa: sửa là làm mất giá trị chữ ký. Tệp gốc vẫn nguyên; hãy xin nơi gửi gửi lại.', en: 'The file is broken and carries a signature, so it is not repaired: that would end the signature. The original is intact; ask the sender to send it again.' },
  'pdf.repair-impossible': { vi: 'Không dựng lại được tệp này ({reason}). Tệp gốc vẫn nguyên; hãy xuất lại từ phần mềm soạn thảo.', en: 'This file cannot be rebuilt ({reason}). The original is intact; export it again from its editor.' },
  'pdf.no-pages': { vi: 'Tệp PDF không có trang nào. Tệp gốc vẫn nguyên; hãy xuất lại tệp.', en: 'The PDF has no pages. The original is intact; export it again.' },
  'pdf.no-such-page': { vi: 'Tệp chỉ có {pages} trang, không có trang {page}. Chưa ký gì.', en: 'The file ends with page {pages}, there is no page {page}. Nothing was signed.' },
  'pdf.certified-no-changes': { vi: 'Người ký trước đã khóa tệp này, không cho thêm chữ ký. Tệp gốc vẫn nguyên; hãy xin bản không khóa.', en: 'An earlier signer locked this file against further signatures. The original is intact; ask for an unlocked copy.' },
  'image.not-png': { vi: 'Ảnh phải là tệp PNG. Chưa đổi gì; hãy chọn ảnh khác.', en: 'The image must be a PNG. Nothing was changed; choose another image.' },
  'image.no-alpha': { vi: 'Ảnh PNG chưa có nền trong suốt nên sẽ che chữ trên trang. Chưa đổi gì; hãy dùng ảnh đã tách nền.', en: 'The PNG has no transparency and would hide the text beneath. Nothing was changed; use an image with a transparent background.' },
  'image.blank': { vi: 'Không thấy nét mực nào trong ảnh. Chưa đổi gì; hãy quét lại với nền giấy trắng, nét rõ.', en: 'No ink was found in the image. Nothing was changed; scan it again on white paper with clear strokes.' },
  'image.too-large': { vi: 'Ảnh lớn hơn {limit} MB. Chưa đổi gì; hãy chọn ảnh nhỏ hơn.', en: 'The image is larger than {limit} MB. Nothing was changed; choose a smaller one.' },
  // placement
  'placement.outside-page': { vi: 'Chỗ đặt nằm ngoài trang. Chưa ký gì; hãy kéo khung vào trong trang.', en: 'The place lies outside the page. Nothing was signed; drag the frame inside the page.' },
  'placement.unknown': { vi: 'Trang không cho biết chỗ đặt và chưa có chỗ nào được lưu cho loại văn bản này. Văn bản chưa ký; hãy mở ra, đặt chữ ký rồi ký riêng.', en: 'The page does not say where and no place is kept for this type. The document is not signed; open it, place the signature and sign it alone.' },
  'mark.no-room': { vi: 'Trang không đủ chỗ cho dấu này. Chưa ký gì; hãy kéo khung tới chỗ trống.', en: 'The page has no room for this mark. Nothing was signed; drag the frame to a free place.' },
  // verification and trust
  'verification.reason-needed': { vi: 'Chữ ký của văn bản này chưa ổn nên phải ghi lý do mới vào sổ được. Chưa dùng số nào; hãy ghi lý do, hoặc trả lại nơi gửi.', en: 'The signatures of this document are not in order, so it is registered only with a reason. No number was used; give a reason, or return it to its sender.' },
  'report.newer': { vi: 'Kết quả kiểm tra này do phiên bản mới hơn của chương trình lưu, máy này chưa đọc được. Kết quả vẫn nguyên; hãy cập nhật chương trình, hoặc kiểm tra lại văn bản.', en: 'This report was kept by a newer version of the program and cannot be read here. It is as it was; update the program, or check the document again.' },
  'trust.no-certificate': { vi: 'Tệp này không có chứng thư số nào đọc được. Danh sách tin cậy vẫn nguyên; hãy chọn tệp .crt, .cer, .pem hoặc .p7b.', en: 'The file holds no certificate that can be read. The list of trust is as it was; choose a .crt, .cer, .pem or .p7b file.' },
  'trust.unfit': { vi: 'Chứng thư số “{name}” không dùng làm nơi tin cậy được ({reason}). Danh sách tin cậy vẫn nguyên; hãy chọn chứng thư của tổ chức chứng thực.', en: 'The certificate “{name}” cannot be trusted as an authority ({reason}). The list of trust is as it was; choose a certificate of a certification authority.' },
  'trust.list-invalid': { vi: 'Danh sách tin cậy do máy chủ gửi về không dùng được ({reason}). Máy này giữ nguyên danh sách đang có; hãy báo quản trị hệ thống của tỉnh.', en: 'The list of trust that the server sent cannot be used ({reason}). This machine keeps the list it has; tell the province’s administrator.' },
  'trust.list-older': { vi: 'Danh sách tin cậy trên máy chủ (số {theirs}) cũ hơn danh sách đã nhận (số {ours}). Máy này giữ nguyên danh sách đang có; hãy báo quản trị hệ thống của tỉnh.', en: 'The server’s list of trust (no. {theirs}) is older than the one taken before (no. {ours}). This machine keeps the list it has; tell the province’s administrator.' },
  'revocation.offline': { vi: 'Chưa hỏi tình trạng thu hồi vì đang làm việc không có mạng.', en: 'Revocation was not asked for, since there is no line.' },
  // tokens
  'token.driver-missing': { vi: 'Không tìm thấy phần mềm của thiết bị ký ({driver}). Văn bản chưa thay đổi; hãy cài phần mềm đi kèm thiết bị rồi thử lại.', en: 'The token’s software ({driver}) was not found. The document is unchanged; install the software that came with the token and try again.' },
  'token.driver-unloadable': { vi: 'Không chạy được phần mềm của thiết bị ký ({driver}: {reason}). Văn bản chưa thay đổi; hãy cài lại phần mềm ấy.', en: 'The token’s software cannot be run ({driver}: {reason}). The document is unchanged; reinstall that software.' },
  'token.driver-32-bit': { vi: 'Phần mềm của thiết bị ký ({driver}) là bản 32 bit, chương trình này cần bản 64 bit. Văn bản chưa thay đổi; hãy cài bản 64 bit của phần mềm ấy.', en: 'The token’s software ({driver}) is 32-bit and this program needs the 64-bit one. The document is unchanged; install its 64-bit version.' },
  'token.absent': { vi: 'Không thấy thiết bị ký. Văn bản chưa thay đổi; hãy cắm lại thiết bị và thử lại.', en: 'The token is not there. The document is unchanged; plug the token in and try again.' },
  'token.certificate-missing': { vi: 'Thiết bị ký không có chứng thư số cần dùng. Văn bản chưa thay đổi; hãy kiểm tra đúng thiết bị.', en: 'The token does not hold that certificate. The document is unchanged; check that it is the right token.' },
  'token.key-missing': { vi: 'Thiết bị ký có chứng thư nhưng không có khóa riêng đi kèm. Văn bản chưa thay đổi.', en: 'The token holds the certificate but not its private key. The document is unchanged.' },
  'token.pin-wrong': { vi: 'Sai mã PIN. Văn bản chưa thay đổi. {left}', en: 'Wrong PIN. The document is unchanged. {left}' },
  'token.pin-needed': { vi: 'Thiết bị ký này cần mã PIN gõ trên máy tính. Văn bản chưa thay đổi; hãy nhập mã PIN.', en: 'This token wants its PIN from the computer. The document is unchanged; type the PIN.' },
  'token.pad-cancelled': { vi: 'Việc nhập mã PIN trên thiết bị ký đã bị hủy. Văn bản chưa thay đổi; hãy ký lại khi sẵn sàng.', en: 'Typing the PIN on the token was cancelled. The document is unchanged; sign again when you are ready.' },
  'token.removed': { vi: 'Thiết bị ký bị rút ra khi đang ký. Văn bản chưa thay đổi; hãy cắm lại và nhập mã PIN để ký tiếp.', en: 'The token was pulled out while signing. The document is unchanged; plug it in and type the PIN to go on.' },
  'token.pin-locked': { vi: 'Mã PIN đã bị khóa. Văn bản chưa thay đổi; hãy đề nghị nơi cấp thiết bị mở khóa.', en: 'The PIN is locked. The document is unchanged; ask the issuer to unlock the token.' },
  'token.timeout': { vi: 'Thiết bị ký không trả lời sau {seconds} giây nên việc ký đã dừng. Văn bản chưa thay đổi; hãy thử lại.', en: 'The token did not answer within {seconds} s, so the signing was stopped. The document is unchanged; try again.' },
  'token.host-died': { vi: 'Phần mềm của thiết bị ký dừng đột ngột khi đang ký. Văn bản chưa thay đổi; hãy ký lại.', en: 'The token’s software stopped while signing. The document is unchanged; sign again.' },
  'token.failed': { vi: 'Thiết bị ký báo lỗi {ckr}. Văn bản chưa thay đổi; hãy rút ra cắm lại rồi thử lại.', en: 'The token reported {ckr}. The document is unchanged; unplug it, plug it in and try again.' },
  // certificates
  'certificate.expired': { vi: 'Chứng thư số hết hạn ngày {date}. Chưa ký gì; hãy làm thủ tục gia hạn.', en: 'The certificate expired on {date}. Nothing was signed; renew it.' },
  'certificate.not-yet-valid': { vi: 'Chứng thư số chỉ có hiệu lực từ {date}. Chưa ký gì; hãy kiểm tra ngày giờ của máy.', en: 'The certificate is valid only from {date}. Nothing was signed; check the computer clock.' },
  'certificate.wrong-usage': { vi: 'Chứng thư số này không dùng để ký văn bản được. Chưa ký gì; hãy chọn chứng thư khác.', en: 'This certificate may not sign documents. Nothing was signed; choose another.' },
  'certificate.weak-key': { vi: 'Khóa của chứng thư quá yếu ({bits} bit). Chưa ký gì; hãy đổi chứng thư.', en: 'The key of the certificate is too weak ({bits}-bit). Nothing was signed; replace the certificate.' },
  'certificate.revoked': { vi: 'Chứng thư số đã bị thu hồi ngày {date}. Chưa ký gì; hãy liên hệ nơi cấp chứng thư.', en: 'The certificate was revoked on {date}. Nothing was signed; speak to its issuer.' },
  'signing.changed-since': { vi: 'Văn bản đã bị thay đổi sau chữ ký của {signer}. Chưa ký gì; hãy xem thay đổi và đồng ý rõ ràng nếu vẫn muốn ký.', en: 'The document was changed after {signer} signed it. Nothing was signed; look at the changes and accept them by name if you still want to sign.' },
  'signing.file-changed': { vi: 'Tệp {path} đã thay đổi trong lúc ký nên kết quả bị bỏ. Không có tệp nào được ghi; hãy ký lại.', en: 'The file {path} changed while it was being signed, so the result was dropped. No file was written; sign again.' },
  'signing.disk-full': { vi: 'Ổ đĩa đã đầy nên không ghi được {path}. Tệp gốc vẫn nguyên, không có tệp dở dang; hãy dọn ổ đĩa rồi ký lại.', en: 'The disk is full, so {path} could not be written. The original is intact and nothing half-written was left; make room and sign again.' },
  'signing.same-file': { vi: 'Tệp kết quả trùng với tệp gốc ({path}). Tệp gốc vẫn nguyên; hãy chọn tên khác.', en: 'The output is the input itself ({path}). The original is intact; choose another name.' },
  'batch.running': { vi: 'Đang có một đợt ký chưa xong. Hãy đợi, hoặc kết thúc đợt ấy rồi ký tiếp.', en: 'A run of signatures is not finished. Wait for it, or end it, and then sign.' },
  'batch.none': { vi: 'Không có đợt ký nào đang chờ. Chưa có gì thay đổi.', en: 'No run of signatures is waiting. Nothing was changed.' },
  'batch.skipped': { vi: 'Bạn đã bỏ qua văn bản này. Văn bản chưa ký.', en: 'You left this document out. It is not signed.' },
  // certification services
  'timestamp.unreachable': { vi: 'Chưa liên lạc được máy chủ dấu thời gian ({host}). Chữ ký vẫn có hiệu lực; dấu thời gian sẽ được bổ sung sau.', en: 'The time-stamp server ({host}) cannot be reached. The signature stands; the time-stamp will be added later.' },
  'timestamp.timeout': { vi: 'Máy chủ dấu thời gian ({host}) không trả lời sau {seconds} giây. Chữ ký vẫn có hiệu lực; dấu thời gian sẽ được bổ sung sau.', en: 'The time-stamp server ({host}) did not answer within {seconds} s. The signature stands; the time-stamp will be added later.' },
  'timestamp.refused': { vi: 'Máy chủ dấu thời gian từ chối ({reason}). Chữ ký vẫn có hiệu lực; hãy báo người quản trị.', en: 'The time-stamp server refused ({reason}). The signature stands; tell your administrator.' },
  'timestamp.invalid': { vi: 'Trả lời của máy chủ dấu thời gian không đúng ({reason}) nên đã bỏ. Chữ ký vẫn có hiệu lực; sẽ thử lại sau.', en: 'The time-stamp server’s answer is wrong ({reason}) and was dropped. The signature stands; it will be tried again.' },
  'revocation.no-address': { vi: 'Chứng thư số không ghi nơi hỏi tình trạng thu hồi. Chưa biết chứng thư còn hiệu lực hay không.', en: 'The certificate names no service for its revocation status. Whether it is still good is unknown.' },
  'revocation.unreachable': { vi: 'Chưa hỏi được tình trạng thu hồi chứng thư ({host}). Sẽ hỏi lại khi có mạng.', en: 'The revocation service ({host}) cannot be reached. It will be asked again when there is a line.' },
  'revocation.timeout': { vi: 'Nơi cho biết tình trạng thu hồi chứng thư ({host}) không trả lời sau {seconds} giây. Sẽ hỏi lại.', en: 'The revocation service ({host}) did not answer within {seconds} s. It will be asked again.' },
  'revocation.invalid': { vi: 'Trả lời về tình trạng thu hồi chứng thư không đáng tin ({reason}) nên đã bỏ. Sẽ hỏi lại.', en: 'The answer about the revocation status cannot be trusted ({reason}) and was dropped. It will be asked again.' },
  'augment.unsigned': { vi: 'Tệp chưa có chữ ký nào nên không có gì để bổ sung. Tệp vẫn nguyên.', en: 'The file carries no signature, so there is nothing to add to. It is intact.' },
  'augment.broken-signature': { vi: 'Chữ ký “{field}” không còn nguyên vẹn nên không có gì để giữ lâu dài. Tệp vẫn nguyên.', en: 'The signature “{field}” is not intact, so there is nothing to keep. The file is as it was.' },
  'augment.chain': { vi: 'Chứng thư số của {name} chưa dẫn về chứng thư gốc tin cậy nào. Tệp vẫn nguyên; hãy báo người quản trị bổ sung chứng thư của nơi cấp.', en: 'The certificate of {name} leads to no trusted root. The file is as it was; ask your administrator to add its issuer.' },
  'augment.ended': { vi: 'Chứng thư số của {name} không trong thời hạn hiệu lực tại thời điểm được chứng minh nên không lưu được bằng chứng lâu dài. Tệp vẫn nguyên.', en: 'The certificate of {name} was not valid at the time that is proven, so its proofs cannot be kept. The file is as it was.' },
  'augment.renew-later': { vi: 'Chứng thư của máy chủ dấu thời gian ({name}) cũng sắp hết hạn nên chưa gia hạn lưu trữ được. Tệp vẫn nguyên và vẫn ở mức lưu trữ; sẽ thử lại.', en: 'The certificate of the time-stamp server ({name}) ends soon as well, so the archive is not renewed yet. The file is as it was and still archived; it will be tried again.' },
  'augment.revoked': { vi: 'Chứng thư số của {name} đã bị thu hồi ngày {date}, trước thời điểm được chứng minh. Tệp vẫn nguyên; hãy hỏi lại người ký.', en: 'The certificate of {name} was revoked on {date}, before the time that is proven. The file is as it was; ask the signer.' },
  'policy.address': { vi: 'Địa chỉ {what} không đúng; phải bắt đầu bằng http:// hoặc https://. Chưa đổi gì.', en: 'The address {what} is wrong; it must begin with http:// or https://. Nothing was changed.' },
  'signing.self-check-failed': { vi: 'Chữ ký vừa tạo không qua được bước tự kiểm tra nên đã bỏ. Văn bản chưa thay đổi; hãy thử lại.', en: 'The new signature failed its own check and was dropped. The document is unchanged; try again.' },
  'signing.stopped': { vi: 'Đã dừng theo yêu cầu trước khi tới văn bản này. Văn bản chưa thay đổi.', en: 'Stopped as asked before this document. It is unchanged.' },
  // workflow
  'workflow.wrong-stage': { vi: 'Văn bản đang ở bước “{stage}” nên không làm được việc này. Chưa có gì thay đổi.', en: 'The document is at stage “{stage}”, so this cannot be done. Nothing was changed.' },
  'workflow.changed-meanwhile': { vi: 'Văn bản đã thay đổi trong lúc bạn làm việc này nên kết quả không được dùng. Văn bản vẫn như bản mới nhất; hãy xem lại rồi làm lại.', en: 'The document changed while you did this, so the result was not used. The document is as its newest version; look at it and do it again.' },
  'workflow.reason-required': { vi: 'Hãy ghi lý do (không quá 1.000 chữ).', en: 'Give a reason (at most 1,000 characters).' },
  'workflow.no-recipients': { vi: 'Chưa có nơi nhận. Hãy thêm ít nhất một nơi nhận.', en: 'There are no recipients. Add at least one.' },
  'workflow.secret': { vi: 'Văn bản mật không được đưa vào hệ thống này (Luật Bảo vệ bí mật nhà nước). Không có gì được lưu.', en: 'State secrets may not enter this system. Nothing was stored.' },
  'workflow.unknown-recipient': { vi: 'Không có cơ quan mang mã {org} trong danh mục. Văn bản chưa gửi; hãy chọn lại nơi nhận.', en: 'There is no office with code {org} in the directory. The document is not sent; choose the recipient again.' },
  'undo.too-late': { vi: 'Việc này đã gửi đi hoặc đã có việc khác nối sau nên không hoàn tác được. Văn bản giữ nguyên như hiện tại.', en: 'This has been sent or was built upon, so it cannot be undone. The document stays as it is.' },
  'number.taken': { vi: 'Số {number} đã được cấp cho văn bản khác. Văn bản của bạn vẫn nguyên; hãy lấy số mới.', en: 'Number {number} is already taken. Your document is unchanged; take a new number.' },
  'number.no-book': { vi: 'Máy này chưa giữ sổ nên chưa cấp số được. Hãy kết nối một lần để nhận sổ.', en: 'This machine does not hold the register, so it cannot number documents. Connect once to receive it.' },
  'number.old-epoch': { vi: 'Sổ đã được chuyển cho máy khác. Văn bản của bạn vẫn nguyên; hãy nhận lại sổ.', en: 'The register has moved to another machine. Your document is unchanged; take the register back.' },
  'number.reserve-used-up': { vi: 'Đã dùng hết số dự trữ khi mất mạng. Hãy kết nối để nhận thêm số.', en: 'The offline reserve of numbers is used up. Connect to receive more.' },
  // sync and server
  'sync.offline': { vi: 'Chưa có mạng. Việc đã được lưu trên máy và sẽ tự gửi khi có mạng.', en: 'There is no line. Your work is stored here and will be sent by itself.' },
  'sync.signed-out': { vi: 'Phiên làm việc đã hết hạn. Việc của bạn vẫn được giữ; hãy đăng nhập lại để gửi tiếp.', en: 'Your session has ended. Your work is kept; sign in again to go on sending.' },
  'sync.conflict': { vi: 'Người khác đã làm thay đổi văn bản này trước. Việc của bạn chưa có hiệu lực nhưng vẫn được giữ; hãy xem lại văn bản rồi làm lại nếu cần.', en: 'Someone else changed this document first. What you did has no effect yet but is kept; look at the document and do it again if needed.' },
  'sync.resync': { vi: 'Máy chủ không còn nối tiếp được từ chỗ máy này đã nhận. Máy sẽ tự nhận lại danh sách; việc chờ gửi, dự thảo và tệp vẫn nguyên.', en: 'The server cannot go on from where this machine had come. The list is fetched anew by itself; what waits, drafts and files stay.' },
  'server.busy': { vi: 'Máy chủ đang quá tải. Việc vẫn được giữ trên máy và sẽ tự gửi sau ít phút.', en: 'The server is overloaded. Your work is kept here and will be sent in a few minutes.' },
  'input.coding': { vi: 'Máy chủ không hiểu cách nén của yêu cầu này. Chưa có gì thay đổi; máy sẽ tự gửi lại không nén.', en: 'The server does not know the coding of this request. Nothing was changed; it is sent again without it.' },
  'package.damaged': { vi: 'Gói mang tay này bị hỏng hoặc đã bị sửa ({reason}). Chưa nhận gì từ gói; hãy chép lại gói từ máy đã tạo ra nó.', en: 'The hand-carried package is damaged or was changed ({reason}). Nothing was taken from it; copy it again from the machine that made it.' },
  'package.not-for-us': { vi: 'Gói này được niêm cho một máy chủ khác nên không mở được ở đây. Chưa nhận gì từ gói; hãy mang gói tới đúng nơi.', en: 'The package is sealed for another server and cannot be opened here. Nothing was taken from it; bring it to the right place.' },
  'package.no-key': { vi: 'Máy này chưa có khóa của máy chủ nên chưa niêm được gói. Hãy kết nối một lần để nhận khóa.', en: 'This machine does not have the server’s key, so it cannot seal a package. Connect once to receive it.' },
  'package.nothing': { vi: 'Không có việc nào đang chờ gửi nên không tạo gói.', en: 'Nothing waits to be sent, so no package was made.' },
  'content.not-here': { vi: 'Nội dung văn bản chưa tải về máy này. Sẽ tự tải khi có mạng.', en: 'The content is not on this machine yet. It will come when there is a line.' },
  'content.damaged': { vi: 'Nội dung nhận được không khớp mã kiểm tra nên đã bỏ và sẽ tải lại.', en: 'The content received does not match its hash; it was dropped and will be fetched again.' },
  'upload.offset': { vi: 'Phần gửi lên không nối tiếp phần đã có; sẽ gửi tiếp từ vị trí {offset}.', en: 'The chunk does not continue what is there; going on from {offset}.' },
  'upload.too-large': { vi: 'Tệp lớn hơn hạn mức {limit} MB của máy chủ. Tệp vẫn còn trên máy này.', en: 'The file exceeds the server limit of {limit} MB. It is still on this machine.' },
  'idempotency.mismatch': { vi: 'Mã lệnh này đã dùng cho nội dung khác. Lệnh bị giữ lại để người quản trị xem.', en: 'This command id was used for other content. The command was kept aside for the administrator.' },
  'session.wrong-password': { vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Chưa đăng nhập; hãy gõ lại, chú ý chữ hoa và dấu.', en: 'The user name or the password is wrong. Not signed in; type it again, minding capitals and marks.' },
  'session.locked': { vi: 'Đã nhập sai nhiều lần nên tạm khóa đăng nhập. Hãy thử lại sau {seconds} giây.', en: 'Too many wrong tries; signing in is locked for now. Try again in {seconds} s.' },
  'session.unknown-certificate': { vi: 'Chứng thư số này chưa được gắn với tài khoản nào ở máy chủ. Chưa đăng nhập; hãy đăng nhập bằng mật khẩu, hoặc nhờ quản trị của tỉnh gắn chứng thư.', en: 'This certificate is not bound to any account at the server. Not signed in; use the password, or ask the province’s administrator to bind it.' },
  'session.must-change': { vi: 'Mật khẩu do người quản trị cấp phải được đổi trước khi làm việc. Chưa có gì thay đổi; hãy đặt mật khẩu mới.', en: 'The password that the administrator gave must be changed first. Nothing was changed; set a new password.' },
  'session.weak-password': { vi: 'Mật khẩu mới phải dài ít nhất {length} ký tự và khác mật khẩu cũ, khác tên đăng nhập. Mật khẩu cũ vẫn dùng được.', en: 'The new password needs at least {length} characters and must differ from the old one and from the user name. The old password still works.' },
  'session.unreachable': { vi: 'Chưa liên lạc được máy chủ {server}. Chưa đăng nhập; hãy kiểm tra mạng và địa chỉ rồi thử lại.', en: 'The server {server} cannot be reached. Not signed in; check the line and the address, then try again.' },
  'session.not-a-server': { vi: 'Địa chỉ {server} trả lời nhưng không phải máy chủ Văn Thư. Chưa đăng nhập; hãy hỏi lại địa chỉ ở người quản trị của tỉnh.', en: '{server} answers but is not a Văn Thư server. Not signed in; ask the province’s administrator for the address.' },
  'session.insecure-address': { vi: 'Địa chỉ máy chủ phải bắt đầu bằng https:// để mật khẩu không đi lộ trên mạng. Chưa đăng nhập.', en: 'The server address must begin with https:// so that the password does not travel in the open. Not signed in.' },
  'session.other-person': { vi: 'Máy này đang giữ bàn làm việc của {person}. Chưa đăng nhập và chưa có gì thay đổi; hãy dùng đúng tài khoản, hoặc tài khoản Windows khác cho người khác.', en: 'This machine holds the desk of {person}. Not signed in and nothing changed; use that account, or another Windows account for another person.' },
  'session.required': { vi: 'Việc này cần đăng nhập. Chưa có gì thay đổi; hãy đăng nhập rồi làm lại.', en: 'This needs a signed-in person. Nothing was changed; sign in and do it again.' },
  // store
  'store.node-too-old': { vi: 'Cần Node 24 trở lên để mở kho dữ liệu.', en: 'Node 24 or newer is needed to open the store.' },
  'store.cannot-open': { vi: 'Không mở được kho dữ liệu {file}. Tệp vẫn nguyên; hãy kiểm tra khóa và ổ đĩa.', en: 'The store {file} cannot be opened. The file is intact; check its key and the disk.' },
  'store.full': { vi: 'Ổ đĩa của máy đã đầy nên việc này chưa được lưu. Mọi thứ vẫn như trước; hãy dọn bớt tệp rồi làm lại.', en: 'The disk is full, so this was not stored. Everything is as it was; make room and do it again.' },
  'store.newer': { vi: 'Kho dữ liệu do phiên bản mới hơn tạo ra. Hãy cập nhật chương trình.', en: 'The store was made by a newer version. Update the program.' },
  // command line
  'cli.usage': { vi: 'Lệnh không đúng: {what}. Gõ van-thu --help để xem cách dùng.', en: 'Wrong usage: {what}. Run van-thu --help.' },
} as const satisfies Record<string, { readonly vi: string; readonly en: string }>;

/** Params that are words: what is carried is a name, what is read is the language's own. */
const paramWords: Readonly<Record<string, Readonly<Record<string, { readonly vi: string; readonly en: string }>>>> = {
  left: {
    again: { vi: 'Có thể thử lại.', en: 'You can try again.' },
    low: { vi: 'Nếu sai tiếp, mã PIN sẽ bị khóa.', en: 'Further mistakes lock the PIN.' },
    final: { vi: 'Chỉ còn một lần thử cuối.', en: 'One last try is left.' },
  },
  stage: {
    draft: { vi: 'Dự thảo', en: 'Draft' },
    submitted: { vi: 'Chờ ký', en: 'To be signed' },
    approved: { vi: 'Đã ký, chờ phát hành', en: 'Signed, to be issued' },
    issued: { vi: 'Đã phát hành, chưa gửi', en: 'Issued, not sent' },
    sent: { vi: 'Đã gửi', en: 'Sent' },
    returned: { vi: 'Bị trả lại', en: 'Returned' },
    arrived: { vi: 'Chưa vào sổ', en: 'Not registered' },
    registered: { vi: 'Đã vào sổ', en: 'Registered' },
    presented: { vi: 'Đã trình', en: 'Presented' },
    assigned: { vi: 'Đã phân công', en: 'Assigned' },
    refused: { vi: 'Đã từ chối', en: 'Refused' },
  },
  // of `timestamp.*`, `revocation.*` and `trust.*`; other reasons are names that an administrator looks for as they are
  reason: {
    garbage: { vi: 'không đọc được', en: 'it cannot be read' },
    imprint: { vi: 'dấu cho nội dung khác', en: 'it stamps something else' },
    nonce: { vi: 'không phải trả lời cho lần hỏi này', en: 'it answers another question' },
    signature: { vi: 'chữ ký của nơi trả lời sai', en: 'its signature is wrong' },
    usage: { vi: 'chứng thư của máy chủ không dùng để cấp dấu thời gian', en: 'its certificate is not for time-stamps' },
    stranger: { vi: 'nơi trả lời không được cơ quan cấp chứng thư ủy quyền', en: 'it comes from nobody whom the issuer named' },
    'other-certificate': { vi: 'nói về chứng thư khác', en: 'it is about another certificate' },
    stale: { vi: 'đã quá hạn, hoặc đồng hồ của máy này sai', en: 'it is out of date, or this computer’s clock is wrong' },
    unknown: { vi: 'nơi trả lời không biết chứng thư này', en: 'it does not know the certificate' },
    'too large': { vi: 'quá lớn', en: 'it is too large' },
    unreadable: { vi: 'không đọc được', en: 'it cannot be read' },
    'not-ca': { vi: 'không phải chứng thư của nơi cấp', en: 'it is no certificate of an authority' },
    'weak-key': { vi: 'khóa quá yếu', en: 'its key is too weak' },
    'weak-signature': { vi: 'chữ ký trên chứng thư dùng thuật toán cũ', en: 'it is signed with an old algorithm' },
    expired: { vi: 'đã hết hạn', en: 'it has ended' },
    'not-yet-valid': { vi: 'chưa đến ngày có hiệu lực', en: 'its time has not begun' },
    hash: { vi: 'chứng thư không khớp dấu vân tay ghi kèm', en: 'a certificate does not match its fingerprint' },
    twice: { vi: 'có chứng thư ghi hai lần', en: 'a certificate stands in it twice' },
    'same-number': { vi: 'nội dung khác nhưng vẫn mang số cũ', en: 'other content under the same number' },
    unsigned: { vi: 'chưa được ký', en: 'it is not signed' },
    signer: { vi: 'người ký danh sách không phải người được chương trình biết', en: 'its signer is not one that the program knows' },
  },
  what: {
    '': { vi: 'mục này', en: 'This' },
    document: { vi: 'văn bản', en: 'The document' },
    content: { vi: 'nội dung văn bản', en: 'The content' },
    report: { vi: 'kết quả kiểm tra', en: 'The report' },
    import: { vi: 'tệp đang nhận', en: 'The file being taken in' },
    upload: { vi: 'tệp đang gửi', en: 'The file being sent' },
    desk: { vi: 'bàn làm việc', en: 'The desk' },
  },
};

export type ErrorCode = keyof typeof errorTexts;

export const errorCodes = Object.keys(errorTexts) as readonly ErrorCode[];

/** The code's sentence with its params filled in, those that are words in the sentence's language. A missing param becomes an empty string. */
export function describeError(error: AppError, locale: 'vi' | 'en' = 'vi'): string {
  const params = error.params ?? {};
  return errorTexts[error.code][locale].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return paramWords[name]?.[value]?.[locale] ?? value;
  }).trim();
}
