import { useQuery } from '../../bridge/use-query.ts';
import { useConflicts } from '../conflicts/settling.tsx';

/** How much waits on this machine: to be sent, to be mended, and to be chosen on. Each work is counted once. */
export function useWaiting(): { readonly waiting: number; readonly problems: number; readonly conflicts: number } {
  const { data } = useQuery('outbox.list', {});
  const { conflicts, isClash } = useConflicts();
  const rows = data?.rows ?? [];
  const problems = rows.filter((row) => row.sync === 'problem' && !isClash(row.id)).length;
  return { waiting: rows.filter((row) => row.sync !== 'problem').length, problems, conflicts: conflicts.length };
}
