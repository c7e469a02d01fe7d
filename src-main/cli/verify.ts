import { describeError } from '../../src-shared/errors.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { createRevocationClient } from '../authorities/revocation-client.ts';
import { openFileSource, type FileSource } from '../backend/file-source.ts';
import { version } from '../backend/version.ts';
import type { Examination, VerifyOptions } from '../ports/verification.ts';
import { createVerifier } from '../verification/verifier.ts';
import { askEvidence, askNobody } from './ask-evidence.ts';
import { readTrust } from './certificates.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
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
};

/** 0 only when every file is `valid` or `valid-extended`; 1 when a report says anything else; 2 when a file has no report. */
export async function verifyFiles(options: VerifyFileOptions, terminal: Terminal): Promise<ExitCode> {
  const trusted = readTrust(options.trust);
  if (!trusted.ok) return refuse(terminal, trusted.error);
  const targets = listTargets(options.paths);
  if (!targets.ok) return refuse(terminal, targets.error);
  const { files, many } = targets.value;
  const asksNobody = options.offline || options.at !== null;
  const verifier = createVerifier({ program: version });
  const how: Omit<VerifyOptions, 'now'> = { ...trusted.value, evidence: asksNobody ? askNobody : askEvidence(createRevocationClient({ proxyUrl: options.proxyUrl })), extent: asksNobody ? 'offline' : 'full' };
  const counts = { good: 0, bad: 0, failed: 0 };
  for (const [index, file] of files.entries()) {
    const result = await withSource(file, (source) => verifier.examine(options.password === null ? source : { ...source, password: options.password }, { ...how, now: options.at ?? new Date() }));
    if (!result.ok) counts.failed += 1;
    else if (isGood(result.value.report)) counts.good += 1;
    else counts.bad += 1;
    if (many) {
      say(file, result, options.json, terminal);
      terminal.err(`[${index + 1}/${files.length}] ${file}: ${result.ok ? result.value.report.verdict : result.error.code}`);
    } else if (result.ok) terminal.out(options.json ? JSON.stringify(toJson(result.value.report), null, 2) : describeReport(result.value.report));
    else return refuse(terminal, result.error);
  }
  if (many) terminal.err(`${counts.good} hợp lệ, ${counts.bad} không hợp lệ hoặc không kết luận được, ${counts.failed} không đọc được`);
  return counts.failed > 0 ? 2 : counts.bad > 0 ? 1 : 0;
}

/** One JSON line a file, or its name above its paragraph. */
function say(file: string, result: Result<Examination>, json: boolean, terminal: Terminal): void {
  if (json) terminal.out(JSON.stringify(result.ok ? { file, ...toJson(result.value.report) } : { file, error: wordsOf(result.error, terminal) }));
  else terminal.out(`${file}: ${result.ok ? describeReport(result.value.report) : `${result.error.code}: ${describeError(result.error, terminal.locale)}`}\n`);
}

function wordsOf(error: AppError, terminal: Terminal): object {
  return { code: error.code, message: describeError(error, terminal.locale) };
}

function isGood({ verdict }: VerificationReport): boolean {
  return verdict === 'valid' || verdict === 'valid-extended';
}

async function withSource(path: string, use: (source: FileSource) => Promise<Examination>): Promise<Result<Examination>> {
  const source = openFileSource(path);
  if (!source.ok) return source;
  try {
    if (source.value.sizeBytes === 0) return fail('file.empty');
    if (!isPdf(source.value)) return fail('pdf.not-pdf');
    return ok(await use(source.value));
  } finally {
    source.value.close();
  }
}

/** ISO 32000-2 7.5.2 note 2: readers accept the header within the first 1,024 bytes. */
function isPdf(source: FileSource): boolean {
  return Buffer.from(source.read(0, 1024)).includes('%PDF-');
}
