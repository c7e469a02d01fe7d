import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { Output } from '../../../src-shared/contract/index.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { usePlacement, type Proposal } from '../../placement/use-placement.ts';
import { useImageUrl } from '../signing/use-image.ts';

export type Issue = {
  readonly id: DocumentId;
  readonly detail: DocumentDetail | undefined;
  readonly proposal: Proposal | undefined;
  readonly book: Output<'issuing.propose'> | undefined;
  readonly error: AppError | null;
  readonly seal: ReturnType<typeof usePlacement>;
  readonly sealUrl: string | null;
  /** Null before the answer and when the office has no image. */
  readonly sealMm: number | null;
  readonly sealMissing: boolean;
  readonly fields: IssueFields;
  readonly change: (fields: Partial<IssueFields>) => void;
};

/** What the clerk may still alter. Until then each follows the book and the draft. */
export type IssueFields = { readonly number: number | null; readonly notation: string; readonly date: string | null; readonly recipients: readonly Organization[] };

export function useIssue(id: DocumentId): Issue {
  const { data: detail } = useQuery('documents.read', { id });
  const { data: proposal, error: placeError } = useQuery('signing.propose', { id });
  const { data: book, error: bookError } = useQuery('issuing.propose', { id });
  const { data: images, error: imageError } = useQuery('signing.images', {});
  const [changed, setChanged] = useState<Partial<IssueFields>>({});
  const image = images?.seal ?? null;
  const sealMm = image?.diameterMm ?? null;
  const seal = usePlacement(images ? proposal : undefined, 'seal', sealMm === null ? null : { widthMm: sealMm, heightMm: sealMm }, true);
  const sealUrl = useImageUrl(image?.bytes);
  const fields: IssueFields = {
    number: book?.number ?? null,
    notation: book?.notation ?? detail?.document.notation ?? '',
    date: book?.date ?? null,
    recipients: detail?.document.recipients.map((one) => one.organization) ?? [],
    ...changed,
  };
  return {
    id, detail, proposal, book, seal, sealUrl, sealMm, fields,
    error: placeError ?? bookError ?? imageError,
    sealMissing: images !== undefined && image === null,
    change: (next) => setChanged((before) => ({ ...before, ...next })),
  };
}
