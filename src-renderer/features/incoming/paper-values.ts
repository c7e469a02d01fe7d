import { z } from 'zod';
import type { Input } from '../../../src-shared/contract/index.ts';
import { channels, contentRef, documentKind, urgency, type DocumentState } from '../../../src-shared/domain/document.ts';
import { localDate, organizationCode } from '../../../src-shared/domain/ids.ts';
import { checkReference } from '../../../src-shared/domain/notation.ts';
import { findSecrecy } from '../../../src-shared/domain/secrecy.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What a clerk writes down of a document that no office of this system sent. */
const described = z.object({
  /** `code` null: not of the directory; `name` as it stands on the document. */
  from: z.object({ code: organizationCode.nullable(), name: z.string() }),
  numberText: z.string(),
  notation: z.string(),
  issuedDate: localDate.nullable(),
  kind: documentKind,
  title: z.string(),
  signer: z.string(),
  urgency,
});
const paperValues = described.extend({ channel: z.enum(channels), file: z.object({ content: contentRef, pages: z.int() }).nullable() });
export type DescribedValues = z.output<typeof described>;
export type PaperValues = z.output<typeof paperValues>;

/** Most of what still comes beside the systems comes as paper, and most of that are công văn. */
export const emptyPaper: PaperValues = {
  from: { code: null, name: '' }, numberText: '', notation: '', issuedDate: null, kind: 'cong-van', title: '', signer: '', urgency: 'normal', channel: 'paper', file: null,
};

export function parsePaper(value: unknown): PaperValues | null {
  return paperValues.safeParse(value).data ?? null;
}

export function parseDescribed(value: unknown): DescribedValues | null {
  return described.safeParse(value).data ?? null;
}

export function describedOf({ from, numberText, number, notation, issuedDate, kind, title, signer, urgency: how }: DocumentState): DescribedValues {
  return { from, numberText: numberText ?? (number === null ? '' : String(number)), notation, issuedDate, kind, title, signer: signer ?? '', urgency: how };
}

/** A sentence of the screens, or one of an error's. */
export type Fault = MessageKey | AppError;
export type DescribedFaults = { readonly [F in 'from' | 'numberText' | 'notation' | 'issuedDate' | 'title']?: Fault };

/** What keeps it from being stored, a sentence a field. NĐ 30/2020 Art 22, App IV.II: who wrote it, when, and what about are columns of the register. */
export function findDescribedFaults(values: DescribedValues, today: string): DescribedFaults {
  return {
    ...(values.from.name.trim() === '' ? { from: 'paper.needFrom' as const } : {}),
    ...(values.title.trim() === '' ? { title: 'draft.needTitle' as const } : {}),
    ...(values.issuedDate !== null && values.issuedDate > today ? { issuedDate: 'paper.dateAhead' as const } : {}),
    ...findTypedFaults(values),
  };
}

/**
 * What is wrong as soon as it is typed: QĐ 28/2018 Art 1.2, a state secret is told of before all of it has been written down; and a number or notation of no known form.
 */
export function findTypedFaults({ title, numberText, notation }: Pick<DescribedValues, 'title' | 'numberText' | 'notation'>): Pick<DescribedFaults, 'title' | 'numberText' | 'notation'> {
  const secret = findSecrecy({ title, notation, firstPageText: null });
  const number = checkReference({ numberText: numberText.trim(), notation: '' });
  const rest = checkReference({ numberText: '', notation: notation.trim() });
  return {
    ...(number.ok ? {} : { numberText: number.error }),
    ...(rest.ok ? {} : { notation: rest.error }),
    ...(secret === null ? {} : { [secret.where === 'notation' ? 'notation' : 'title']: 'draft.secret' as const }),
  };
}

type Described = Pick<Input<'documents.receive'>, 'from' | 'numberText' | 'notation' | 'issuedDate' | 'kind' | 'title' | 'signer' | 'urgency'>;

export function trimmed({ from, numberText, notation, title, signer, ...rest }: DescribedValues): Described {
  return { ...rest, from: { code: from.code, name: from.name.trim() }, numberText: numberText.trim(), notation: notation.trim(), title: title.trim(), signer: signer.trim() };
}

/** What of a description was changed; null: nothing. Only that is sent, so that two people's corrections of two fields both stand. */
export function changesOf(before: DescribedValues, after: DescribedValues): Partial<Described> | null {
  const [old, now] = [trimmed(before), trimmed(after)];
  const changed = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof Described]));
  if (changed.length === 0) return null;
  const edit: Partial<Described> = Object.fromEntries(changed);
  // a number is judged together with its notation
  return 'numberText' in edit || 'notation' in edit ? { ...edit, numberText: now.numberText, notation: now.notation } : edit;
}
