import { addDays } from '../holidays.ts';
import type { DocumentCommand } from '../document.ts';
import type { PersonId } from '../ids.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Role } from '../organization.ts';
import { vietnamDay } from '../vietnam-day.ts';
import type { OfficeState } from './office.ts';

type Grants = OfficeState['grants'];

/** Both days are of it: it is in force from the first hour of its first day to the last hour of its last. */
export function holdsOn({ firstDay, lastDay }: Pick<Grants[number], 'firstDay' | 'lastDay'>, day: string): boolean {
  return firstDay <= day && day <= lastDay;
}

/** Those by which this person may act for others on that day (`yyyy-mm-dd` in Vietnam). */
export function grantsTo(office: OfficeState | null, person: PersonId, day: string): Grants {
  return (office?.grants ?? []).filter((grant) => grant.to === person && holdsOn(grant, day));
}

/** Whether the leave that the command names is the actor's, lends a role that may do it, and is in force on the day of the click. Errors: `not-allowed`, `grant.not-in-force`. */
export function checkGrant(office: OfficeState | null, command: Pick<DocumentCommand, 'byGrant' | 'actor' | 'at'>, roles: readonly Role[]): Result<null> {
  const grant = office?.grants.find(({ id }) => id === command.byGrant);
  if (grant === undefined || grant.to !== command.actor.person || !roles.includes(grant.lends)) return fail('not-allowed');
  return holdsOn(grant, vietnamDay(command.at)) ? ok(null) : fail('grant.not-in-force', { first: written(grant.firstDay), last: written(grant.lastDay) });
}

/** The earliest last day that ending it now may name: what was done by it until today was done in its time. */
export function earliestEnd(today: string): string {
  return addDays(today, -1);
}

export function written(day: string): string {
  return day.split('-').toReversed().join('/');
}
