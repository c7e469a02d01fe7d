/** How many days, weeks and months of backups are kept, counting only those in which one was made. */
export type RotationRule = { readonly daily: number; readonly weekly: number; readonly monthly: number };

export const defaultRotation: RotationRule = { daily: 7, weekly: 4, monthly: 12 };

type Dated = { readonly name: string; readonly atMs: number };

/**
 * The backups that may go. Of each of the last days, weeks (from Monday) and months the newest stays; the newest of all always stays. Give it good ones only: what is damaged must
 * neither stand for its day nor push out one that is whole.
 */
export function backupsToRemove(backups: readonly Dated[], rule: RotationRule = defaultRotation): readonly string[] {
  const newestFirst = backups.toSorted((one, other) => other.atMs - one.atMs || (one.name < other.name ? 1 : -1));
  const kept = new Set(newestFirst.slice(0, 1).map(({ name }) => name));
  for (const [count, bucketOf] of [[rule.daily, dayOf], [rule.weekly, weekOf], [rule.monthly, monthOf]] as const) {
    const buckets = new Set<string | number>();
    for (const { name, atMs } of newestFirst) {
      const bucket = bucketOf(atMs);
      if (buckets.has(bucket)) continue;
      if (buckets.size === count) break;
      buckets.add(bucket);
      kept.add(name);
    }
  }
  return newestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}

const dayMs = 86_400_000;

/** Days of Vietnam, which has one zone and no summer time: UTC+7. */
function dayOf(atMs: number): number {
  return Math.floor((atMs + 7 * 3_600_000) / dayMs);
}

/** 1 January 1970 was a Thursday. */
function weekOf(atMs: number): number {
  return Math.floor((dayOf(atMs) + 3) / 7);
}

function monthOf(atMs: number): string {
  return new Date(dayOf(atMs) * dayMs).toISOString().slice(0, 7);
}

/** A desk that has had no backup for so long says so. */
export const noticeAfterDays = 7;

/** Whether the day's backup is due: none succeeded yet, or the last one on an earlier day. */
export function isBackupDue(lastMs: number | null, nowMs: number): boolean {
  // a clock that was set back must not keep the next one away
  return lastMs === null || dayOf(lastMs) !== dayOf(nowMs);
}

/** Full days since the last good one. */
export function backupAgeDays(lastMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - lastMs) / dayMs));
}
