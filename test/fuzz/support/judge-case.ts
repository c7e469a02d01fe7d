import { createHash } from 'node:crypto';
import { attempt, dictOf, entryOf, openPdf, referencesIn, type PdfFile, type PdfObject } from '../../../src-main/pdf/index.ts';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import { inspectDocument } from '../../../src-main/signing/inspect.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import type { SignatureReport, VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Seed, Seeds } from './seeds.ts';

/** For one file. It takes a hundredth of that. */
const limitMs = 5_000;
const good: ReadonlySet<SignatureReport['verdict']> = new Set(['valid', 'valid-extended', 'changed']);

export type Judge = {
  /** Null when all is as it should be; else what is not. `original`: what the bytes were made of, where they were made of something. */
  readonly check: (bytes: Buffer, original: Seed | null) => Promise<string | null>;
  /** How many files were judged how. */
  readonly verdicts: ReadonlyMap<string, number>;
};

/** What was signed, byte for byte, in every file of a run: nothing else may ever be good. */
export function createJudge({ files, anchor }: Seeds): Judge {
  const verifier = createVerifier();
  const signed = new Set(files.flatMap(({ bytes }) => rangesOf(bytes).map((range) => digestOf(bytes, range))));
  const looks = new Map<Seed, readonly string[] | null>();
  const verdicts = new Map<string, number>();

  async function check(bytes: Buffer, original: Seed | null): Promise<string | null> {
    const source: ByteSource = original === null || original.password === null ? bytesSource(bytes) : { ...bytesSource(bytes), password: original.password };
    const before = createHash('sha256').update(bytes).digest('hex');
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const report = await verifier.verify(source, { anchors: [anchor], intermediates: [], now: new Date() });
    inspectDocument(source);
    const spent = process.cpuUsage(cpu);
    const took = Math.min(performance.now() - startedAt, (spent.user + spent.system) / 1000);
    verdicts.set(report.verdict, (verdicts.get(report.verdict) ?? 0) + 1);
    if (took > limitMs) return `took ${Math.round(took)} ms`;
    if (createHash('sha256').update(bytes).digest('hex') !== before) return 'the input was written to';
    if (report.problems.some(({ code }) => code === 'verifier.fault')) return 'verifier.fault';
    return unsound(bytes, report, signed) ?? (original === null ? null : afterwards(bytes, original, report));
  }

  /** What an appended part may be read as. */
  function afterwards(bytes: Buffer, original: Seed, report: VerificationReport): string | null {
    if (bytes.length <= original.bytes.length || !bytes.subarray(0, original.bytes.length).equals(original.bytes)) return null;
    const isBlank = bytes.subarray(original.bytes.length).every((byte) => [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20].includes(byte));
    for (const each of report.signatures) {
      if (each.signedBytes === null || each.signedBytes > original.bytes.length || !good.has(each.verdict)) continue;
      if (each.coverage === 'whole-file') return `${each.field} covers the whole file, of which ${bytes.length - original.bytes.length} bytes were appended`;
      if (each.verdict === 'valid' && !isBlank) return `${each.field} is valid as if nothing had been appended`;
    }
    // A page that says something else than it said is never merely extended
    const isGood = report.signatures.some(({ verdict, signedBytes }) => (verdict === 'valid' || verdict === 'valid-extended') && (signedBytes ?? Infinity) <= original.bytes.length);
    if (!isGood || isBlank) return null;
    const was = looks.get(original) ?? lookOf(original.bytes, original.password);
    looks.set(original, was);
    const is = lookOf(bytes, original.password);
    return was !== null && (is === null || is.join() !== was.join()) ? `${report.verdict}, and the pages are not what they were` : null;
  }

  return { check, verdicts };
}

/** A good signature is over bytes that somebody signed, and over no other. */
function unsound(bytes: Buffer, report: VerificationReport, signed: ReadonlySet<string>): string | null {
  for (const each of report.signatures) {
    if (!good.has(each.verdict)) continue;
    const ranges = rangesOf(bytes).filter(({ gapEnd, length }) => gapEnd + length === each.signedBytes);
    if (!ranges.some((range) => signed.has(digestOf(bytes, range)))) return `${each.field} is ${each.verdict} over bytes that nobody signed`;
  }
  const isGood = report.verdict === 'valid' || report.verdict === 'valid-extended' || report.verdict === 'changed';
  return isGood && (report.signatures.length === 0 || report.signatures.some(({ verdict }) => !good.has(verdict))) ? `the file is ${report.verdict}, not so its signatures` : null;
}

type Range = { readonly gapStart: number; readonly gapEnd: number; readonly length: number };

/** Every /ByteRange that the bytes show, however it came there. */
function rangesOf(bytes: Buffer): readonly Range[] {
  return [...bytes.toString('latin1').matchAll(/\[\s*0+\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*\]/g)].map((match) => ({ gapStart: Number(match[1]), gapEnd: Number(match[2]), length: Number(match[3]) }));
}

function digestOf(bytes: Buffer, { gapStart, gapEnd, length }: Range): string {
  return createHash('sha256').update(bytes.subarray(0, gapStart)).update(`|${gapStart} ${gapEnd} ${length}|`).update(bytes.subarray(gapEnd, gapEnd + length)).digest('hex');
}

const shown = ['Contents', 'Resources', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit'] as const;
const maxObjects = 500;

/** A digest of what each page draws by itself, its annotations aside; null when it cannot be read. */
function lookOf(bytes: Buffer, password: string | null): readonly string[] | null {
  const opened = openPdf(password === null ? bytesSource(bytes) : { ...bytesSource(bytes), password });
  if (!opened.ok) return null;
  const file = opened.value;
  const looks = attempt(() => Array.from({ length: Math.min(file.pageCount, 50) }, (_, index) => {
    const page = file.findPage(index);
    if (page === null) return 'none';
    const hash = createHash('sha256').update(JSON.stringify([page.mediaBox, page.cropBox, page.rotate, page.userUnit]));
    for (const key of shown) hash.update(`/${key}`).update(digestDeep(file, entryOf(page.dict, key)));
    return hash.digest('hex');
  }));
  return looks.ok ? [String(file.pageCount), ...looks.value] : null;
}

function digestDeep(file: PdfFile, object: PdfObject): Buffer {
  const hash = createHash('sha256');
  const seen = new Set<number>();
  const open: PdfObject[] = [object];
  for (let each = open.pop(); each !== undefined && seen.size < maxObjects; each = open.pop()) {
    hash.update(JSON.stringify(each, (key, value: unknown) => (value instanceof Map ? [...value] : key === 'span' || key === 'start' ? undefined : value)));
    if (each.kind === 'stream') hash.update(file.readRaw(each));
    referencesIn(each.kind === 'stream' ? (dictOf(each) ?? each) : each, (num) => {
      if (seen.has(num)) return;
      seen.add(num);
      open.push(file.readObject(num));
    });
  }
  return hash.digest();
}
