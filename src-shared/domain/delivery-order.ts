import type { DeliveryStatus, DocumentState } from './document.ts';

/** How far a receiver is with it: đã đến · tiếp nhận · phân công · đang xử lý · hoàn thành (QĐ 28/2018 Art 10.2h; the codes of QCVN 102). */
const progress = ['sent', '01', '03', '04', '05', '06'] as const satisfies readonly DeliveryStatus[];

/**
 * Whether a report may take the place of what the sender knows of that receiver; `asked`: what the sender asked last, where it did. Reports come over paths that reorder
 * and repeat, and a later state is never undone by an earlier one that comes late:
 * - progress only goes forward, but for 06 → 05: the receiver has reopened it;
 * - 02 (từ chối, chuyển trả) comes from wherever it stands unfinished, and nothing follows it;
 * - 13 is the sender's own; while it waits for its answer, 15, 16 or 02 and nothing else takes its place;
 * - after 15 to a recall there is no document any more; after 16, and after 15 to an update, the work goes on.
 */
export function mayFollow(before: DeliveryStatus, after: DeliveryStatus, asked: 'recall' | 'update' = 'recall'): boolean {
  switch (before) {
    case 'planned':
    case '02':
      return false;
    case '13':
      return after === '15' || after === '16' || after === '02';
    case '15':
      return asked === 'update' && (after === '02' || (isProgress(after) && after !== 'sent'));
    case '16':
      return after === '02' || (isProgress(after) && after !== 'sent');
    case '06':
      return after === '05' || after === '13';
    default:
      return after === '02' || after === '13' || (isProgress(after) && progress.indexOf(after) > progress.indexOf(before));
  }
}

/** What the receiver's own document says of its progress; null before it is registered, and where it has come to another end. */
export function progressOf(state: Pick<DocumentState, 'direction' | 'stage' | 'tasks'>): '03' | '04' | '05' | '06' | null {
  if (state.direction !== 'incoming') return null;
  switch (state.stage) {
    case 'registered':
    case 'presented':
      return '03';
    case 'assigned':
      // whoever is only informed works on nothing
      return state.tasks.some(({ part, acceptedAt }) => part !== 'inform' && acceptedAt !== null) ? '05' : '04';
    case 'finished':
      return '06';
    default:
      return null;
  }
}

function isProgress(status: DeliveryStatus): status is (typeof progress)[number] {
  return (progress as readonly DeliveryStatus[]).includes(status);
}
