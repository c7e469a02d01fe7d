import { describeError } from '../../src-shared/errors.ts';
import type { AppError } from '../../src-shared/result.ts';

/** 0 done or valid · 1 not valid · 2 cannot · 3 done, but the level that was asked for is not reached yet. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly locale: 'vi' | 'en';
};

export function createTerminal(env: NodeJS.ProcessEnv): Terminal {
  const language = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    locale: language.startsWith('en') ? 'en' : 'vi',
  };
}

/** "code: sentence" on stderr, then what helps to go on. */
export function refuse(terminal: Terminal, error: AppError, hint?: string): 2 {
  terminal.err(`${error.code}: ${describeError(error, terminal.locale)}`);
  if (hint !== undefined) terminal.err(`  ${hint}`);
  return 2;
}

export function quoteAll(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map((name) => `“${name}”`).join(', ');
}
