import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../src-shared/errors.ts';
import { ok, type AppError, type Result } from '../../src-shared/result.ts';
import { openFileSource } from '../backend/file-source.ts';
import type { SigningKey } from '../ports/token.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import type { SignedDocument } from './sign-document.ts';
import { isSameFile } from './write-output.ts';

type Login = (use: (key: SigningKey) => Promise<Result<unknown>>) => Promise<ExitCode | null>;
type SignOne = (input: string, out: string, key: SigningKey) => Promise<Result<SignedDocument>>;

/**
 * Every PDF of a folder with one PIN (signing.md §4), in the order of their names, one JSON line a file. What stands signed in `out` already is
 * left as it is, so that the same command goes on after a crash; a token or PIN that gives out ends the run, a file that cannot be signed does not.
 */
export async function signFolder({ folder, out }: { readonly folder: string; readonly out: string }, terminal: Terminal, login: Login, signOne: SignOne): Promise<ExitCode> {
  const names = listPdfs(folder);
  if (names === null) return refuse(terminal, { code: 'file.unreadable', params: { path: folder } });
  const made = prepareOut(folder, out);
  if (made !== null) return refuse(terminal, made);
  const waiting = names.filter((name) => !isContinuation(join(folder, name), join(out, name)));
  for (const name of names) if (!waiting.includes(name)) terminal.out(JSON.stringify({ file: name, status: 'already' }));
  const counts = { signed: 0, failed: 0, later: 0 };
  const stop = listenForStop();
  let ended: ExitCode | null = null;
  try {
    if (waiting.length > 0) ended = await login(async (key) => {
      for (const [index, name] of waiting.entries()) {
        if (stop.asked()) return ok(null);
        const result = existsSync(join(out, name)) ? occupied(join(out, name)) : await signOne(join(folder, name), join(out, name), key);
        count(counts, result);
        terminal.out(JSON.stringify(lineOf(name, result, terminal)));
        terminal.err(`[${index + 1}/${waiting.length}] ${name}: ${result.ok ? 'đã ký' : result.error.code}`);
        if (!result.ok && result.error.code.startsWith('token.')) return result;
      }
      return ok(null);
    });
  } finally {
    stop.close();
  }
  const left = waiting.length - counts.signed - counts.failed;
  terminal.err(`${counts.signed} đã ký, ${names.length - waiting.length} đã có sẵn, ${counts.failed} không ký được, ${left} chưa tới`);
  return ended ?? (counts.failed + left > 0 ? 2 : counts.later > 0 ? 3 : 0);
}

function listPdfs(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder).filter((name) => /\.pdf$/i.test(name) && !name.startsWith('.') && statSync(join(folder, name)).isFile()).sort((a, b) => a.localeCompare(b, 'vi', { numeric: true }));
  } catch {
    // Missing, no folder, or forbidden: the path is what the person can look at.
    return null;
  }
}

function prepareOut(folder: string, out: string): AppError | null {
  try {
    mkdirSync(out, { recursive: true });
  } catch {
    return { code: 'file.unwritable', params: { path: out } };
  }
  return isSameFile(folder, out) ? { code: 'signing.same-file', params: { path: out } } : null;
}

const sliceBytes = 1024 * 1024;

/** Whether `out` is `input` and something more: then it was signed by an earlier run, since nothing half-written ever takes that name. */
function isContinuation(input: string, out: string): boolean {
  if (!existsSync(out)) return false;
  const [base, signed] = [openFileSource(input), openFileSource(out)];
  try {
    if (!base.ok || !signed.ok || signed.value.sizeBytes <= base.value.sizeBytes) return false;
    for (let at = 0; at < base.value.sizeBytes; at += sliceBytes) {
      const length = Math.min(sliceBytes, base.value.sizeBytes - at);
      if (Buffer.compare(base.value.read(at, length), signed.value.read(at, length)) !== 0) return false;
    }
    return true;
  } finally {
    if (base.ok) base.value.close();
    if (signed.ok) signed.value.close();
  }
}

function occupied(path: string): Result<never> {
  return { ok: false, error: { code: 'file.exists', params: { path } } };
}

function count(counts: { signed: number; failed: number; later: number }, result: Result<SignedDocument>): void {
  if (!result.ok) counts.failed += 1;
  else {
    counts.signed += 1;
    if (result.value.missing.length > 0) counts.later += 1;
  }
}

function lineOf(file: string, result: Result<SignedDocument>, terminal: Terminal): unknown {
  if (!result.ok) return { file, status: 'failed', code: result.error.code, message: describeError(result.error, terminal.locale) };
  const { field, level, tail, place, missing } = result.value;
  return { file, status: 'signed', field, addedBytes: tail.length, level, ...(place === null ? {} : { place }), ...(missing.length === 0 ? {} : { missing: missing.map(({ code }) => code) }) };
}

/** Ctrl+C ends the run after the file in hand; a second one ends the program. */
function listenForStop(): { readonly asked: () => boolean; readonly close: () => void } {
  let asked = false;
  const onSignal = (): void => {
    asked = true;
    process.off('SIGINT', onSignal);
  };
  process.on('SIGINT', onSignal);
  return { asked: () => asked, close: () => void process.off('SIGINT', onSignal) };
}
