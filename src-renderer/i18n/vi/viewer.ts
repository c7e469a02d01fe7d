export const viewer = {
  'reading.label': 'Trang văn bản',
  'reading.none': 'Chọn một văn bản trong danh sách để đọc.',
  'reading.noContent': 'Nội dung văn bản chưa tải về máy này. Sẽ tự tải khi có mạng.',
  'reading.opening': 'Đang mở trang…',
  'reading.broken': 'Không hiển thị được tệp này. Tệp vẫn nguyên trên máy.',
  'reading.zoomIn': 'Phóng to',
  'reading.zoomOut': 'Thu nhỏ',
  'reading.fit': 'Vừa chiều ngang',
  'reading.page': 'Trang {page} / {pages}',
  'reading.pageLabel': 'Trang {page}',
  'reading.side': 'Thông tin văn bản',
} as const;
