import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { describeError } from '../../src-shared/errors.ts';
import type { AppError } from '../../src-shared/result.ts';
import { translate, type Locale, type Translate } from './translate.ts';

type I18n = { readonly locale: Locale; readonly setLocale: (locale: Locale) => void; readonly t: Translate; readonly describe: (error: AppError) => string };

const I18nContext = createContext<I18n | null>(null);

type LocaleProviderProps = {
  readonly children: ReactNode;
  /** The person's own choice and where it is kept; a page without settings keeps it for as long as it stands. */
  readonly chosen?: { readonly locale: Locale; readonly onChange: (locale: Locale) => void };
};

export function LocaleProvider({ children, chosen }: LocaleProviderProps) {
  const [own, setOwn] = useState<Locale>('vi');
  const locale = chosen?.locale ?? own;
  const setLocale = chosen?.onChange ?? setOwn;
  const value = useMemo<I18n>(
    () => ({ locale, setLocale, t: (key, params) => translate(locale, key, params), describe: (error) => describeError(error, locale) }),
    [locale, setLocale],
  );
  return (
    <I18nProvider locale={locale === 'vi' ? 'vi-VN' : 'en-GB'}>
      <I18nContext value={value}>{children}</I18nContext>
    </I18nProvider>
  );
}

export function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error('no LocaleProvider above this component');
  return value;
}

export function useT(): Translate {
  return useI18n().t;
}
