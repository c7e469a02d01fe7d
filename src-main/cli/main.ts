#!/usr/bin/env node
import { AppFailure } from '../../src-shared/result.ts';
import { readCommand } from './arguments.ts';
import { help } from './help.ts';
import { createTerminal, refuse, type ExitCode } from './output.ts';
import { signFile } from './sign.ts';
import { listTokens } from './token-list.ts';
import { verifyFile } from './verify.ts';

/** `van-thu`: the backend's rooms without a window. */
process.exitCode = await runSafely(process.argv.slice(2));

/** Node ends an unforeseen error with 1, which here means "not valid": that must never be said of a file nobody judged. */
async function runSafely(argv: readonly string[]): Promise<ExitCode> {
  try {
    return await run(argv);
  } catch (error) {
    const terminal = createTerminal(process.env);
    if (error instanceof AppFailure) return refuse(terminal, error.error);
    return refuse(terminal, { code: 'bug', params: { ref: 'cli' } }, error instanceof Error ? error.stack : String(error));
  }
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const terminal = createTerminal(process.env);
  const command = readCommand(argv);
  if (!command.ok) return refuse(terminal, command.error);
  switch (command.value.name) {
    case 'help':
      terminal.out(help);
      return 0;
    case 'token list':
      return listTokens(command.value.options, terminal);
    case 'sign': {
      const pin = takePin(command.value.pinVariable);
      if (pin === null) return refuse(terminal, { code: 'cli.usage', params: { what: `--pin-env ${command.value.pinVariable}` } }, 'biến môi trường này chưa có giá trị');
      return signFile({ ...command.value.options, pin }, terminal);
    }
    case 'verify':
      return verifyFile(command.value.options, terminal);
  }
}

/** Taken out of the environment, so that no driver's process inherits the PIN. */
function takePin(variable: string): string | null {
  const pin = process.env[variable];
  delete process.env[variable];
  return pin === undefined || pin === '' ? null : pin;
}
