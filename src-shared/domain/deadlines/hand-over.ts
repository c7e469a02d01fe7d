import { addMonths } from '../calendar.ts';
import { addDays } from '../holidays.ts';

/** Of one dossier. Dates `yyyy-mm-dd`. */
export type HandOverTimes = {
  /** When the work ended; for construction, when it was settled (quyết toán). */
  readonly endedOn: string;
  readonly construction: boolean;
  /** With the head's written consent (NĐ 30/2020 Art 31.3d); null: nobody keeps it longer. */
  readonly keptUntil: string | null;
};

/** The one place that knows the law's terms of the hand-over to the archive; `dossierDeadlines` and the rules of a dossier both ask here. */

/** NĐ 30/2020 Art 30.2: construction within three months after settlement, everything else within a year after the work ended. */
function lawfulDay({ endedOn, construction }: Omit<HandOverTimes, 'keptUntil'>): string {
  return addMonths(endedOn, construction ? 3 : 12);
}

/** Art 31.3d: kept for work two years longer at most, counted from the day on which it was due. */
export function longestKept(times: Omit<HandOverTimes, 'keptUntil'>): string {
  return addMonths(lawfulDay(times), 24);
}

/** The day by which it is handed over. Consent to less than the law's own term shortens nothing, and what goes beyond two years counts for two. */
export function handOverDay(times: HandOverTimes): string {
  const lawful = lawfulDay(times);
  const { keptUntil } = times;
  if (keptUntil === null || keptUntil <= lawful) return lawful;
  const longest = longestKept(times);
  return keptUntil < longest ? keptUntil : longest;
}

/** Art 31.3c: only what is kept for five years or more is handed over; null is kept for ever. */
export function isHandedOver(retentionYears: number | null): boolean {
  return retentionYears === null || retentionYears >= 5;
}

/** App VI.III.5b: the notice comes thirty days before. */
export function handOverNoticeDay(due: string): string {
  return addDays(due, -30);
}
