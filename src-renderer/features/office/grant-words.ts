import { holdsOn } from '../../../src-shared/domain/records/grants.ts';
import type { Output } from '../../../src-shared/contract/index.ts';

export type GrantRow = Output<'grants.list'>['grants'][number];

/** Whether it is in force on that day, is still to come, or is over. */
export function standingOf({ firstDay, lastDay }: Pick<GrantRow, 'firstDay' | 'lastDay'>, today: string): 'now' | 'later' | 'over' {
  return today < firstDay ? 'later' : today > lastDay ? 'over' : 'now';
}

/** What ending it with that day means, by the rule that every deed done by it is asked. */
export function endMeans({ firstDay }: Pick<GrantRow, 'firstDay'>, lastDay: string, today: string): 'never' | 'now' | 'day' {
  // a last day is of it, so an end that is still to come leaves it in force until then
  if (lastDay >= today && holdsOn({ firstDay, lastDay }, lastDay)) return 'day';
  return firstDay > today ? 'never' : 'now';
}

const order = { now: 0, later: 1, over: 2 } as const;

/** What is in force first, then what comes, then what is over, the latest first. */
export function inOrder(grants: readonly GrantRow[], today: string): readonly GrantRow[] {
  return grants.toSorted((a, b) => order[standingOf(a, today)] - order[standingOf(b, today)] || b.firstDay.localeCompare(a.firstDay));
}
