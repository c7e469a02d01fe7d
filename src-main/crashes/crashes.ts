import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crash, type Crash } from '../../src-shared/domain/crash.ts';

export const crashFileName = 'crashes.jsonl';

/** Some hundred falls; of more than that the last half is kept. */
const mostBytes = 64 * 1024;

/** Writes it down beside the profile, at once: whoever falls has no later. It never throws, since it is called where something else has just gone wrong. */
export function noteCrash(rootDir: string, one: Crash): void {
  const file = join(rootDir, crashFileName);
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes) {
      const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
      writeFileSync(file, `${lines.slice(Math.ceil(lines.length / 2)).join('\n')}\n`, { mode: 0o600 });
    }
    appendFileSync(file, `${JSON.stringify(one)}\n`, { mode: 0o600 });
  } catch (error) {
    console.error('a crash could not be written down', error instanceof Error && 'code' in error ? error.code : '');
  }
}

/** Null where the file is there and cannot be read. A line that was cut in its middle, or is of a newer program, is left out. */
export function readCrashes(rootDir: string): readonly Crash[] | null {
  const file = join(rootDir, crashFileName);
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return [];
    return readFileSync(file, 'utf8').split('\n').flatMap((line) => {
      const read = readLine(line);
      return read === null ? [] : [read];
    });
  } catch {
    // a disk that does not say: the finding says that it is unknown
    return null;
  }
}

function readLine(line: string): Crash | null {
  if (line === '') return null;
  try {
    return crash.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** An error's name and the places of its stack: no message, no folder and no name of a function that was made of data. */
export function describeFall(error: unknown): Pick<Crash, 'reason' | 'where'> {
  if (!(error instanceof Error)) return { reason: typeof error, where: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const where = frames.flatMap((line) => /([\w.-]{1,80}:\d{1,7}:\d{1,7})\)?$/.exec(line)?.[1] ?? []).slice(0, 12);
  return { reason: /^\w{1,60}$/.test(error.name) ? error.name : 'Error', where };
}

/** From now on whatever this process ends of is written down before it ends as it would have. */
export function watchOwnFall(rootDir: string, part: Crash['part'], version: string): void {
  process.on('uncaughtExceptionMonitor', (error) => noteCrash(rootDir, { at: new Date().toISOString(), part, exitCode: null, version, ...describeFall(error) }));
}
