import type { Plugin } from 'esbuild';
import { createRequire } from 'node:module';
import path from 'node:path';
import { en } from '../src-renderer/i18n/en.ts';
import { vi } from '../src-renderer/i18n/vi.ts';

// Both are CommonJS; the types of the first describe another module form than it has, the second has none
const require = createRequire(import.meta.url);
const MessageFormat = require('@messageformat/core') as new (locale: string) => object;
const compileModule = require('@messageformat/core/compile-module') as (format: object, messages: Readonly<Record<string, string>>) => string;

/**
 * The words of both languages are written in ICU MessageFormat; what ships is functions, so that no page parses or evaluates text. A message that
 * is no MessageFormat stops the build with its key.
 */
export const catalogues: Plugin = {
  name: 'catalogues',
  setup: (build) => {
    build.onLoad({ filter: /[/\\]src-renderer[/\\]i18n[/\\](vi|en)\.ts$/ }, ({ path: file }) => {
      const locale = path.basename(file, '.ts');
      return { contents: compileCatalogue(locale, locale === 'vi' ? vi : en), loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};

/** An ES module that exports `{key: (params) => words}` under the locale's own name. Throws on a message that is no MessageFormat, naming its key. */
export function compileCatalogue(locale: string, messages: Readonly<Record<string, string>>): string {
  for (const [key, message] of Object.entries(messages)) {
    try {
      compileModule(new MessageFormat(locale), { key: message });
    } catch (error) {
      throw new Error(`${locale}, ${key}: ${error instanceof Error ? error.message : 'not a message'}`, { cause: error });
    }
  }
  const compiled = compileModule(new MessageFormat(locale), messages);
  if (!compiled.includes('export default {')) throw new Error('the compiled catalogue has another form than expected');
  // Its own names (the plural rules of `en`) must not meet the one that is exported
  return `${compiled.replace('export default {', 'const catalogue = {')}\nexport { catalogue as ${locale} };\n`;
}
