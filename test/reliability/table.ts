import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTexts } from '../../src-shared/errors.ts';
import { ownFile } from './own-rows.ts';
import type { Row } from './row.ts';
import { areas } from './rows.ts';

const root = join(import.meta.dirname, '../..');
export const pageFile = join(root, 'docs/reliability.md');
export const begin = '<!-- faults: written by test/reliability/write.ts -->';
export const end = '<!-- /faults -->';

export function renderTable(): string {
  const parts = areas.map(({ name, rows }) => `### ${name}\n\n| Tried | The person reads | Lost | Proof |\n|---|---|---|---|\n${rows.map(line).join('\n')}`);
  return `${begin}\n${parts.join('\n\n')}\n${end}`;
}

function line({ tried, saw, lost, proof: { file, title } }: Row): string {
  const words = saw === null ? '–' : `\`${saw}\` ${errorTexts[saw].vi.replaceAll(/\{\w+\}/g, '…')}`;
  return `| ${tried} | ${words} | ${lost} | ${file === ownFile ? 'here' : `\`${file} › ${title}\``} |`;
}

/** What is not right about a row's proof: no such file, no such test in it, or one whose file never speaks of the code. Null: all is. */
export function faultOfProof({ saw, proof: { file, title } }: Row): string | null {
  const path = join(root, file);
  if (!existsSync(path)) return `${file} is not there`;
  const source = readFileSync(path, 'utf8');
  if (!isTitleIn(source, title)) return `${file} has no test “${title}”`;
  // what the suite of this page tries is held to the code as it runs
  return saw === null || file === ownFile || source.includes(`'${saw}'`) || source.includes(saw.replace('.', String.raw`\.`)) || isAlternative(source, saw) ? null : `${file} does not speak of ${saw}`;
}

/** As a test's or a table's name: its beginning, or its end after a value put in. */
function isTitleIn(source: string, title: string): boolean {
  return [title, title.replaceAll("'", String.raw`\'`)].some((text) => ["'", '`', '} '].some((before) => source.includes(`${before}${text}`)));
}

/** `/^store\.(?:one|other)$/` */
function isAlternative(source: string, code: string): boolean {
  const [group = '', name = ''] = code.split('.');
  return new RegExp(String.raw`${group}\\\.\(\?:[^)]*${name}`).test(source);
}
