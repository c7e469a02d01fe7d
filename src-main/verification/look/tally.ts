import type { LookReport, PagePlace } from '../../../src-shared/contract/verification.ts';
import type { PageFault } from './messages.ts';

/** How the drawing ended. Null: every page was looked at. */
export type End = 'pages' | 'time' | 'size' | 'fault' | null;

/** What is known of one earlier state so far. */
export type Tally = {
  readonly page: (page: number, places: readonly PagePlace[]) => void;
  readonly fault: (page: number | null, fault: PageFault) => void;
  readonly report: (end: End) => LookReport;
};

/** `same` needs every page; one page that differs is enough for `changed`, whatever came of the others. */
export function createTally(): Tally {
  const compared = new Set<number>();
  const changed = new Map<number, readonly PagePlace[]>();
  let fault: PageFault | null = null;
  return {
    page: (page, places) => {
      compared.add(page);
      if (places.length > 0) changed.set(page, places);
    },
    fault: (_, what) => { fault ??= what; },
    report: (end) => {
      // A page that cannot be drawn is told before a limit: that one will not be better by asking again
      const reason = end === 'pages' ? fault ?? end : end ?? fault;
      const pages = [...changed].sort(([a], [b]) => a - b).map(([page, places]) => ({ page, places: [...places] }));
      return { status: pages.length > 0 ? 'changed' : reason !== null ? 'not-compared' : 'same', reason, compared: compared.size, pages };
    },
  };
}
