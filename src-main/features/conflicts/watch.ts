import type { DeskContext } from '../context.ts';

/** Tells the screens when there are more or fewer clashes than before: they come with an answer or with the feed. */
export function watchConflicts({ store, sync, emit }: Pick<DeskContext, 'store' | 'sync' | 'emit'>): () => void {
  let told = store.conflicts().length;
  const look = (): void => {
    const count = store.conflicts().length;
    if (count === told) return;
    told = count;
    emit('conflicts.changed', { count });
  };
  const stops = [sync.onChanged(look), sync.onStatus(look)];
  return () => stops.forEach((stop) => stop());
}
