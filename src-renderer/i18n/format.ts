import { presentMs } from './present.ts';
import type { Locale, Translate } from './translate.ts';

// Every instant on the screen is told in Vietnam's time, whatever the PC's zone says: dates of documents are legal facts.
const timeZone = 'Asia/Ho_Chi_Minh';
const dayMs = 86_400_000;

const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** `yyyy-mm-dd` of the instant in Vietnam. */
export function localDay(instant: string | number | Date): string {
  return calendar.format(new Date(instant));
}

/** `21/11/2026` from `2026-11-21`. */
export function formatDate(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** `2026-11-21` from `21/11/2026`, `21-11-2026` or `1/2/2026`; null when there is no such day. */
export function parseDate(text: string): string | null {
  const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (!match) return null;
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

export function formatClock(instant: string): string {
  return clock.format(new Date(instant));
}

/** `08:51, 21/11/2026`. The text itself when it is no instant. */
export function formatInstant(instant: string): string {
  return Number.isNaN(Date.parse(instant)) ? instant : `${formatClock(instant)}, ${formatDate(localDay(instant))}`;
}

/** As short as a list needs: `09:04` today, `Hôm qua`, `20/11`, and with its year when it is another year. */
export function formatWhen(instant: string, t: Translate, now: number = presentMs()): string {
  const day = localDay(instant);
  if (day === localDay(now)) return formatClock(instant);
  if (day === localDay(now - dayMs)) return t('time.yesterday');
  const date = formatDate(day);
  return day.slice(0, 4) === localDay(now).slice(0, 4) ? date.slice(0, 5) : date;
}

/** Whole days from today to `date` in Vietnam; negative when it has passed. */
export function daysUntil(date: string, now: number = presentMs()): number {
  return Math.round((Date.parse(date.slice(0, 10)) - Date.parse(localDay(now))) / dayMs);
}

export function formatBytes(bytes: number, locale: Locale): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const power = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: power > 1 && value < 10 ? 1 : 0 })}\u00a0${units[power]}`;
}
