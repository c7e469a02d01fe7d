import type { DocumentState, RecipientState } from '../../../src-shared/domain/document.ts';
import { useOfficeCalendar } from '../tasks/days-left.ts';
import { owedBy, weightOf, type Owed } from './delivery-state.ts';
import { usePresent } from '../../i18n/present.ts';

export type Receiver = RecipientState & { readonly owed: Owed | null; readonly late: boolean };

/** Receivers with what the law asks of each, those that somebody has to see to first. */
export function useReceivers({ recipients, urgency }: Pick<DocumentState, 'recipients' | 'urgency'>): readonly Receiver[] {
  const calendar = useOfficeCalendar();
  const now = usePresent();
  const judged = recipients.map((one): Receiver => {
    const owed = owedBy(one, urgency, calendar, now);
    return { ...one, owed, late: owed?.late ?? false };
  });
  return judged.toSorted((one, other) => weightOf(one, one.late) - weightOf(other, other.late));
}
