import type { DocumentCommand } from '../document.ts';
import type { PersonId } from '../ids.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Role } from '../organization.ts';
import { vietnamDay } from '../vietnam-day.ts';
import type { OfficeState } from './office.ts';

type Grants = OfficeState['grants'];

/** Those by which this person may act for others on that day (`yyyy-mm-dd` in Vietnam). */
export function grantsTo(office: OfficeState | null, person: PersonId, day: string): Grants {
  return (office?.grants ?? []).filter((grant) => grant.to === person && grant.firstDay <= day && day <= grant.lastDay);
}

/** Whether the leave that the command names is the actor's, lends a role that may do it, and is in force on the day of the click. Errors: `not-allowed`, `grant.not-in-force`. */
export function checkGrant(office: OfficeState | null, command: Pick<DocumentCommand, 'byGrant' | 'actor' | 'at'>, roles: readonly Role[]): Result<null> {
  const grant = office?.grants.find(({ id }) => id === command.byGrant);
  if (grant === undefined || grant.to !== command.actor.person || !roles.includes(grant.lends)) return fail('not-allowed');
  const day = vietnamDay(command.at);
  return grant.firstDay <= day && day <= grant.lastDay ? ok(null) : fail('grant.not-in-force', { first: written(grant.firstDay), last: written(grant.lastDay) });
}

function written(day: string): string {
  return day.split('-').toReversed().join('/');
}
