import type { SyncState } from '../../../src-shared/contract/documents.ts';

/** By what `syncRank` gives. */
export const syncByRank: readonly SyncState[] = ['synced', 'waiting', 'confirming', 'sending', 'problem'];

/** The most urgent state of the commands of the row that `alias` names, null without any; `applied` ones are the server's already. */
export function syncRank(alias: string): string {
  return `(SELECT max(CASE o.state WHEN 'problem' THEN 4 WHEN 'sending' THEN 3 WHEN 'confirming' THEN 2 WHEN 'waiting' THEN 1 ELSE 0 END) FROM outbox o WHERE o.document = ${alias}.id)`;
}
