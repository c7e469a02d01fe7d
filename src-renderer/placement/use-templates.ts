import type { Placement, PlacementTemplate } from '../../src-shared/contract/signing.ts';
import { documentKinds, type DocumentKind } from '../../src-shared/domain/document.ts';
import { roundMm, type SizeMm } from '../../src-shared/domain/place.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useAction, useQuery } from '../bridge/use-query.ts';
import { useT } from '../i18n/context.tsx';
import { useToast } from '../ui/toast.tsx';
import type { PlacementState } from './use-placement.ts';

/** Kept places: the one on the screen can be kept for this type of document or for all, and the one that would be used be forgotten. */
export function useTemplates(state: PlacementState, kind: DocumentKind, pages: readonly SizeMm[]): {
  readonly kept: PlacementTemplate | undefined;
  readonly save: (kind: DocumentKind | null) => Promise<void>;
  readonly remove: () => Promise<void>;
  readonly busy: boolean;
  readonly error: AppError | null;
} {
  const t = useT();
  const say = useToast();
  const { data } = useQuery('templates.list', {});
  const saving = useAction('templates.save');
  const removing = useAction('templates.remove');
  const own = data?.templates.filter((one) => one.of === state.of) ?? [];
  const kept = own.find((one) => one.kind === kind) ?? own.find((one) => one.kind === null);

  async function save(of: DocumentKind | null): Promise<void> {
    if (!state.settled) return;
    const name = of === null ? t('place.allKinds') : documentKinds[of].name;
    const result = await saving.run({ template: { id: crypto.randomUUID(), name, of: state.of, kind: of, ...countedFrom(state.settled, pages.length) } });
    if (result.ok) say(t('place.saved', { kind: name }));
  }

  async function remove(): Promise<void> {
    if (!kept) return;
    const result = await removing.run({ id: kept.id });
    if (result.ok) say(t('place.forgotten', { kind: kept.name }));
  }

  return { kept, save, remove, busy: saving.busy || removing.busy, error: saving.error ?? removing.error };
}

/** The signer's block ends a document, however long it is: pages are counted back from the last, except on a first page with others after it. */
export function countedFrom({ page, rect }: Placement, pages: number): Pick<PlacementTemplate, 'from' | 'page' | 'rect'> {
  const kept = { x: roundMm(rect.x), y: roundMm(rect.y), width: roundMm(rect.width), height: roundMm(rect.height) };
  return page === 1 && pages > 1 ? { from: 'first', page, rect: kept } : { from: 'last', page: Math.max(1, pages - page + 1), rect: kept };
}
