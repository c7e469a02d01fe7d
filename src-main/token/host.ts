import { AppFailure, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { closeKeySession, findSlotOf, openKeySession, signWith, type KeySession } from './key-session.ts';
import { hostEnvelope, type HostRequest } from './messages.ts';
import { loadModule, toAppError, type Module } from './module.ts';
import { readTokens } from './slots.ts';

/**
 * The token host: a process of its own for one driver, so that the driver's hang or crash ends nothing else.
 * Started with the driver's path as its only argument; speaks `messages.ts` over IPC. Logs nothing.
 */
const driver = process.argv[2] ?? '';
let module: Module | null = null;
let key: KeySession | null = null;

process.on('message', (message) => {
  const { id, request } = hostEnvelope.parse(message);
  const result = answer(request);
  process.send?.({ id, result });
});
// The program that asked is gone, and so is the reason to hold the token.
// Ended without leave-taking: several vendor drivers deadlock while they are detached in an orderly exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

function answer(request: HostRequest): Result<unknown> {
  try {
    module ??= loadModule(driver);
    return ok(perform(module, request));
  } catch (error) {
    const known: AppError = toAppError(error);
    return { ok: false, error: known };
  }
}

function perform(loaded: Module, request: HostRequest): unknown {
  switch (request.op) {
    case 'list':
      return readTokens(loaded);
    case 'find': {
      const { slot, tokens } = findSlotOf(loaded, request.thumbprint);
      return { found: slot !== null, tokens };
    }
    case 'login': {
      dropKey(loaded);
      try {
        const opened = openKeySession(loaded, request.thumbprint, request.pin);
        key = opened.key;
        return opened.answer;
      } finally {
        request.pin.fill(0);
      }
    }
    case 'sign':
      // The login was in an earlier process, which is dead.
      if (key === null) throw new AppFailure('token.host-died');
      return { signature: signWith(loaded, key, request.data) };
    case 'logout':
      dropKey(loaded);
      return {};
  }
}

function dropKey(loaded: Module): void {
  if (key === null) return;
  const old = key;
  key = null;
  closeKeySession(loaded, old);
}
