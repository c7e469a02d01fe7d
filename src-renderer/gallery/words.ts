import { useI18n } from '../i18n/context.tsx';

/** What the gallery's specimens say. The program itself never says any of it, so it stays out of the catalogues. */
export type Words = readonly [vi: string, en: string];

/** `w(['Lưu', 'Save'])`: the words in the language of the screen. */
export function useWords(): (words: Words) => string {
  const { locale } = useI18n();
  return ([vi, en]) => (locale === 'vi' ? vi : en);
}
