import type { DocumentId } from '../../src-shared/domain/ids.ts';
import type { Change } from '../../src-shared/protocol/wire.ts';
import type { Applied, BlobStore, DeskStore } from '../ports/store.ts';

export type Arrivals = {
  /** Incoming documents in it that are not here yet. Asked before it is applied. */
  readonly among: (changes: readonly Change[], firstFilling: boolean) => readonly DocumentId[];
  /** What was applied is told; content that no document names any more goes, and whoever looks at it hears (I12). */
  readonly tell: (applied: Applied, arrived: readonly DocumentId[]) => void;
};

export type ArrivalOptions = {
  readonly desk: DeskStore; readonly blobs: BlobStore;
  readonly onChanged: (ids: readonly DocumentId[]) => void; readonly onArrived: (ids: readonly DocumentId[]) => void; readonly onDropped: (hashes: Applied['dropped']) => void;
};

export function createArrivals({ desk, blobs, onChanged, onArrived, onDropped }: ArrivalOptions): Arrivals {
  return {
    among: (changes, firstFilling) => (firstFilling ? [] : changes.filter((change) => 'events' in change && change.events[0]?.type === 'arrived' && desk.findDocument(change.document) === null).map(({ document }) => document)),
    tell: ({ changed, gone, dropped }, arrived) => {
      for (const sha256 of dropped) blobs.remove(sha256);
      if (dropped.length > 0) onDropped(dropped);
      const touched = [...new Set([...changed, ...gone])];
      if (touched.length > 0) onChanged(touched);
      const here = arrived.filter((id) => changed.includes(id));
      if (here.length > 0) onArrived(here);
    },
  };
}
