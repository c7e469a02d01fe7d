import { fail, ok } from '../../src-shared/result.ts';
import { defaultLinePolicy } from '../../src-shared/contract/line.ts';
import type { DeskHandlers } from './handlers.ts';

/** Until each has its own room. */
export const pendingHandlers: Pick<DeskHandlers, 'conflicts.list' | 'conflicts.keepMine' | 'conflicts.keepBoth' | 'conflicts.accept' | 'line.policy' | 'line.setPolicy' | 'line.usage' | 'line.fetch'> = {
  'conflicts.list': () => ok({ conflicts: [] }),
  'conflicts.keepMine': () => fail('not-found', { what: 'conflict' }),
  'conflicts.keepBoth': () => fail('not-found', { what: 'conflict' }),
  'conflicts.accept': () => fail('not-found', { what: 'conflict' }),
  'line.policy': () => ok(defaultLinePolicy),
  'line.setPolicy': (policy) => ok(policy),
  'line.usage': () => ok({ days: [] }),
  'line.fetch': () => fail('not-found', { what: 'document' }),
};
