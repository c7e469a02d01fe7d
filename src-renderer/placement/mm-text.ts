import type { Locale } from '../i18n/translate.ts';

/** `118,5`: a tenth of a millimetre, as it is written in the reader's language. */
export function mmText(mm: number, locale: Locale): string {
  return mm.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 });
}
