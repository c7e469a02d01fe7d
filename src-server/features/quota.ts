import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { ServerLimits } from '../limits.ts';
import type { Tx } from '../storage/port.ts';

const keyOf = (unit: OrganizationCode | null) => (unit === null ? 'quota' : `quota/${unit}`);

/** The largest attachment that the unit may send, in bytes: its own quota, else the province's, else the program's. */
export async function readQuota(tx: Tx, unit: OrganizationCode, limits: Pick<ServerLimits, 'contentBytes'>): Promise<number> {
  const set = (await tx.settings.get(keyOf(unit))) ?? (await tx.settings.get(keyOf(null)));
  return set === null ? limits.contentBytes : Number(set);
}

/** `unit` null: of every unit that has none of its own. */
export async function putQuota(tx: Tx, unit: OrganizationCode | null, bytes: number): Promise<void> {
  if (!Number.isSafeInteger(bytes) || bytes < 1) throw new Error('a quota is a number of bytes, at least 1');
  await tx.settings.put(keyOf(unit), String(bytes));
}
