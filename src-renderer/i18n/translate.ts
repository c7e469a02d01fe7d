import { en } from './en.ts';
import { vi } from './vi.ts';

export type MessageKey = keyof typeof vi;
export type Messages = Readonly<Record<MessageKey, string>>;
export type Locale = 'vi' | 'en';
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: Params) => string;

export const dictionaries: Readonly<Record<Locale, Messages>> = { vi, en };

/** The key's words with `{name}` filled in; a param that is missing stays visible as `{name}`, so that a test or an eye finds it. */
export function translate(locale: Locale, key: MessageKey, params: Params = {}): string {
  return dictionaries[locale][key].replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}
