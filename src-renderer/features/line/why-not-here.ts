import type { LineDay, LinePolicy } from '../../../src-shared/contract/line.ts';
import type { SyncStatus } from '../../../src-shared/contract/office.ts';
import { formatClock, localDay } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import { usageOfDay } from './usage.ts';

/** Why a file has not come: the line itself, what the person chose, or nothing but its turn. */
export type WhyNotHere = 'down' | 'portal' | 'busy' | 'signed-out' | 'metered' | 'opening' | 'budget' | 'hours' | 'mine' | 'coming';

type Facts = {
  readonly sync: SyncStatus;
  readonly policy: LinePolicy;
  /** Bytes that came by themselves today. */
  readonly bulkToday: number;
  /** `HH:MM` in Vietnam. */
  readonly clock: string;
};

/** The weightiest reason first: without a line no setting matters. */
export function whyNotHere({ sync, policy, bulkToday, clock }: Facts): WhyNotHere {
  if (sync.line === 'down' || sync.line === 'portal' || sync.line === 'busy' || sync.line === 'signed-out') return sync.line;
  if (policy.metered) return 'metered';
  if (policy.contents === 'on-opening') return 'opening';
  if (policy.dailyMb !== null && bulkToday >= policy.dailyMb * 1_000_000) return 'budget';
  if (policy.bulkHours && !isWithin(clock, policy.bulkHours)) return 'hours';
  // Whether this very file is held is not told; that some are, and why, is
  if (policy.contents === 'mine' && sync.files.held > 0) return 'mine';
  return 'coming';
}

/** As things are at this moment. */
export function whyNotHereNow(sync: SyncStatus, policy: LinePolicy, days: readonly LineDay[]): WhyNotHere {
  const now = new Date(presentMs());
  return whyNotHere({ sync, policy, bulkToday: usageOfDay(days, localDay(now)).bulkBytes, clock: formatClock(now.toISOString()) });
}

/** Whether a person can hasten it: not where nothing answers, or nobody is signed in. */
export function canFetchNow(why: WhyNotHere): boolean {
  return why !== 'down' && why !== 'portal' && why !== 'busy' && why !== 'signed-out';
}

/** `HH:MM` within hours that may go over midnight; the same hour twice is the whole day. */
export function isWithin(clock: string, { from, until }: { readonly from: string; readonly until: string }): boolean {
  if (from === until) return true;
  return from < until ? clock >= from && clock < until : clock >= from || clock < until;
}
