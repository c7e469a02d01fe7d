import { formatDate } from '../i18n/format.ts';
import type { Locale } from '../i18n/translate.ts';

/** `thứ Hai, 23/11/2026` from `2026-11-23`, as it stands in a sentence. */
export function longDay(date: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
  return `${locale === 'vi' ? weekday.charAt(0).toLocaleLowerCase('vi') + weekday.slice(1) : weekday}, ${formatDate(date)}`;
}
