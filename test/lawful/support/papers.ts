import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRandomFile } from '../../generator/make-file.ts';
import type { FileSpec } from '../../generator/spec.ts';

/** A document before anybody signs it. */
export type Paper = { readonly name: string; readonly bytes: Uint8Array; readonly password: string | null };

const folder = new URL('../../fixtures/pdf/', import.meta.url);
const passwords: Readonly<Record<string, string>> = { 'giay-moi-encrypted-password.pdf': 'mat-khau' };

export function readPaper(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

/** As LibreOffice, Chromium, Ghostscript and qpdf wrote them: plain, linearised, with object streams, encrypted. */
export function officePapers(): readonly Paper[] {
  return readdirSync(folder).filter((name) => name.endsWith('.pdf')).sort().map((name) => ({ name, bytes: readPaper(name), password: passwords[name] ?? null }));
}

/** Nothing but what is told: a plain table on one page. */
const plain: Partial<FileSpec> = {
  form: 'table', revisions: 1, mixedForms: false, encryption: 'none', hasUserPassword: false, spacing: 'plain', oddSpelling: false, pages: 2, treeDepth: 2, rotate: 0, userUnit: 1, cropBox: false, acroForm: 'none', indirectFields: false,
  emptySignatureField: false, annots: 'none', oddGenerations: false, frees: false, indirectLengths: false, tagged: false, ending: '\n',
} as Partial<FileSpec>;

const forms: Readonly<Record<string, Partial<FileSpec>>> = {
  'a table': {}, 'a stream': { form: 'stream' }, 'object streams': { form: 'object-streams' }, 'a hybrid': { form: 'hybrid' }, 'linearised with a table': { form: 'linearized-table' }, 'linearised with a stream': { form: 'linearized-stream' },
  'three revisions': { revisions: 3 }, 'four revisions of both forms': { revisions: 4, mixedForms: true }, 'objects freed and taken again': { revisions: 3, frees: true, oddGenerations: true },
  'RC4': { encryption: 'rc4-128' }, 'AES-128': { encryption: 'aes-128', form: 'stream' }, 'AES-256': { encryption: 'aes-256', form: 'object-streams' }, 'AES-256 with a password': { encryption: 'aes-256', hasUserPassword: true },
  'tagged': { tagged: true }, 'tagged in object streams': { tagged: true, form: 'object-streams', revisions: 2 }, 'turned by 90': { rotate: 90 }, 'turned by 270 and cropped': { rotate: 270, cropBox: true }, 'upside down in units of 2': { rotate: 180, userUnit: 2 },
  'a form of its own': { acroForm: 'direct', annots: 'direct' }, 'an indirect form with lists of their own': { acroForm: 'indirect', indirectFields: true, annots: 'indirect' }, 'seven pages deep in a tree': { pages: 7, treeDepth: 4, inheritsBoxes: true, inheritsRotate: true },
  'lengths of their own and white space': { indirectLengths: true, oddSpelling: true, ending: ' \r\n\t\n' },
};

/** Each form that a file may have by the standard, by the generator of the tests. */
export function generatedPapers(): readonly Paper[] {
  return Object.entries(forms).map(([name, spec], i) => {
    const { bytes, password } = makeRandomFile(7000 + i, { ...plain, ...spec });
    return { name, bytes: Uint8Array.from(bytes), password };
  });
}

/** One letter, put into other forms by qpdf, and into PDF/A by Ghostscript. */
export function convertedPapers(dir: string): readonly Paper[] {
  const work = join(dir, 'papers');
  mkdirSync(work);
  const letter = join(folder.pathname, 'cong-van-xa.pdf');
  const made = (name: string, command: string, ...words: readonly string[]): Paper => {
    const output = join(work, `${name.replace(/\W+/g, '-')}.pdf`);
    execFileSync(command, words.map((word) => (word === 'OUT' ? output : word.replace('=OUT', `=${output}`))), { stdio: 'pipe' });
    return { name, bytes: new Uint8Array(readFileSync(output)), password: null };
  };
  return [
    made('by qpdf, object streams', 'qpdf', '--object-streams=generate', letter, 'OUT'),
    made('by qpdf, linearised', 'qpdf', '--linearize', letter, 'OUT'),
    made('by qpdf, plain to read', 'qpdf', '--qdf', letter, 'OUT'),
    made('by qpdf, AES-256 for its owner', 'qpdf', '--encrypt', '', 'chu-so-huu', '256', '--', letter, 'OUT'),
    made('by qpdf, RC4 for its owner', 'qpdf', '--allow-weak-crypto', '--encrypt', '', 'chu-so-huu', '128', '--', letter, 'OUT'),
    made('by mutool, cleaned', 'mutool', 'clean', '-gggz', letter, 'OUT'),
    made('by Ghostscript, PDF/A-2', 'gs', '-q', '-dBATCH', '-dNOPAUSE', '-dPDFA=2', '-dPDFACompatibilityPolicy=1', '-sColorConversionStrategy=RGB', '-sDEVICE=pdfwrite', '-sOutputFile=OUT', letter),
  ];
}
