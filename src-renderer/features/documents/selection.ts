import type { DocumentId } from '../../../src-shared/domain/ids.ts';

/** Documents chosen for one deed on all of them. Empty while only one is open: then that one is the choice. */
export type Selection = { readonly chosen: ReadonlySet<DocumentId>; /** Where a range begins. */ readonly anchor: DocumentId | null };

export const noSelection: Selection = { chosen: new Set(), anchor: null };

/** Ctrl+click: one more or one less; the document that was open counts as chosen before the first. */
export function toggle({ chosen }: Selection, id: DocumentId, open: DocumentId | null): Selection {
  const next = new Set(chosen.size === 0 && open !== null ? [open] : chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
}

/**
 * Shift: from the anchor to `id`, both of them, in the order of the list. `ids` are the list's first, as many as a choice may hold: a range that
 * goes beyond them ends there.
 */
export function range(selection: Selection, id: DocumentId, open: DocumentId | null, ids: readonly DocumentId[]): Selection {
  const anchor = selection.anchor ?? open ?? id;
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)];
  if (from < 0 && to < 0) return { chosen: new Set([id]), anchor: id };
  const ends = [from, to].map((index) => (index < 0 ? ids.length - 1 : index));
  return { chosen: new Set(ids.slice(Math.min(...ends), Math.max(...ends) + 1)), anchor };
}
