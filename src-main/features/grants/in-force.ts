import type { Role } from '../../../src-shared/domain/organization.ts';
import { grantsTo } from '../../../src-shared/domain/records/grants.ts';
import type { OfficeState } from '../../../src-shared/domain/records/office.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';

type GrantInForce = OfficeState['grants'][number];

/** The one leave by which this person may do today what one of these roles may; null: there is none, or more than one and they must choose. */
export function grantFor(context: Pick<DeskContext, 'me' | 'now' | 'store'>, roles: readonly Role[]): GrantInForce | null {
  const fitting = grantsTo(context.store.office(), context.me.id, vietnamDate(context.now())).filter(({ lends }) => roles.includes(lends));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Whether somebody has lent this person a leader's work today, be it one or several: which of the grants they sign by, they say when they sign. */
export function maySignByGrant(context: Pick<DeskContext, 'me' | 'now' | 'store'>): boolean {
  return grantsTo(context.store.office(), context.me.id, vietnamDate(context.now())).some(({ lends }) => lends === 'leader');
}

/** The desk's own role, and those that somebody has lent for today. */
export function rolesToday(context: Pick<DeskContext, 'me' | 'now' | 'store' | 'role'>): readonly Role[] {
  const lent = grantsTo(context.store.office(), context.me.id, vietnamDate(context.now())).map(({ lends }) => lends);
  return [...new Set([context.role, ...lent.filter((one) => lent.filter((other) => other === one).length === 1)])];
}
