import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Lock } from './modules.ts';
import { standardTexts } from './licence-texts.ts';

/** Terms under which a part of the program may be handed on with it. What is not here is refused until someone has read it. */
export const acceptedTerms: ReadonlySet<string> = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1', '0BSD', 'Zlib', 'CC0-1.0', 'Unlicense', 'BlueOak-1.0.0', 'Python-2.0', 'Unicode-DFS-2016', '(MIT AND Zlib)']);

export type Licence = { readonly name: string; readonly version: string; readonly terms: string; readonly text: string };

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string().optional(), author: z.union([z.string(), z.object({ name: z.string() })]).optional() });

/** Of every package that is installed for the program, whether it lies in `node_modules` of the packed program or inside a bundle. Throws where terms are missing or not accepted. */
export function readLicences(root: string, lock: Lock): readonly Licence[] {
  const places = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && dev !== true && existsSync(join(root, place, 'package.json'))).map(([place]) => place);
  const all = places.map((place) => readLicence(join(root, place)));
  const unique = new Map(all.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readLicence(folder: string): Licence {
  const { name, version, license, author } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const own = findTexts(folder).map((file) => readFileSync(file, 'utf8').trim()).join('\n\n');
  const terms = license ?? recognize(own);
  if (terms === null) throw new Error(`${name}@${version} has no licence`);
  if (!acceptedTerms.has(terms)) throw new Error(`${name}@${version} is under ${terms}, which build/packaging/licences.ts does not accept`);
  const holder = typeof author === 'string' ? author.replace(/\s*[<(].*$/, '') : author?.name;
  const text = own !== '' ? own : standardTexts[terms]?.(holder ?? `the authors of ${name}`);
  if (text === undefined) throw new Error(`${name}@${version} carries no text of its licence`);
  return { name, version, terms, text };
}

/** Beside the package's sources, and in a folder `licenses` those of what it was made from. */
function findTexts(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => /^(?:licen[cs]e|copying|notice|ofl)/i.test(name))
    .flatMap((entry) => (entry.isDirectory() ? readdirSync(join(folder, entry.name)).map((name) => join(folder, entry.name, name)) : [join(folder, entry.name)]))
    .sort();
}

/** Older packages name their terms in the text alone. */
function recognize(text: string): string | null {
  return /Permission is hereby granted, free of charge/.test(text) ? 'MIT' : null;
}

export function printLicences(licences: readonly Licence[]): string {
  const line = '='.repeat(80);
  const parts = licences.map(({ name, version, terms, text }) => `${line}\n${name} ${version} (${terms})\n${line}\n\n${text.replaceAll('\r\n', '\n')}\n`);
  return `Văn Thư dùng các phần mềm sau. Mỗi phần giữ nguyên điều khoản của tác giả.\nElectron và Chromium: xem LICENSE.electron.txt và LICENSES.chromium.html.\n\n${parts.join('\n')}`;
}
