export const help = `van-thu: ký, kiểm tra văn bản và xem thiết bị ký · sign, verify and look at tokens

Cách dùng · Usage
  van-thu token list [--module P]… [--json]
      Liệt kê thiết bị ký và chứng thư số; không có --module thì tìm các trình điều khiển đã cài.
      Lists tokens and certificates; without --module, of every driver that is installed.

  van-thu sign IN --out OUT --module P --token NHÃN --cert NHÃN --pin-env BIẾN
               [--profile office|pades] [--page N] [--rect x,y,w,h] [--image PNG]
               [--field TÊN] [--reason T] [--location T] [--chain PEM]…
      Ký PDF bằng thiết bị ký. PIN đọc từ biến môi trường, không bao giờ từ dòng lệnh.
      Signs a PDF. The PIN is read from an environment variable, never from the command line.
        --cert      nhãn, tên hoặc dấu vân tay SHA-256 · label, common name or SHA-256 thumbprint
        --profile   office (adbe.pkcs7.detached, mặc định · default) | pades (ETSI.CAdES.detached)
        --page      trang, tính từ 1 · page, from 1 (mặc định · default 1)
        --rect      vị trí, mm từ góc trên bên trái; không có thì chữ ký không hiện hình
                    place in mm from the top left; without it the signature is invisible
        --image     ảnh PNG nền trong suốt · PNG with transparency
        --field     ký vào ô chữ ký có sẵn · an existing signature field
        --chain     chứng thư trung gian, PEM · intermediates, PEM

  van-thu verify FILE [--json] [--trust PEM]…
      Kiểm tra mọi chữ ký trong tệp. --trust thêm chứng thư gốc tin cậy.
      Verifies every signature in the file. --trust adds trust anchors.

  van-thu --help

Mã thoát · Exit: 0 xong, hợp lệ · done, valid | 1 không hợp lệ · not valid | 2 không làm được, lý do ở stderr · cannot, reason on stderr
`;
