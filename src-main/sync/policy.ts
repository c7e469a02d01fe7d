import { linePolicy, type LinePolicy } from '../../src-shared/contract/line.ts';
import type { DeskStore } from '../ports/store.ts';
import { vietnamHour } from './meter.ts';

const settingKey = 'line.policy';

export function readPolicy(desk: DeskStore): LinePolicy {
  const stored = desk.getSetting(settingKey);
  return linePolicy.parse(stored === null ? {} : (JSON.parse(stored) as unknown));
}

export function keepPolicy(desk: DeskStore, policy: LinePolicy): void {
  desk.setSetting(settingKey, JSON.stringify(policy));
}

/** Opened by a person; of their own work or urgent; of late; the rest. */
export type Worth = 0 | 1 | 2 | 3;

/** Whether a file of this worth may come now. What a person waits for always may. */
export function mayCome(policy: LinePolicy, worth: Worth, nowMs: number, bulkBytesToday: number): boolean {
  if (worth === 0) return true;
  if (policy.metered || policy.contents === 'on-opening') return false;
  if (policy.contents === 'mine' && worth > 1) return false;
  if (policy.dailyMb !== null && bulkBytesToday >= policy.dailyMb * 1_000_000) return false;
  return worth === 1 || policy.bulkHours === null || isWithin(policy.bulkHours, vietnamHour(nowMs));
}

/** Why a version of the program does not come by itself now; null: it may. Which files come does not matter to it. */
export function whyNoUpdates(policy: LinePolicy, nowMs: number, bulkBytesToday: number): 'metered' | 'day' | 'hours' | null {
  if (policy.metered) return 'metered';
  if (policy.dailyMb !== null && bulkBytesToday >= policy.dailyMb * 1_000_000) return 'day';
  return policy.bulkHours === null || isWithin(policy.bulkHours, vietnamHour(nowMs)) ? null : 'hours';
}

/** Over midnight where it ends before it begins; the whole day where both are one. */
function isWithin({ from, until }: { readonly from: string; readonly until: string }, hour: string): boolean {
  if (from === until) return true;
  return from < until ? from <= hour && hour < until : hour >= from || hour < until;
}
