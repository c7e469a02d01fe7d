import type { Folder, QuickFilter, SyncState } from '../contract/documents.ts';
import type { Stage, Urgency } from './document.ts';
import type { Verdict } from './verdict.ts';

/** What a list says in its file: Vietnamese and final, as all that an office prints. They are the screen's own words (test/unit/results-words.test.ts). */
export const folderWords: Readonly<Record<Folder, string>> = { incoming: 'Văn bản đến', signing: 'Trình ký', issuing: 'Phát hành', outgoing: 'Văn bản đi', tasks: 'Công việc' };

export const quickFilterWords: Readonly<Record<QuickFilter, string>> = { unread: 'Chưa đọc', mine: 'Giao cho tôi', 'due-soon': 'Sắp hạn', express: 'Hỏa tốc', waiting: 'Chờ gửi' };

export const urgencyWords: Readonly<Record<Urgency, string>> = { normal: 'Thường', urgent: 'Khẩn', 'very-urgent': 'Thượng khẩn', express: 'Hỏa tốc' };

export const stageNames: Readonly<Record<Stage, string>> = {
  draft: 'Dự thảo', submitted: 'Chờ ký', approved: 'Đã ký, chờ phát hành', issued: 'Đã phát hành, chưa gửi', sent: 'Đã gửi', returned: 'Bị trả lại',
  arrived: 'Chưa vào sổ', registered: 'Đã vào sổ', presented: 'Đã trình', assigned: 'Đã phân công', refused: 'Đã từ chối', finished: 'Đã giải quyết',
  'sent-back': 'Đã chuyển trả', recalled: 'Đã thu hồi', replaced: 'Đã có văn bản thay thế', voided: 'Đã hủy số',
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  valid: 'Chữ ký hợp lệ', 'valid-extended': 'Hợp lệ, có bổ sung', changed: 'Thêm nội dung sau khi ký', invalid: 'Chữ ký không hợp lệ', indeterminate: 'Chưa xác minh được',
  unsigned: 'Chưa có chữ ký', unchecked: 'Chưa kiểm tra',
};

/** The screen says nothing of what the server has; a column of a file says it. */
export const syncWords: Readonly<Record<SyncState, string>> = { synced: 'Đã lên máy chủ', waiting: 'Chờ gửi', sending: 'Đang gửi', confirming: 'Đang xác nhận', problem: 'Cần xử lý' };
