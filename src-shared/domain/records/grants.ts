import type { DocumentCommand } from '../document.ts';
import type { PersonId } from '../ids.ts';
import type { Role } from '../organization.ts';
import { vietnamDay } from '../vietnam-day.ts';
import type { OfficeState } from './office.ts';

type Grants = OfficeState['grants'];

/** Those by which this person may act for others on that day (`yyyy-mm-dd` in Vietnam). */
export function grantsTo(office: OfficeState | null, person: PersonId, day: string): Grants {
  return (office?.grants ?? []).filter((grant) => grant.to === person && grant.firstDay <= day && day <= grant.lastDay);
}

/** Whether the leave that the command names is the actor's, in force on the day of the click, and lends a role that may do it. */
export function actsByGrant(office: OfficeState | null, command: Pick<DocumentCommand, 'byGrant' | 'actor' | 'at'>, roles: readonly Role[]): boolean {
  return grantsTo(office, command.actor.person, vietnamDay(command.at)).some((grant) => grant.id === command.byGrant && roles.includes(grant.lends));
}
