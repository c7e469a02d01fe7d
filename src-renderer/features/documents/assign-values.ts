import { z } from 'zod';
import type { Assignment } from '../../../src-shared/domain/document.ts';
import { localDate, personId } from '../../../src-shared/domain/ids.ts';
import type { MessageKey } from '../../i18n/translate.ts';

const assignValues = z.object({
  lead: personId.or(z.literal('')),
  support: z.array(personId).readonly(),
  inform: z.array(personId).readonly(),
  directive: z.string(),
  deadline: localDate.nullable(),
});
export type AssignValues = z.output<typeof assignValues>;

export function assignValuesOf(before: Assignment | null): AssignValues {
  return before ? { ...before } : { lead: '', support: [], inform: [], directive: '', deadline: null };
}

export function parseAssign(value: unknown): AssignValues | null {
  return assignValues.safeParse(value).data ?? null;
}

export type AssignFaults = { readonly [F in 'lead' | 'deadline']?: MessageKey };

/** `today`: `yyyy-mm-dd` in Vietnam. A deadline that has passed is a slip of the hand far more often than a wish. */
export function findAssignFaults({ lead, deadline }: AssignValues, today: string): AssignFaults {
  return { ...(lead === '' ? { lead: 'assign.needLead' as const } : {}), ...(deadline !== null && deadline < today ? { deadline: 'assign.deadlinePassed' as const } : {}) };
}

/** What is asked of the backend; null without a lead. Nobody stands in two parts: the weightier one counts. */
export function assignmentOf({ lead, support, inform, directive, deadline }: AssignValues): Assignment | null {
  if (lead === '') return null;
  const helpers = support.filter((id) => id !== lead);
  return { lead, support: helpers, inform: inform.filter((id) => id !== lead && !helpers.includes(id)), directive: directive.trim(), deadline };
}
