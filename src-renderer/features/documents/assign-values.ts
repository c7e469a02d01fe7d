import { z } from 'zod';
import type { Assignment } from '../../../src-shared/domain/document.ts';
import { localDate, personId, type PersonId } from '../../../src-shared/domain/ids.ts';
import type { MessageKey } from '../../i18n/translate.ts';

const assignValues = z.object({
  lead: personId.or(z.literal('')),
  support: z.array(personId).readonly(),
  inform: z.array(personId).readonly(),
  directive: z.string(),
  deadline: localDate.nullable(),
  /** Deadlines of their own, of those who lead or support; the others have the common one. */
  each: z.array(z.object({ person: personId, deadline: localDate })).readonly().default([]),
});
export type AssignValues = z.output<typeof assignValues>;

export function assignValuesOf(before: Assignment | null): AssignValues {
  return before ? { ...before, each: before.each ?? [] } : { lead: '', support: [], inform: [], directive: '', deadline: null, each: [] };
}

export function parseAssign(value: unknown): AssignValues | null {
  return assignValues.safeParse(value).data ?? null;
}

export type AssignFaults = { readonly lead?: MessageKey; readonly deadline?: MessageKey; /** Whose own deadline has passed. */ readonly each?: readonly PersonId[] };

/** `today`: `yyyy-mm-dd` in Vietnam. A deadline that has passed is a slip of the hand far more often than a wish. */
export function findAssignFaults(values: AssignValues, today: string): AssignFaults {
  const { lead, deadline } = values;
  const passed = ownDeadlines(values).flatMap((one) => (one.deadline < today ? [one.person] : []));
  return {
    ...(lead === '' ? { lead: 'assign.needLead' as const } : {}),
    ...(deadline !== null && deadline < today ? { deadline: 'assign.deadlinePassed' as const } : {}),
    ...(passed.length > 0 ? { each: passed } : {}),
  };
}

/** Who has something to do and so may have a deadline of their own: whoever is only told has none. */
export function workersOf({ lead, support }: AssignValues): readonly PersonId[] {
  return lead === '' ? support : [lead, ...support.filter((id) => id !== lead)];
}

/** A person's own deadline put in the place of the one before; null: the common one again. */
export function withOwnDeadline(each: AssignValues['each'], person: PersonId, deadline: string | null): AssignValues['each'] {
  const others = each.filter((one) => one.person !== person);
  return deadline === null ? others : [...others, { person, deadline }];
}

/** Every deadline on `closed` moved to `next`, both `yyyy-mm-dd`. */
export function withDayMoved({ deadline, each }: AssignValues, closed: string, next: string): Pick<AssignValues, 'deadline' | 'each'> {
  return { deadline: deadline === closed ? next : deadline, each: each.map((one) => (one.deadline === closed ? { ...one, deadline: next } : one)) };
}

/** What is asked of the backend; null without a lead. Nobody stands in two parts: the weightier one counts. */
export function assignmentOf(values: AssignValues): Assignment | null {
  const { lead, support, inform, directive, deadline } = values;
  if (lead === '') return null;
  const helpers = support.filter((id) => id !== lead);
  const each = ownDeadlines(values);
  return { lead, support: helpers, inform: inform.filter((id) => id !== lead && !helpers.includes(id)), directive: directive.trim(), deadline, ...(each.length > 0 ? { each: [...each] } : {}) };
}

/** Those of people who were taken off again do not go along. */
function ownDeadlines(values: AssignValues): AssignValues['each'] {
  const workers = workersOf(values);
  return values.each.filter(({ person }) => workers.includes(person));
}
