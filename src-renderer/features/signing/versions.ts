import type { DocumentEvent } from '../../../src-shared/domain/document.ts';

/** Which handing-over of a draft this is, counted from 1, and what went before it. */
export type Version = {
  readonly number: number;
  /** Another file came after the document was last sent back. */
  readonly replaced: boolean;
  /** Why it was sent back the last time. */
  readonly reason: string | null;
};

export function versionOf(history: readonly DocumentEvent[]): Version {
  const returned = history.findLastIndex((event) => event.type === 'returned');
  const back = history[returned];
  return {
    number: history.filter((event) => event.type === 'submitted').length,
    replaced: returned >= 0 && history.slice(returned).some((event) => event.type === 'revised'),
    reason: back?.type === 'returned' ? back.reason : null,
  };
}
