import type { DocumentKind } from '../src-shared/domain/document.ts';

/** What the made documents speak of; crossed with one another they give tens of thousands of different titles. */
export const kinds: readonly { readonly kind: DocumentKind; readonly suffix: string; readonly weight: number }[] = [
  { kind: 'cong-van', suffix: '', weight: 40 },
  { kind: 'quyet-dinh', suffix: 'QĐ', weight: 14 },
  { kind: 'ke-hoach', suffix: 'KH', weight: 10 },
  { kind: 'thong-bao', suffix: 'TB', weight: 9 },
  { kind: 'bao-cao', suffix: 'BC', weight: 8 },
  { kind: 'giay-moi', suffix: 'GM', weight: 7 },
  { kind: 'to-trinh', suffix: 'TTr', weight: 4 },
  { kind: 'huong-dan', suffix: 'HD', weight: 3 },
  { kind: 'nghi-quyet', suffix: 'NQ', weight: 2 },
  { kind: 'chi-thi', suffix: 'CT', weight: 1 },
  { kind: 'cong-dien', suffix: 'CĐ', weight: 1 },
  { kind: 'phieu-chuyen', suffix: 'PC', weight: 1 },
];

export const verbs = [
  'tăng cường', 'triển khai', 'phối hợp', 'rà soát', 'báo cáo kết quả', 'hướng dẫn', 'đôn đốc', 'chấn chỉnh', 'góp ý dự thảo', 'tổng kết', 'sơ kết', 'kiểm tra',
  'bổ sung kinh phí cho', 'thành lập tổ công tác về', 'tuyên truyền', 'tập huấn', 'xác minh', 'giải quyết kiến nghị về', 'công khai', 'phê duyệt',
] as const;

export const matters = [
  'công tác phòng cháy, chữa cháy', 'phòng, chống dịch sốt xuất huyết', 'chuyển đổi số', 'cải cách hành chính', 'xây dựng nông thôn mới', 'quản lý đất đai', 'cấp giấy chứng nhận quyền sử dụng đất',
  'an toàn thực phẩm', 'bảo vệ rừng', 'phòng, chống lụt bão', 'giải phóng mặt bằng', 'bầu cử đại biểu Hội đồng nhân dân', 'tiêm chủng mở rộng', 'hộ nghèo và hộ cận nghèo', 'giáo dục mầm non',
  'thu ngân sách', 'đầu tư công', 'trật tự xây dựng', 'bảo đảm an toàn giao thông', 'tuyển quân', 'tiếp công dân', 'chính sách người có công', 'bảo hiểm y tế', 'đăng ký hộ tịch', 'lưu trữ hồ sơ',
  'văn bản điện tử có ký số', 'môi trường và thu gom rác thải', 'nước sạch nông thôn', 'đường liên thôn', 'di tích lịch sử, văn hóa', 'phong trào thể dục, thể thao', 'hợp tác xã nông nghiệp',
] as const;

export const places = [
  'trên địa bàn xã', 'trên địa bàn tỉnh', 'tại thôn Hà Tây', 'tại thôn Phú Lộc', 'tại khu dân cư số 5', 'đối với các cơ quan, đơn vị', 'trong trường học', 'theo Nghị định số 30/2020/NĐ-CP', 'tại chợ Sơn Tịnh',
  'dịp Tết Nguyên đán', 'trong mùa mưa bão', 'theo kết luận của Chủ tịch UBND tỉnh',
] as const;

export const sectors = [
  'Nội vụ', 'Tư pháp', 'Tài chính', 'Công Thương', 'Nông nghiệp và Môi trường', 'Xây dựng', 'Khoa học và Công nghệ', 'Văn hóa, Thể thao và Du lịch', 'Giáo dục và Đào tạo', 'Y tế',
] as const;

export const communes = [
  'Tịnh Giang', 'Trường Giang', 'Ba Gia', 'Thọ Phong', 'Bình Minh', 'Bình Chương', 'Bình Sơn', 'Vạn Tường', 'Đông Sơn', 'An Phú', 'Nghĩa Giang', 'Trà Giang', 'Vệ Giang', 'Đình Cương', 'Thiện Tín', 'Phước Giang',
  'Mộ Đức', 'Long Phụng', 'Mỏ Cày', 'Lân Phong', 'Nguyễn Nghiêm', 'Khánh Cường', 'Trà Câu', 'Đức Phổ', 'Sa Huỳnh', 'Ba Vì', 'Ba Tô', 'Ba Dinh', 'Ba Tơ', 'Ba Vinh', 'Ba Động', 'Đặng Thùy Trâm', 'Ba Xa', 'Sơn Hạ',
  'Sơn Linh', 'Sơn Hà', 'Sơn Thủy', 'Sơn Kỳ', 'Sơn Tây', 'Sơn Tây Thượng', 'Sơn Tây Hạ', 'Minh Long', 'Sơn Mai', 'Trà Bồng', 'Đông Trà Bồng', 'Tây Trà', 'Thanh Bồng', 'Cà Đam', 'Tây Trà Bồng', 'Lý Sơn',
] as const;

export const familyNames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'] as const;
export const givenNames = ['Thị Hạnh', 'Văn Phúc', 'Thị Ngọc', 'Quốc Bảo', 'Minh Đức', 'Thị Thu', 'Văn Tài', 'Hữu Nghĩa', 'Thị Loan', 'Đình Khoa', 'Anh Tuấn', 'Thị Yến'] as const;
export const duties = ['Công chức địa chính', 'Công chức tư pháp – hộ tịch', 'Công chức tài chính – kế toán', 'Công chức văn hóa – xã hội', 'Chỉ huy trưởng quân sự', 'Phó Chủ tịch'] as const;

export const directives = [
  'Giao chủ trì tham mưu thực hiện.', 'Giao theo dõi, báo cáo kết quả.', 'Phối hợp các đơn vị liên quan thực hiện.', 'Soạn văn bản trả lời trong hạn.', 'Để biết và triển khai tới thôn.', 'Kiểm tra thực tế, báo cáo lãnh đạo.',
] as const;
