import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { describeError } from '../../src-shared/errors.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { Result } from '../../src-shared/result.ts';
import type { PackageFile } from './packages-open.ts';
import type { TakenPackage } from './packages-take.ts';

/**
 * Takes in files that offices carried here by hand, one after the other. A line each, or one line of JSON.
 * Answers the exit code: 0 everything has its effect, 1 some actions were refused or clash, 2 a package was not taken in.
 */
export async function importPackages(files: readonly string[], take: (file: PackageFile) => Promise<Result<TakenPackage>>, asJson: boolean, write: (text: string) => void): Promise<number> {
  let worst = 0;
  for (const file of files) {
    const taken = await takeFile(file, take);
    write(asJson ? `${JSON.stringify({ file, ...(taken.ok ? { package: taken.value.id, unit: taken.value.unit, answers: taken.value.answers } : { error: taken.error }) })}\n` : describe(file, taken));
    worst = Math.max(worst, !taken.ok ? 2 : taken.value.answers.every(({ status }) => status === 'applied') ? 0 : 1);
  }
  return worst;
}

async function takeFile(file: string, take: (file: PackageFile) => Promise<Result<TakenPackage>>): Promise<Result<TakenPackage>> {
  const size = await stat(file).then((found) => (found.isFile() ? found.size : null), () => null);
  if (size === null) return { ok: false, error: { code: 'file.unreadable', params: { path: file } } };
  return take({ sizeBytes: size, read: (start, end) => createReadStream(file, { start, end, highWaterMark: 1 << 18 }) });
}

function describe(file: string, taken: Result<TakenPackage>): string {
  if (!taken.ok) return `${file}: ${taken.error.code}: ${describeError(taken.error)} / ${describeError(taken.error, 'en')}\n`;
  const { id, unit, answers } = taken.value;
  const count = (status: CommandAnswer['status']) => answers.filter((answer) => answer.status === status).length;
  const lines = [`${file}: ${id}, ${unit}: ${answers.length} actions, ${count('applied')} applied, ${count('conflict')} in conflict, ${count('rejected')} refused, ${count('retry')} waiting`];
  for (const answer of answers) {
    if (answer.status === 'rejected') lines.push(`  ${answer.id}: ${answer.error.code}: ${describeError(answer.error)} / ${describeError(answer.error, 'en')}`);
    else if (answer.status !== 'applied') lines.push(`  ${answer.id}: ${answer.status}`);
  }
  return `${lines.join('\n')}\n`;
}
