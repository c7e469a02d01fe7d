import { z } from 'zod';
import { contentRef, documentKind, documentKinds, urgency, type DocumentState, type Relation } from '../../../src-shared/domain/document.ts';
import { dayMonthYear } from '../../../src-shared/domain/calendar.ts';
import { formatReference } from '../../../src-shared/domain/notation.ts';
import { organization, type Organization } from '../../../src-shared/domain/organization.ts';
import { findSecrecy } from '../../../src-shared/domain/secrecy.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What is said of a draft. `attachments`, and the form's `file`, are already in this machine's store, so they outlive the window with the words. */
const draftDescription = z.object({
  title: z.string(),
  kind: documentKind,
  notation: z.string(),
  urgency,
  recipients: z.array(organization).readonly(),
  attachments: z.array(contentRef).readonly().default([]),
});
export type DraftDescription = z.output<typeof draftDescription>;

const draftValues = draftDescription.extend({ file: z.object({ content: contentRef, pages: z.int() }).nullable() });
export type DraftValues = z.output<typeof draftValues>;

/** As `documents.edit` takes it. */
type Edit = { -readonly [F in keyof DraftDescription]: DraftDescription[F] extends readonly (infer One)[] ? One[] : DraftDescription[F] };

export function emptyDraft(recipients: readonly Organization[]): DraftValues {
  return { title: '', kind: 'cong-van', notation: '', urgency: 'normal', recipients, file: null, attachments: [] };
}

/**
 * NĐ 30/2020 Art 18.3: an error of content is put right by a document of the same weight in its place, one of form by a công văn. Either goes to those who have the older one.
 * The words are the document's own, and Vietnamese like it.
 */
export function relatedDraft(older: DocumentState, relation: Relation['type']): DraftValues {
  const have = older.recipients.filter(({ status }) => status !== 'planned' && status !== '02').map(({ organization: office }) => office);
  if (relation === 'replaces') return { ...emptyDraft(have), title: older.title, kind: older.kind, notation: older.notation, urgency: older.urgency };
  const number = older.number === null ? '' : ` số ${formatReference({ number: older.number, numberText: '', notation: older.notation })}`;
  const day = older.issuedDate === null ? '' : ` ngày ${dayMonthYear(older.issuedDate)}`;
  return { ...emptyDraft(have), title: `Đính chính ${documentKinds[older.kind].name}${number}${day}` };
}

export function draftOf({ title, kind, notation, urgency: pressing, recipients, attachments }: DocumentState): DraftDescription {
  return { title, kind, notation, urgency: pressing, recipients: recipients.map(({ organization: office }) => office), attachments };
}

/** What of it was changed, as `documents.edit` takes it; null: nothing. */
export function draftChanges(before: DraftDescription, after: DraftDescription): Partial<Edit> | null {
  const now: Edit = { ...after, title: after.title.trim(), notation: after.notation.trim(), recipients: [...after.recipients], attachments: [...after.attachments] };
  const changed = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Edit]));
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

export function parseDescription(value: unknown): DraftDescription | null {
  return draftDescription.safeParse(value).data ?? null;
}

export function parseDraft(value: unknown): DraftValues | null {
  return draftValues.safeParse(value).data ?? null;
}

export type DraftFaults = { readonly [F in 'title' | 'notation' | 'file']?: MessageKey };

/** What keeps the draft from being saved, a sentence a field. NĐ 30/2020 App I: the notation is letters, hyphens and dots after the number and a slash. */
export function findDraftFaults(values: DraftValues): DraftFaults {
  return { ...(values.file === null ? { file: 'draft.needFile' as const } : {}), ...findDescriptionFaults(values) };
}

export function findDescriptionFaults(values: Pick<DraftValues, 'title' | 'notation'>): DraftFaults {
  const trimmed = values.notation.trim();
  return {
    ...(values.title.trim() === '' ? { title: 'draft.needTitle' as const } : {}),
    ...(/\d\s*\//.test(trimmed) ? { notation: 'draft.notationHasNumber' as const } : /^[\p{L}\p{N}.\-/]*$/u.test(trimmed) ? {} : { notation: 'draft.notationCharacters' as const }),
    ...findSecretFaults(values),
  };
}

/** QĐ 28/2018 Art 1.2: a state secret is told of as soon as it is typed, not when all of it has been written down. */
export function findSecretFaults({ title, notation }: Pick<DraftValues, 'title' | 'notation'>): Pick<DraftFaults, 'title' | 'notation'> {
  const secret = findSecrecy({ title, notation, firstPageText: null });
  return secret === null ? {} : secret.where === 'notation' ? { notation: 'draft.secret' } : { title: 'draft.secret' };
}
