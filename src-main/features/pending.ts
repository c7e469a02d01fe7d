import { fail, ok } from '../../src-shared/result.ts';
import { defaultLinePolicy } from '../../src-shared/contract/line.ts';
import type { DeskHandlers } from './handlers.ts';

/** Until each has its own room. */
export const pendingHandlers: Pick<DeskHandlers, 'line.policy' | 'line.setPolicy' | 'line.usage' | 'line.fetch'> = {
  'line.policy': () => ok(defaultLinePolicy),
  'line.setPolicy': (policy) => ok(policy),
  'line.usage': () => ok({ days: [] }),
  'line.fetch': () => fail('not-found', { what: 'document' }),
};
