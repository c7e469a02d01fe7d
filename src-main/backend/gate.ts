import { randomBytes } from 'node:crypto';
import { calls, type Channel } from '../../src-shared/contract/index.ts';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';
import type { Handlers } from '../features/handlers.ts';
import type { Log } from '../ports/log.ts';

/**
 * The one way in: channel known → input parsed → use-case → output parsed. Never throws. A bug is logged under a reference that the
 * person can read out, and comes back as code `bug`; inputs are never logged, since a PIN may be among them.
 */
export function createGate(handlers: Partial<Handlers>, log: Log): (channel: string, input: unknown) => Promise<Result<unknown>> {
  return async (channel, input) => {
    // hasOwn: `__proto__` and `constructor` are no channels
    if (!Object.hasOwn(calls, channel)) return fail('input.invalid', { where: 'channel' });
    const known = channel as Channel;
    try {
      const parsed = calls[known].input.safeParse(input);
      if (!parsed.success) return fail('input.invalid', { where: parsed.error.issues[0]?.path.join('.') || known });
      const handler = handlers[known] as ((value: unknown) => Promise<Result<unknown>> | Result<unknown>) | undefined;
      // before anyone has signed in, a door holds the few calls that are for that
      if (handler === undefined) return fail('session.required');
      const result = await handler(parsed.data);
      return result.ok ? { ok: true, value: calls[known].output.parse(result.value) } : result;
    } catch (error) {
      if (error instanceof AppFailure) return { ok: false, error: error.error };
      const ref = randomBytes(4).toString('hex');
      log('error', 'bug', { ref, channel: known, error: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : 'thrown value' });
      return fail('bug', { ref });
    }
  };
}
