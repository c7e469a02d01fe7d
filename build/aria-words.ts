import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const words = path.resolve(import.meta.dirname, '../src-renderer/ui/aria-words.ts');

/**
 * Gives react-aria its Vietnamese words (src-renderer/ui/aria-words.ts) and leaves out the thirty languages that the desk does not speak.
 * Each of its groups has one module that lists a dictionary for every language; it is made anew with two.
 */
export const ariaWords: Plugin = {
  name: 'aria-words',
  setup(build) {
    build.onLoad({ filter: /[\\/](react-aria|react-stately|react-aria-components)[\\/]dist[\\/]private[\\/](.+[\\/])?intlStrings\.mjs$/ }, async ({ path: file }) => {
      const english = /from "(\S*intl\/(?:(\w+)\/)?en-US\.mjs)"/.exec(await readFile(file, 'utf8'));
      if (!english?.[1]) throw new Error(`${file} lists no English`);
      return {
        contents: `import english from ${JSON.stringify(english[1])};
import { ariaWords } from ${JSON.stringify(words)};
export default { 'en-US': english, 'vi-VN': { ...english, ...ariaWords[${JSON.stringify(english[2] ?? '')}] } };`,
        resolveDir: path.dirname(file),
        loader: 'js',
      };
    });
  },
};
