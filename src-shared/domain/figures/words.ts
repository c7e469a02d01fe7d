import type { FigureDefinition, FigureId } from './definitions.ts';

/** What a report calls each figure: Vietnamese and final, as all that an office prints. */
export const figureWords: Readonly<Record<FigureId, string>> = {
  sent: 'Văn bản đi đã gửi', received: 'Văn bản đến đã tiếp nhận',
  'signed-person': 'Văn bản đi có chữ ký số của người có thẩm quyền', 'signed-organisation': 'Văn bản đi có chữ ký số của cơ quan', 'signed-both': 'Văn bản đi có đủ hai chữ ký số',
  'on-time-acknowledge': 'Tiếp nhận hoặc phản hồi đúng hạn', 'on-time-register': 'Đăng ký văn bản đến đúng hạn', 'on-time-present': 'Trình văn bản đến đúng hạn', 'on-time-task': 'Giải quyết văn bản đến đúng hạn',
  'on-time-issue': 'Phát hành văn bản đi đúng hạn', 'on-time-send': 'Gửi văn bản đi đúng hạn', 'on-time-handover': 'Nộp hồ sơ vào Lưu trữ cơ quan đúng hạn',
  'time-to-assign': 'Thời gian từ khi đến tới khi được phân công', 'handling-time': 'Thời gian giải quyết văn bản đến', overdue: 'Việc đã quá hạn mà chưa xong',
  recalled: 'Văn bản đi đã thu hồi', refused: 'Văn bản đến đã từ chối', 'sent-back': 'Văn bản đến đã chuyển trả', replaced: 'Văn bản đi đã được thay thế', voided: 'Số văn bản đã hủy',
  'dossiers-opened': 'Hồ sơ đã lập', 'dossiers-closed': 'Hồ sơ đã kết thúc', 'dossiers-handed-over': 'Hồ sơ đã nộp lưu trữ',
};

/** The order and grouping of a report. */
export const figureGroups: readonly { readonly name: string; readonly figures: readonly FigureId[] }[] = [
  { name: 'Gửi và nhận văn bản', figures: ['received', 'sent'] },
  { name: 'Ký số', figures: ['signed-person', 'signed-organisation', 'signed-both'] },
  { name: 'Đúng hạn', figures: ['on-time-acknowledge', 'on-time-register', 'on-time-present', 'on-time-task', 'on-time-issue', 'on-time-send'] },
  { name: 'Thời gian và tồn đọng', figures: ['time-to-assign', 'handling-time', 'overdue'] },
  { name: 'Thu hồi, thay thế, từ chối', figures: ['recalled', 'replaced', 'voided', 'refused', 'sent-back'] },
  { name: 'Hồ sơ', figures: ['dossiers-opened', 'dossiers-closed', 'dossiers-handed-over', 'on-time-handover'] },
];

export function figureUnit({ id, kind }: Pick<FigureDefinition, 'id' | 'kind'>): string {
  if (kind === 'share') return '%';
  if (kind === 'time') return 'giờ làm việc';
  return id.startsWith('dossiers-') ? 'hồ sơ' : id === 'overdue' ? 'việc' : id === 'voided' ? 'số' : 'văn bản';
}
