import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeError } from '../../src-shared/errors.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { Result } from '../../src-shared/result.ts';
import { takePackage, type PackageParts, type TakenPackage } from './packages-take.ts';

export const importUsage = `van-thu-server import FILE… [--json] [--help]

Takes in packages that offices carried here by hand. What they hold acts as its author, as if it had come by line; the same package
again, or what came by line in the meantime, changes nothing. May run beside the server, over the same database and content.
  --json   one line of JSON a file
  --help   this text
Exit: 0 everything has its effect, 1 some actions were refused or clash, 2 a package was not taken in
`;

/**
 * `van-thu-server import`. `open` gives what the server is made of, and is called only when there is something to take in; it is closed at the end.
 * Answers the exit code.
 */
export async function runImport(argv: readonly string[], open: () => Promise<PackageParts & { readonly close: () => Promise<void> }>, write: (text: string) => void): Promise<number> {
  let files: readonly string[];
  let asJson: boolean;
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help === true) {
      write(importUsage);
      return 0;
    }
    files = positionals;
    asJson = values.json === true;
  } catch (error) {
    write(`${error instanceof Error ? error.message : ''}\n\n${importUsage}`);
    return 2;
  }
  if (files.length === 0) {
    write(importUsage);
    return 2;
  }
  const parts = await open();
  try {
    let worst = 0;
    for (const file of files) {
      const taken = await takeFile(parts, file);
      write(asJson ? `${JSON.stringify({ file, ...(taken.ok ? { package: taken.value.id, unit: taken.value.unit, answers: taken.value.answers } : { error: taken.error }) })}\n` : describe(file, taken));
      worst = Math.max(worst, !taken.ok ? 2 : taken.value.answers.every(({ status }) => status === 'applied') ? 0 : 1);
    }
    return worst;
  } finally {
    await parts.close();
  }
}

async function takeFile(parts: PackageParts, file: string): Promise<Result<TakenPackage>> {
  const size = await stat(file).then((found) => (found.isFile() ? found.size : null), () => null);
  if (size === null) return { ok: false, error: { code: 'file.unreadable', params: { path: file } } };
  return takePackage(parts, { sizeBytes: size, read: (start, end) => createReadStream(file, { start, end, highWaterMark: 1 << 18 }) }, null);
}

function describe(file: string, taken: Result<TakenPackage>): string {
  if (!taken.ok) return `${file}: ${taken.error.code}: ${describeError(taken.error, 'en')}\n`;
  const { id, unit, answers } = taken.value;
  const count = (status: CommandAnswer['status']) => answers.filter((answer) => answer.status === status).length;
  const lines = [`${file}: package ${id} of ${unit}: ${answers.length} actions, ${count('applied')} applied, ${count('conflict')} in conflict, ${count('rejected')} refused, ${count('retry')} waiting`];
  for (const answer of answers) {
    if (answer.status === 'rejected') lines.push(`  ${answer.id}: ${answer.error.code}: ${describeError(answer.error, 'en')}`);
    else if (answer.status !== 'applied') lines.push(`  ${answer.id}: ${answer.status}`);
  }
  return `${lines.join('\n')}\n`;
}
