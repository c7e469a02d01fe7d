import { en } from './en.ts';
import { vi } from './vi.ts';

export type MessageKey = keyof typeof vi;
/** What a key stands for: ICU MessageFormat as it is written, and a function of its holes once bundled (build/catalogues.ts). */
export type Message = string | ((params: Params) => string);
export type Messages = Readonly<Record<MessageKey, Message>>;
export type Locale = 'vi' | 'en';
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: Params) => string;

export const dictionaries: Readonly<Record<Locale, Messages>> = { vi, en };

/** The key's words with its holes filled in. Unbundled, only plain `{name}` holes are filled; one that is missing stays visible as `{name}`. */
export function translate(locale: Locale, key: MessageKey, params: Params = {}): string {
  const message = dictionaries[locale][key];
  return typeof message === 'function' ? message(params) : message.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}
