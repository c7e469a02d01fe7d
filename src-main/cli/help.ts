export const help = `van-thu: ký, kiểm tra văn bản và xem thiết bị ký · sign, verify and look at tokens

Cách dùng · Usage
  van-thu token list [--module P]… [--json]
      Liệt kê thiết bị ký và chứng thư số; không có --module thì tìm các trình điều khiển đã cài.
      Lists tokens and certificates; without --module, of every driver that is installed.

  van-thu sign IN --out OUT --module P --token NHÃN --cert NHÃN --pin-env BIẾN [--step BƯỚC] …
  van-thu sign --batch THƯ_MỤC --out THƯ_MỤC …
      Ký PDF bằng thiết bị ký, một tệp hoặc mọi tệp của một thư mục với một lần nhập PIN. Chạy lại lệnh để ký tiếp phần còn lại.
      Signs a PDF, or every PDF of a folder with one PIN. Run again to go on with what is left.
        --module    trình điều khiển PKCS#11 · PKCS#11 driver
        --cert      nhãn, tên hoặc dấu vân tay SHA-256 · label, common name or SHA-256 thumbprint
        --pin-env   biến môi trường chứa PIN, không bao giờ trên dòng lệnh · variable with the PIN, never on the command line
        --pin-pad   PIN nhập trên thiết bị · the PIN is typed on the token
        --user-password-env  biến chứa mật khẩu của tệp mã hóa · variable with the password of encrypted files
        --profile   office (adbe.pkcs7.detached, mặc định · default) | pades (ETSI.CAdES.detached)
        --digest    sha256 (mặc định · default) | sha384 | sha512
        --step      leader   ký duyệt · the leader approves
                    issue    phát hành · number, date and seal: --number --date
                    incoming dấu đến · arrival stamp: --number --date [--organization] [--forward-to] [--file-code]
                    copy     bản sao · copy: [--form sao-y|sao-luc|trich-sao] [--organization]
                    appendix phụ lục · separate appendix: --number --date
                    comment  bút phê · written opinion: --text
        --date      2026-03-05 hoặc · or 05/03/2026
        --page      trang, tính từ 1 · page, from 1 (mặc định · default 1)
        --rect      x,y,rộng,cao: mm từ góc trên bên trái; không có thì chữ ký không hiện hình, dấu tự tìm chỗ
                    mm from the top left; without it a signature is invisible, a mark finds its place
        --auto-place chỗ đặt tìm trong văn bản, in ra kèm độ chắc chắn · the place is found in the text, printed with its confidence
        --image     ảnh PNG nền trong suốt · PNG with transparency     --image-mm  bề rộng trên giấy · width on paper
        --field     ký vào ô chữ ký có sẵn · an existing signature field
        --reason, --location, --chain PEM (chứng thư trung gian · intermediates)
        --level     b (mặc định · default) | t | lt | lta, với · with --tsa URL [--proxy URL] [--trust PEM]…

  van-thu augment IN --out OUT --level t|lt|lta --tsa URL [--proxy URL] [--trust PEM]…
      Bổ sung dấu thời gian và dữ liệu kiểm chứng lâu dài sau các chữ ký đã có; không đụng tới phần đã ký.
      Adds time-stamps and long-term data after the signatures; what was signed is not touched.

  van-thu repair IN --out OUT
      Dựng lại bản đọc được của tệp PDF hỏng, chỉ khi chưa ai ký. · A readable copy of a broken PDF that nobody has signed.

  van-thu verify TỆP|THƯ_MỤC… [--json] [--trust PEM]… [--user-password-env BIẾN]
      Kiểm tra mọi chữ ký: ai ký, còn nguyên không, chứng thư lúc ký ra sao, sau đó tệp bị thêm sửa gì, ở trang nào.
      Verifies every signature: who, whether intact, the certificate at that time, and what was changed afterwards, on which page.
        --trust     thêm chứng thư gốc tin cậy · adds trust anchors
        --at        xét tại thời điểm (mặc định: bây giờ) · judged at: 2026-03-05 | 05/03/2026 | 2026-03-05T10:00+07:00
        --report    phiếu kiểm tra để in và lưu, kèm bằng chứng; nhiều tệp thì là thư mục
                    a PDF to print and keep, evidence attached; a folder for many files
        --no-look   không vẽ và so sánh các trang · pages are not drawn and compared
        --offline   không hỏi ai qua mạng · asks nobody over the line     --proxy URL
        --json      một đối tượng; nhiều tệp thì mỗi tệp một dòng · one object, or one line a file

  van-thu doctor [--profile THƯ_MỤC] [--server URL] [--module P]… [--json]
      Xem máy này: dữ liệu, ổ đĩa, đồng hồ, máy chủ, phần mềm và thiết bị ký, chứng thư, PIN; không cần đăng nhập.
      Looks at this machine: data, disk, clock, server, token and its software, certificate, PIN; nobody signs in.

  van-thu check --profile THƯ_MỤC --key-env BIẾN [--json]
      Đọc lại toàn bộ dữ liệu của máy này: cấu trúc, từng phần nội dung, nhật ký; không ghi gì. Biến chứa khóa, 64 chữ số hex.
      Reads all of the data: structure, every piece of content, the audit; writes nothing. The variable holds the key, 64 hex digits.

  van-thu backup make|list|check|preview|restore|put-back …, van-thu recovery new …
      Sao lưu, khôi phục, phiếu khôi phục: van-thu backup --help · Backups, the way back, the recovery sheet.

  van-thu export --profile THƯ_MỤC --key-env BIẾN --out THƯ_MỤC [--json]
      Xuất mọi tệp văn bản, không mã hóa, theo năm, sổ, số, kèm bảng kê index.csv; chạy lại để xuất tiếp.
      Every document's files, not encrypted, by year, book and number, with a table; run again to go on.

  van-thu audit verify TỆP [--expect SỐ:MÃ]…
      Xét một nhật ký đã lưu ra tệp: dòng nào bị sửa, thêm, bớt. --expect: dòng cuối của lần xét trước.
      Judges a saved log: which line was changed, put in or taken out. --expect: the last line of an earlier check.

  van-thu package make|show|carry …
      Mang việc chờ gửi đi bằng tay khi mất mạng dài ngày: van-thu package --help · Work carried by hand through a long outage.

  van-thu --help

Mã thoát · Exit: 0 xong, hợp lệ · done, valid | 1 không hợp lệ · not valid | 2 không làm được, lý do ở stderr · cannot, reason on stderr
                 3 đã ký nhưng chưa đủ mức, có thể bổ sung sau · signed, but not at the level asked for; augment later
`;
