import { describeCheck, judgeMachine } from '../../../src-shared/domain/diagnosis.ts';
import { ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { readPolicy } from '../signing/policy.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { gatherFacts } from './facts.ts';

type DiagnosticsHandlers = Pick<Handlers, Extract<keyof Handlers, `diagnostics.${string}`>>;

export function diagnosticsHandlers(context: DeskContext): DiagnosticsHandlers {
  return {
    'diagnostics.look': async () => {
      const { pending, problems, conflicts } = context.sync.status();
      const facts = await gatherFacts({ ...context, proxy: readPolicy(context).proxyUrl !== '', work: { waiting: pending, problems, conflicts } });
      const checks = judgeMachine(facts).map((check) => ({ id: check.id, state: check.state, words: { vi: describeCheck(check, 'vi'), en: describeCheck(check, 'en') } }));
      return ok({ checks, bundle: { fileName: `van-thu-kiem-tra-may-${vietnamDate(context.now())}.json`, text: `${JSON.stringify({ checks: checks.map(({ id, state }) => ({ id, state })), facts }, null, 2)}\n` } });
    },
  };
}
