import { useEffect, useRef, useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { MarkInput, Placement } from '../../../src-shared/contract/signing.ts';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';
import { pageOf, type SizeMm } from '../../../src-shared/domain/place.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useKeptForm, type KeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { samePlace } from '../../placement/geometry.ts';
import type { FrameState } from '../../placement/use-placement.ts';
import { usePreview, type Preview } from '../../placement/use-preview.ts';
import { markInputOf, nothingWritten, parseMarkValues, type MarkValues } from './mark-values.ts';

export type MarkState = {
  readonly kind: MarkKind;
  readonly form: KeptForm<MarkValues>;
  readonly input: MarkInput | null;
  readonly preview: Preview;
  readonly pages: readonly SizeMm[];
  readonly frame: FrameState;
  /** What is asked of the engine; null leaves the place to it. */
  readonly placement: Placement | null;
  readonly error: AppError | null;
};

/** A mark that is being written on one document: what it says, what it looks like, where it stands. */
export function useMark({ document }: DocumentDetail, kind: MarkKind): MarkState {
  const { id, content } = document;
  const form = useKeptForm<MarkValues>(`mark:${kind}:${id}`, nothingWritten, parseMarkValues);
  const { data: known, error } = useQuery('signing.propose', { id });
  const [carried, setCarried] = useState<Placement | null>(null);
  const [past, setPast] = useState<readonly (Placement | null)[]>([]);
  // Where it stands when nobody moves it: the frame snaps back to it
  const [home, setHome] = useState<Placement | null>(null);
  const focusWanted = useRef(false);
  const pages = known?.pages ?? [];
  const input = markInputOf(kind, form.value);
  const chosen = form.value.place;
  const placement = chosen && (kind === 'comment' ? roomBelow(chosen, pages) : chosen);
  const preview = usePreview('signing.previewMark', content.sha256, input && { id, mark: input, placement });
  // The engine keeps its corner and gives the mark its own size
  const answered = preview.current ? preview.place : null;
  const settled = answered ?? chosen ?? preview.place;
  useEffect(() => {
    if (answered && chosen === null) setHome((before) => (samePlace(before, answered) ? before : answered));
  }, [answered, chosen]);

  function settle(place: Placement | null): void {
    setCarried(null);
    if (samePlace(place, settled)) return;
    setPast([...past, chosen]);
    form.set({ place });
  }

  return {
    kind, form, input, preview, pages, placement,
    error: error ?? preview.error,
    frame: {
      placement: carried ?? settled,
      settled,
      targets: home ? [home] : [],
      carry: setCarried,
      settle,
      undo: () => {
        if (past.length === 0) return;
        setPast(past.slice(0, -1));
        form.set({ place: past.at(-1) ?? null });
      },
      canUndo: past.length > 0,
      reset: () => settle(null),
      focusWanted,
    },
  };
}

/** Words are set at their usual size as far as the page goes; the frame then closes about them. */
function roomBelow({ page, rect }: Placement, pages: readonly SizeMm[]): Placement {
  return { page, rect: { ...rect, height: Math.max(rect.height, pageOf(pages, page).heightMm - rect.y) } };
}
