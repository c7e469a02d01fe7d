import { describeError } from '../../src-shared/errors.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { createRevocationClient } from '../authorities/revocation-client.ts';
import { openFileSource, type FileSource } from '../backend/file-source.ts';
import { version } from '../backend/version.ts';
import type { ReportPrinter } from '../ports/printing.ts';
import type { Examination, VerifyOptions } from '../ports/verification.ts';
import { createLook } from '../verification/look/look.ts';
import { createVerifier } from '../verification/verifier.ts';
import { askEvidence, askNobody } from './ask-evidence.ts';
import { readTrust } from './certificates.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { hashSource, placeReports, writeReport, type ReportPlace } from './verify-report.ts';
import { listTargets } from './verify-targets.ts';
import { describeReport, toJson } from './verify-words.ts';

export type VerifyFileOptions = {
  /** Files, and folders with all that is below them. */
  readonly paths: readonly string[];
  readonly trust: readonly string[];
  readonly json: boolean;
  readonly password: string | null;
  /** The moment to judge at; null: now. What authorities say today was not known then, so nobody is asked. */
  readonly at: Date | null;
  readonly offline: boolean;
  readonly proxyUrl: string;
  /** Pages are drawn and compared. */
  readonly look: boolean;
  /** Where the printable report goes; null: none. */
  readonly report: string | null;
};

type Examine = (file: string) => Promise<Result<Examination>>;

/** 0 only when every file is `valid` or `valid-extended`; 1 when a report says anything else; 2 when a file has no report. */
export async function verifyFiles(options: VerifyFileOptions, terminal: Terminal): Promise<ExitCode> {
  const trusted = readTrust(options.trust);
  if (!trusted.ok) return refuse(terminal, trusted.error);
  const targets = listTargets(options.paths);
  if (!targets.ok) return refuse(terminal, targets.error);
  const { files, many } = targets.value;
  const place = options.report === null ? ok(null) : placeReports(options.report, files, many);
  if (!place.ok) return refuse(terminal, place.error);
  const look = options.look ? createLook() : null;
  try {
    const examine = createExamine(options, { ...trusted.value, ...(look === null ? {} : { look }) }, place.value === null ? null : { place: place.value, print: await loadPrinter() });
    return many ? await judgeMany(files, examine, options, terminal) : await judgeOne(files[0]!, examine, options, terminal);
  } finally {
    await look?.close();
  }
}

/** Loaded where it is asked for: making paper costs more to load than judging does. */
async function loadPrinter(): Promise<ReportPrinter> {
  return (await import('../print/report.ts')).createReportPrinter();
}

async function judgeOne(file: string, examine: Examine, { json }: VerifyFileOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await examine(file);
  if (!result.ok) return refuse(terminal, result.error);
  const { report } = result.value;
  terminal.out(json ? JSON.stringify(toJson(report), null, 2) : describeReport(report));
  return isGood(report) ? 0 : 1;
}

/** One JSON line a file, or its name above its paragraph; how far it is goes to stderr. */
async function judgeMany(files: readonly string[], examine: Examine, { json }: VerifyFileOptions, terminal: Terminal): Promise<ExitCode> {
  const counts = { good: 0, bad: 0, failed: 0 };
  for (const [index, file] of files.entries()) {
    const result = await examine(file);
    counts[!result.ok ? 'failed' : isGood(result.value.report) ? 'good' : 'bad'] += 1;
    if (json) terminal.out(JSON.stringify(result.ok ? { file, ...toJson(result.value.report) } : { file, error: wordsOf(result.error, terminal) }));
    else terminal.out(`${file}: ${result.ok ? describeReport(result.value.report) : `${result.error.code}: ${describeError(result.error, terminal.locale)}`}\n`);
    terminal.err(`[${index + 1}/${files.length}] ${file}: ${result.ok ? result.value.report.verdict : result.error.code}`);
  }
  terminal.err(`${counts.good} hợp lệ, ${counts.bad} không hợp lệ hoặc không kết luận được, ${counts.failed} không đọc được`);
  return counts.failed > 0 ? 2 : counts.bad > 0 ? 1 : 0;
}

function wordsOf(error: AppError, terminal: Terminal): object {
  return { code: error.code, message: describeError(error, terminal.locale) };
}

function isGood({ verdict }: VerificationReport): boolean {
  return verdict === 'valid' || verdict === 'valid-extended';
}

function createExamine(options: VerifyFileOptions, known: Pick<VerifyOptions, 'anchors' | 'intermediates' | 'look'>, printed: { readonly place: ReportPlace; readonly print: ReportPrinter } | null): Examine {
  const asksNobody = options.offline || options.at !== null;
  const verifier = createVerifier({ program: version });
  const how: Omit<VerifyOptions, 'now'> = { ...known, evidence: asksNobody ? askNobody : askEvidence(createRevocationClient({ proxyUrl: options.proxyUrl })), extent: asksNobody ? 'offline' : 'full' };
  return async (file) => {
    const source = openFileSource(file);
    if (!source.ok) return source;
    try {
      if (source.value.sizeBytes === 0) return fail('file.empty');
      if (!isPdf(source.value)) return fail('pdf.not-pdf');
      const bytes = options.password === null ? source.value : { ...source.value, password: options.password };
      const examination = await verifier.examine(bytes, { ...how, now: options.at ?? new Date(), ...(printed === null ? {} : { sha256: hashSource(source.value) }) });
      const written = printed === null ? ok(null) : await writeReport(printed.print, examination, file, printed.place.pathOf(file));
      return written.ok ? ok(examination) : written;
    } finally {
      source.value.close();
    }
  };
}

/** ISO 32000-2 7.5.2 note 2: readers accept the header within the first 1,024 bytes. */
function isPdf(source: FileSource): boolean {
  return Buffer.from(source.read(0, 1024)).includes('%PDF-');
}
