#!/usr/bin/env node
import { AppFailure, type AppError } from '../../src-shared/result.ts';
import { readCommand } from './arguments.ts';
import { help } from './help.ts';
import { createTerminal, refuse, type ExitCode, type Terminal } from './output.ts';
import { takeSecrets } from './secrets.ts';

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

/** Each command brings its own rooms when it is given: help and a wrong word wait for none of them. */
async function run(argv: readonly string[]): Promise<ExitCode> {
  const terminal = createTerminal(process.env);
  const command = readCommand(argv);
  if (!command.ok) return refuse(terminal, command.error);
  switch (command.value.name) {
    case 'help':
      terminal.out(help);
      return 0;
    case 'package help':
      terminal.out((await import('./package-arguments.ts')).packageHelp);
      return 0;
    case 'package make':
      return (await import('./package.ts')).makePackage(command.value.options, process.env, terminal);
    case 'package show':
      return (await import('./package.ts')).showPackage(command.value.options, terminal);
    case 'package carry':
      return (await import('./package.ts')).carry(command.value.options, process.env, terminal);
    case 'backup help':
      terminal.out((await import('./backup-arguments.ts')).backupHelp);
      return 0;
    case 'backup make':
    case 'backup list':
    case 'backup check':
    case 'backup preview':
    case 'backup restore':
    case 'backup put-back':
    case 'recovery new':
    case 'export':
      return (await import('./backup.ts')).runBackup(command.value, process.env, terminal);
    case 'token list':
      return (await import('./token-list.ts')).listTokens(command.value.options, terminal);
    case 'sign': {
      const { options, secrets } = command.value;
      const taken = takeSecrets(secrets, process.env);
      return taken.ok ? (await import('./sign.ts')).sign({ ...options, ...taken.value }, terminal) : refuseUnset(terminal, taken.error);
    }
    case 'augment': {
      const taken = takeSecrets(command.value.secrets, process.env);
      return taken.ok ? (await import('./augment.ts')).augmentFile({ ...command.value.options, password: taken.value.password }, terminal) : refuseUnset(terminal, taken.error);
    }
    case 'check':
      return (await import('./check.ts')).checkDesk(command.value.options, process.env, terminal);
    case 'doctor':
      return (await import('./doctor.ts')).doctor(command.value.options, terminal);
    case 'audit verify':
      return (await import('./audit-verify.ts')).verifyAuditFile(command.value.options, terminal);
    case 'repair':
      return (await import('./repair.ts')).repairFile(command.value.options, terminal);
    case 'verify': {
      const taken = takeSecrets(command.value.secrets, process.env);
      return taken.ok ? (await import('./verify.ts')).verifyFiles({ ...command.value.options, password: taken.value.password }, terminal) : refuseUnset(terminal, taken.error);
    }
  }
}

function refuseUnset(terminal: Terminal, error: AppError): ExitCode {
  return refuse(terminal, error, 'biến môi trường này chưa có giá trị');
}
