import type { DocumentId } from '../../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../../context.ts';

const everyMs = 250;

/** Tells the lists and wakes the line some times a second, not at every document: each telling has the screens read anew. */
export function createTeller(context: Pick<DeskContext, 'emit' | 'now' | 'sync'>): { readonly tell: (id: DocumentId) => void; readonly end: () => void } {
  const ids = new Set<DocumentId>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ids.size === 0) return;
    context.emit('documents.changed', { ids: [...ids], at: context.now().toISOString() });
    ids.clear();
    context.emit('sync.status', context.sync.status());
    void context.sync.kick();
  };
  return {
    tell: (id) => {
      ids.add(id);
      timer ??= setTimeout(flush, everyMs);
    },
    end: flush,
  };
}
