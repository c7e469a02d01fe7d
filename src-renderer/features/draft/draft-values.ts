import { z } from 'zod';
import { contentRef, documentKind, urgency } from '../../../src-shared/domain/document.ts';
import { organization, type Organization } from '../../../src-shared/domain/organization.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What is typed into the draft form. `file` is already in this machine's store, so it outlives the window with the words. */
const draftValues = z.object({
  title: z.string(),
  kind: documentKind,
  notation: z.string(),
  urgency,
  recipients: z.array(organization).readonly(),
  file: z.object({ content: contentRef, pages: z.int() }).nullable(),
});
export type DraftValues = z.output<typeof draftValues>;

export function emptyDraft(recipients: readonly Organization[]): DraftValues {
  return { title: '', kind: 'cong-van', notation: '', urgency: 'normal', recipients, file: null };
}

export function parseDraft(value: unknown): DraftValues | null {
  return draftValues.safeParse(value).data ?? null;
}

export type DraftFaults = { readonly [F in 'title' | 'notation' | 'file']?: MessageKey };

/** What keeps the draft from being saved, a sentence a field. NĐ 30/2020 App I: the notation is letters, hyphens and dots after the number and a slash. */
export function findDraftFaults({ title, notation, file }: DraftValues): DraftFaults {
  const trimmed = notation.trim();
  return {
    ...(title.trim() === '' ? { title: 'draft.needTitle' as const } : {}),
    ...(/\d\s*\//.test(trimmed) ? { notation: 'draft.notationHasNumber' as const } : /^[\p{L}\p{N}.\-/]*$/u.test(trimmed) ? {} : { notation: 'draft.notationCharacters' as const }),
    ...(file === null ? { file: 'draft.needFile' as const } : {}),
  };
}
