import { z } from 'zod';
import { canBeAsked, type Change } from '../../../src-shared/domain/change-requests.ts';
import { urgency, type DocumentState, type RecipientState } from '../../../src-shared/domain/document.ts';
import { organizationCode, type OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { findSecrecy } from '../../../src-shared/domain/secrecy.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What is typed when a sent document is asked back or put right. `title`, `urgency`, `from`: null while as they stand; `from` null is everybody who can be asked. */
const changeValues = z.object({ reason: z.string(), title: z.string().nullable(), urgency: urgency.nullable(), from: z.array(organizationCode).readonly().nullable() });
export type ChangeValues = z.output<typeof changeValues>;
export const noChange: ChangeValues = { reason: '', title: null, urgency: null, from: null };

export function parseChange(value: unknown): ChangeValues | null {
  return changeValues.safeParse(value).data ?? null;
}

/** Those that it can be asked of now, in the document's order. */
export function whoCanBeAsked({ recipients }: Pick<DocumentState, 'recipients'>, change: Change): readonly RecipientState[] {
  return recipients.filter((one) => canBeAsked(one, change));
}

/** Of whom it is asked: those chosen who can still be asked. */
export function chosenOf(values: ChangeValues, able: readonly RecipientState[]): readonly OrganizationCode[] {
  const codes = able.map(({ organization }) => organization.code);
  return values.from === null ? codes : codes.filter((code) => values.from?.includes(code));
}

/** What an update puts right; only what is other than it was. */
export function changedFields(values: ChangeValues, document: Pick<DocumentState, 'title' | 'urgency'>): { readonly title?: string; readonly urgency?: DocumentState['urgency'] } {
  const title = values.title?.trim() ?? document.title;
  return {
    ...(title === document.title ? {} : { title }),
    ...(values.urgency === null || values.urgency === document.urgency ? {} : { urgency: values.urgency }),
  };
}

export type ChangeFaults = { readonly [F in 'reason' | 'title' | 'from']?: MessageKey };

/** What keeps the request from being sent, a sentence a field. */
export function findChangeFaults(change: Change, values: ChangeValues, document: Pick<DocumentState, 'title' | 'urgency'>, able: readonly RecipientState[]): ChangeFaults {
  const fields = changedFields(values, document);
  return {
    ...(values.reason.trim() === '' ? { reason: 'recall.needReason' as const } : {}),
    ...(chosenOf(values, able).length === 0 ? { from: 'recall.needFrom' as const } : {}),
    ...(change === 'update' ? titleFault(fields, values) : {}),
  };
}

function titleFault(fields: ReturnType<typeof changedFields>, { title }: ChangeValues): Pick<ChangeFaults, 'title'> {
  if (title !== null && title.trim() === '') return { title: 'draft.needTitle' };
  if (Object.keys(fields).length === 0) return { title: 'update.nothingNew' };
  return fields.title !== undefined && findSecrecy({ title: fields.title, notation: '', firstPageText: null }) !== null ? { title: 'draft.secret' } : {};
}
