import { z } from 'zod';
import { placement, type Placement } from '../../../src-shared/contract/signing.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { useKeptForm } from '../../app/use-kept-form.ts';

const kept = z.object({ places: z.record(z.string(), z.object({ content: z.string(), placement })) });

/** So many dragged frames are remembered; the oldest go first. */
const most = 200;

export type ChosenPlaces = {
  /** What the person chose for this very content; null when they left it to the program. */
  readonly find: (document: DocumentState) => Placement | null;
  readonly choose: (document: DocumentState, place: Placement | null) => void;
};

/** Frames that the leader moved, kept while the queue is gone through, over a restart too: “sign all that were read” uses them. */
export function useChosenPlaces(): ChosenPlaces {
  const form = useKeptForm('signing:places', { places: {} }, (value) => kept.safeParse(value).data ?? null);
  const { places } = form.value as z.output<typeof kept>;
  return {
    find: ({ id, content }) => {
      const held = places[id];
      return held?.content === content.sha256 ? held.placement : null;
    },
    choose: ({ id, content }, place) => {
      const others = Object.entries(places).filter(([key]) => key !== id).slice(1 - most);
      form.set({ places: Object.fromEntries(place ? [...others, [id, { content: content.sha256, placement: place }]] : others) });
    },
  };
}
