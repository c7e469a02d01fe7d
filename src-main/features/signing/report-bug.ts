import { randomBytes } from 'node:crypto';
import type { DeskContext } from '../context.ts';

/** What was thrown where nobody waits for an answer: logged under a reference that the person can read out. */
export function reportBug({ log }: Pick<DeskContext, 'log'>, channel: string, error: unknown): string {
  const ref = randomBytes(4).toString('hex');
  log('error', 'bug', { ref, channel, error: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : 'thrown value' });
  return ref;
}
