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
export const figureGroups = [
  { id: 'flow', name: 'Gửi và nhận văn bản', figures: ['received', 'sent'] },
  { id: 'signing', name: 'Ký số', figures: ['signed-person', 'signed-organisation', 'signed-both'] },
  { id: 'on-time', name: 'Đúng hạn', figures: ['on-time-acknowledge', 'on-time-register', 'on-time-present', 'on-time-task', 'on-time-issue', 'on-time-send'] },
  { id: 'time', name: 'Thời gian và tồn đọng', figures: ['time-to-assign', 'handling-time', 'overdue'] },
  { id: 'ends', name: 'Thu hồi, thay thế, từ chối', figures: ['recalled', 'replaced', 'voided', 'refused', 'sent-back'] },
  { id: 'dossiers', name: 'Hồ sơ', figures: ['dossiers-opened', 'dossiers-closed', 'dossiers-handed-over', 'on-time-handover'] },
] as const satisfies readonly { readonly id: string; readonly name: string; readonly figures: readonly FigureId[] }[];
export type FigureGroupId = (typeof figureGroups)[number]['id'];

/** What is counted, each with what an office calls it. */
export const figureUnits = { percent: '%', hours: 'giờ làm việc', dossiers: 'hồ sơ', tasks: 'việc', numbers: 'số', documents: 'văn bản' } as const;
export type FigureUnit = keyof typeof figureUnits;

export function unitOf({ id, kind }: Pick<FigureDefinition, 'id' | 'kind'>): FigureUnit {
  if (kind === 'share') return 'percent';
  if (kind === 'time') return 'hours';
  return id.startsWith('dossiers-') ? 'dossiers' : id === 'overdue' ? 'tasks' : id === 'voided' ? 'numbers' : 'documents';
}

export function figureUnit(definition: Pick<FigureDefinition, 'id' | 'kind'>): string {
  return figureUnits[unitOf(definition)];
}
