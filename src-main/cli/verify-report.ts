import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { ReportPrinter } from '../ports/printing.ts';
import type { Examination } from '../ports/verification.ts';
import { isSameFile, writeNew } from './write-output.ts';

/** Where the report of a file goes: the name that was given, or, where many files are judged, a PDF of its own for each in the folder that was given. */
export type ReportPlace = { readonly pathOf: (file: string) => string };

/** Errors: `file.unwritable`, `signing.same-file`. Makes the folder where there is none. */
export function placeReports(out: string, files: readonly string[], many: boolean): Result<ReportPlace> {
  if (!many) {
    const same = files.find((file) => isSameFile(file, out));
    return same === undefined ? ok({ pathOf: () => out }) : fail('signing.same-file', { path: out });
  }
  try {
    mkdirSync(out, { recursive: true });
  } catch {
    return fail('file.unwritable', { path: out });
  }
  if (!statSync(out).isDirectory()) return fail('file.unwritable', { path: out });
  const names = nameReports(files);
  return ok({ pathOf: (file) => join(out, names.get(file) ?? `${basename(file)}.kiem-tra.pdf`) });
}

/** Files of one name in different folders get a number each, in the order they were given. */
function nameReports(files: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const file of files) {
    const stem = basename(file).replace(/\.pdf$/i, '');
    let name = `${stem}.kiem-tra.pdf`;
    for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${stem}.kiem-tra-${number}.pdf`;
    used.add(name.toLowerCase());
    names.set(file, name);
  }
  return names;
}

export async function writeReport(print: ReportPrinter, { report, evidence }: Examination, file: string, out: string): Promise<Result<null>> {
  const about = { fileName: basename(file), sizeBytes: report.file.sizeBytes, kind: null, code: null, issuer: null, issuedDate: null, title: null, office: null, kept: null };
  return writeNew(await print(report, about, evidence), out);
}

const sliceBytes = 1024 * 1024;

/** Of the whole file, hex. */
export function hashSource(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let at = 0; at < source.sizeBytes; at += sliceBytes) hash.update(source.read(at, Math.min(sliceBytes, source.sizeBytes - at)));
  return hash.digest('hex');
}
