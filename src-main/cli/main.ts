#!/usr/bin/env node
import { readCommand } from './arguments.ts';
import { help } from './help.ts';
import { createTerminal, refuse, type ExitCode } from './output.ts';
import { signFile } from './sign.ts';
import { listTokens } from './token-list.ts';
import { verifyFile } from './verify.ts';

/** `van-thu`: the backend's rooms without a window. */
process.exitCode = await run(process.argv.slice(2));

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
