import { emptyDigest } from '../../src-shared/protocol/digest.ts';
import type { DeskStore } from '../ports/store.ts';

const notYet = (): never => {
  throw new Error('not built yet');
};

/** Until the store has them. */
export const pendingStore: Pick<DeskStore, 'digest' | 'scope' | 'beginSnapshot' | 'addSnapshotFrame' | 'finishSnapshot' | 'snapshotUnderWay' | 'conflicts' | 'settleConflict'> = {
  digest: () => emptyDigest,
  scope: () => null,
  beginSnapshot: notYet,
  addSnapshotFrame: notYet,
  finishSnapshot: notYet,
  snapshotUnderWay: () => null,
  conflicts: () => [],
  settleConflict: () => false,
};
