import { findFigure, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { periodNames, type PeriodName } from '../../src-shared/domain/figures/periods.ts';
import { tenths, wholes } from '../../src-shared/domain/figures/value-words.ts';
import type { AppError } from '../../src-shared/result.ts';

export const periodWords: Readonly<Record<PeriodName, string>> = { month: 'Tháng này', 'last-month': 'Tháng trước', quarter: 'Quý này', 'last-quarter': 'Quý trước', year: 'Năm nay', 'last-year': 'Năm trước' };

export function readPeriod(text: string | null): PeriodName {
  return periodNames.find((name) => name === text) ?? 'month';
}

/** `–`: nothing to judge. A count is whole; its mean over the units, a percent and hours have a tenth. */
export function numberWords(figure: FigureId, number: number | null, mean = false): string {
  if (number === null) return '–';
  const kind = findFigure(figure)?.kind;
  return kind === 'share' || kind === 'time' || mean ? tenths(number, 'vi-VN') : wholes(number, 'vi-VN');
}

/** `2026-11-23` → `23/11/2026`. */
export function dayWords(day: string): string {
  return day.split('-').toReversed().join('/');
}

/** `2026-11` → `11/2026`. */
export function monthWords(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`;
}

const faults: Readonly<Record<string, string>> = {
  'session.wrong-password': 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy gõ lại.',
  'session.disabled': 'Tài khoản này đã bị khóa. Hãy hỏi quản trị viên của cơ quan.',
  'session.must-change': 'Mật khẩu này là mật khẩu cấp lần đầu. Hãy đổi mật khẩu trong chương trình Văn Thư rồi đăng nhập lại ở đây.',
  'server.busy': 'Máy chủ đang bận. Hãy thử lại sau ít giây.',
  'not-allowed': 'Tài khoản này không được xem số liệu ở đây. Số liệu dành cho lãnh đạo, văn thư và người giải quyết văn bản.',
  'not-found': 'Không có đơn vị này.',
};

export function faultWords({ code, params }: AppError): string {
  if (code === 'session.locked') return `Đã gõ sai nhiều lần. Hãy thử lại sau ${Math.max(1, Math.ceil(Number(params?.['seconds'] ?? 60) / 60))} phút.`;
  return faults[code] ?? `Không làm được (${code}). Hãy tải lại trang.`;
}
