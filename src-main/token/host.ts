import { ok, type Result } from '../../src-shared/result.ts';
import { openDriver, toAppError, type HostDriver } from './host-driver.ts';
import { hostEnvelope, hostIsReady, type HostRequest } from './messages.ts';

/**
 * The token host: a process of its own for one driver, so that the driver's hang or crash ends nothing else.
 * Started with the driver's path as its only argument; speaks `messages.ts` over IPC, one request at a time. Logs nothing.
 */
const path = process.argv[2] ?? '';
let driver: HostDriver | null = null;

process.on('message', (message) => {
  const { id, request } = hostEnvelope.parse(message);
  process.send?.({ id, result: answer(request) });
});
// The program that asked is gone, and so is the reason to hold the token.
// Ended without leave-taking: several vendor drivers deadlock while they are detached in an orderly exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.(hostIsReady);

function answer(request: HostRequest): Result<unknown> {
  try {
    driver ??= openDriver(path);
    return ok(driver.perform(request));
  } catch (error) {
    return { ok: false, error: toAppError(error) };
  }
}
