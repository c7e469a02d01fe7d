import { z } from 'zod';
import { placement } from '../../../src-shared/contract/signing.ts';
import { organization, type Organization } from '../../../src-shared/domain/organization.ts';
import type { MessageKey, Params } from '../../i18n/translate.ts';

/** What the clerk altered. Null: as the book and the draft have it; what is typed stays as it is typed, also when it is no number or no date yet. */
const issueChanges = z.object({
  number: z.string().nullable(),
  notation: z.string().nullable(),
  date: z.string().nullable(),
  recipients: z.array(organization).readonly().nullable(),
  place: placement.nullable(),
});
export type IssueChanges = z.output<typeof issueChanges>;
export const noChanges: IssueChanges = { number: null, notation: null, date: null, recipients: null, place: null };

export function parseChanges(value: unknown): IssueChanges | null {
  return issueChanges.safeParse(value).data ?? null;
}

/** `number` and `date` are null where what stands in the field is none. */
export type IssueFields = { readonly numberText: string; readonly number: number | null; readonly notation: string; readonly date: string | null; readonly recipients: readonly Organization[] };

/** What the book says and when the leader signed, against which the fields are held. */
export type IssueRules = { readonly next: number | null; readonly today: string | null; readonly signedOn: string | null };

export type Fault = { readonly key: MessageKey; readonly params?: Params };
export type IssueFaults = { readonly [F in 'number' | 'notation' | 'date' | 'recipients']?: Fault };

export function readNumber(text: string): number | null {
  return /^\s*[1-9]\d{0,6}\s*$/.test(text) ? Number(text) : null;
}

/** What keeps the document from being issued, a sentence a field. NĐ 30/2020 Art 15.1: numbers in order, dates of the day. */
export function findIssueFaults({ number, notation, date, recipients }: IssueFields, { next, today, signedOn }: IssueRules, send: boolean): IssueFaults {
  return {
    ...faultOf('number', number === null ? { key: 'issue.needNumber' } : next !== null && number !== next ? { key: 'issue.notNext', params: { number: next } } : null),
    ...faultOf('notation', notation.trim() === '' ? { key: 'issue.needNotation' } : null),
    ...faultOf('date', date === null ? { key: 'issue.needDate' } : today !== null && date > today ? { key: 'issue.dateAhead' } : signedOn !== null && date < signedOn ? { key: 'issue.dateBeforeSigning', params: { date: signedOn } } : null),
    ...faultOf('recipients', send && recipients.length === 0 ? { key: 'issue.noRecipients' } : null),
  };
}

function faultOf(field: keyof IssueFaults, fault: Fault | null): IssueFaults {
  return fault === null ? {} : { [field]: fault };
}
