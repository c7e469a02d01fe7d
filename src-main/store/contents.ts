import { AppFailure } from '../../src-shared/result.ts';
import type { Applied, BlobStore, DeskStore } from '../ports/store.ts';
import type { DroppedContents } from './desk.ts';

/**
 * The desk, and what it lets go of leaves `blobs.db` at once (sync.md I12): when a document is taken away, and when the last thing that a person had made of its
 * content is put away. What a crash kept from leaving leaves at the next opening.
 */
export function joinContents(desk: DeskStore & DroppedContents, blobs: Pick<BlobStore, 'remove'>): DeskStore {
  function removeDropped(): void {
    const dropped = desk.dropped();
    if (dropped.length === 0) return;
    for (const sha256 of dropped) blobs.remove(sha256);
    desk.forgetDropped(dropped);
  }

  function taking<A extends readonly unknown[], T extends Applied>(apply: (...given: A) => T): (...given: A) => T {
    return (...given) => {
      const applied = apply(...given);
      if (applied.dropped.length > 0) removeDropped();
      return applied;
    };
  }

  /** What was done is done: where the disk refuses now, the contents leave after the next thing that is done. */
  function letting<A extends readonly unknown[], T>(act: (...given: A) => T): (...given: A) => T {
    return (...given) => {
      const done = act(...given);
      try {
        removeDropped();
      } catch (error) {
        if (!(error instanceof AppFailure)) throw error;
      }
      return done;
    };
  }

  removeDropped();
  return {
    ...desk,
    applyChanges: taking(desk.applyChanges),
    finishSnapshot: taking(desk.finishSnapshot),
    forgetAnswered: letting(desk.forgetAnswered),
    recordAction: letting(desk.recordAction),
    undo: letting(desk.undo),
    settle: letting(desk.settle),
    dismissProblem: letting(desk.dismissProblem),
    settleConflict: letting(desk.settleConflict),
    keepForm: letting(desk.keepForm),
    dropForm: letting(desk.dropForm),
    putBatch: letting(desk.putBatch),
    setBatchItem: letting(desk.setBatchItem),
  };
}
