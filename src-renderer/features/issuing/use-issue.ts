import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useKeptForm, type KeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { localDay } from '../../i18n/format.ts';
import { usePlacement, type PlacementState, type Proposal } from '../../placement/use-placement.ts';
import { usePreview, type Preview } from '../../placement/use-preview.ts';
import { useImageUrl } from '../signing/use-image.ts';
import { noChanges, parseChanges, readNumber, type IssueChanges, type IssueFields, type IssueRules } from './issue-values.ts';

export type Issue = {
  readonly detail: DocumentDetail;
  readonly proposal: Proposal | undefined;
  readonly book: Output<'issuing.propose'> | undefined;
  readonly error: AppError | null;
  readonly seal: PlacementState;
  readonly preview: Preview;
  readonly sealUrl: string | null;
  /** Null before the answer and when the office has no image. */
  readonly sealMm: number | null;
  readonly sealMissing: boolean;
  readonly fields: IssueFields;
  readonly rules: IssueRules;
  readonly form: KeptForm<IssueChanges>;
};

/** Number, date, recipients and seal of one document: as the book, the draft and the page have them, until the clerk alters them. */
export function useIssue(detail: DocumentDetail): Issue {
  const { document } = detail;
  const { id, content } = document;
  const form = useKeptForm<IssueChanges>(`issue:${id}`, noChanges, parseChanges);
  const { data: proposal, error: placeError } = useQuery('signing.propose', { id });
  const { data: book, error: bookError } = useQuery('issuing.propose', { id });
  const { data: images, error: imageError } = useQuery('signing.images', {});
  const fields = fieldsOf(form.value, detail, book);
  const sealMm = images?.seal?.diameterMm ?? null;
  const seal = usePlacement({
    proposal: images ? proposal : undefined, of: 'seal', kind: document.kind, image: sealMm === null ? null : { widthMm: sealMm, heightMm: sealMm },
    chosen: form.value.place, onChoose: (place) => form.set({ place }),
  });
  const { number, notation, date } = fields;
  const preview = usePreview('issuing.preview', content.sha256, seal.settled && number !== null && date !== null ? { id, number, notation, date, placement: seal.settled } : null);
  const signedAt = detail.history.findLast((event) => event.type === 'approved')?.at;
  return {
    detail, proposal, book, seal, preview, sealMm, fields, form,
    sealUrl: useImageUrl(images?.seal?.bytes),
    rules: { next: book?.number ?? null, today: book?.date ?? null, signedOn: signedAt ? localDay(signedAt) : null },
    error: placeError ?? bookError ?? imageError ?? preview.error,
    sealMissing: images !== undefined && images.seal === null,
  };
}

function fieldsOf(changes: IssueChanges, { document }: DocumentDetail, book: Output<'issuing.propose'> | undefined): IssueFields {
  const numberText = changes.number ?? (book?.number ? String(book.number) : '');
  const date = changes.date ?? book?.date ?? '';
  return {
    numberText,
    number: readNumber(numberText),
    notation: changes.notation ?? book?.notation ?? document.notation,
    date: date === '' ? null : date,
    recipients: changes.recipients ?? document.recipients.map((one) => one.organization),
  };
}
