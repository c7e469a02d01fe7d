import type { LinePolicy } from '../../src-shared/contract/line.ts';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { PersonId, Sha256 } from '../../src-shared/domain/ids.ts';
import { contentsOfState, isRecord, type LogState } from '../../src-shared/domain/log.ts';
import { findTask } from '../../src-shared/domain/task-rules.ts';
import type { BlobStore, DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import { createHeap, type Heap } from './heap.ts';
import type { Meter } from './meter.ts';
import { mayCome, type Worth } from './policy.ts';

/** `beside`: attached to a document, or a record's; of equal worth the documents themselves come first. */
export type Wanted = { readonly content: ContentRef; readonly worth: Worth; readonly atMs: number; readonly beside: boolean };

/** Contents that are not here, and in which order they are to come. */
export type Wants = {
  /** What a document or a record that was met names now. */
  readonly add: (state: LogState) => void;
  /** One that a document or a record names, found by its hash. */
  readonly find: (content: ContentRef) => void;
  /** A person waits for it. */
  readonly open: (content: ContentRef) => void;
  /** It is here, is gone, or is not wanted any more. */
  readonly drop: (sha256: Sha256) => void;
  /** What may come now and is worth most; null where nothing may. */
  readonly next: () => Wanted | null;
  readonly tally: () => { readonly waiting: number; readonly waitingBytes: number; readonly held: number };
};

export type WantsOptions = { readonly desk: DeskStore; readonly blobs: BlobStore; readonly meter: Meter; readonly time: Time; readonly me: () => PersonId | null; readonly policy: () => LinePolicy };

const recentMs = 30 * 86_400_000;
const worths = [0, 1, 2, 3] as const;

export function createWants({ desk, blobs, meter, time, me, policy }: WantsOptions): Wants {
  const wanted = new Map<Sha256, Wanted>();
  const documentsFirst = (a: Wanted, b: Wanted): number => Number(a.beside) - Number(b.beside);
  const smallest = (a: Wanted, b: Wanted): number => documentsFirst(a, b) || a.content.sizeBytes - b.content.sizeBytes;
  const heaps: readonly Heap<Wanted>[] = [createHeap(smallest), createHeap(smallest), createHeap(smallest), createHeap<Wanted>((a, b) => b.atMs - a.atMs || documentsFirst(a, b))];
  const counts = worths.map(() => ({ files: 0, bytes: 0 }));

  function worthOf(state: LogState): Worth {
    const person = me();
    // whoever was given it, passed-on parts too, or is told of it
    if (!isRecord(state) && ((person !== null && findTask(state.tasks, person) !== null) || state.urgency === 'express')) return 1;
    return time.now() - Date.parse(state.updatedAt) <= recentMs ? 2 : 3;
  }

  function isBeside(state: LogState, { sha256 }: ContentRef): boolean {
    return isRecord(state) || state.content.sha256 !== sha256;
  }

  function tell(one: Wanted, by: 1 | -1): void {
    const count = counts[one.worth];
    if (count === undefined) return;
    count.files += by;
    count.bytes += by * one.content.sizeBytes;
  }

  function put(content: ContentRef, worth: Worth, atMs: number, beside: boolean): void {
    const before = wanted.get(content.sha256);
    if (before !== undefined && (before.worth < worth || (before.worth === worth && (!before.beside || beside)))) return;
    if (before === undefined && blobs.has(content.sha256)) return;
    if (before !== undefined) tell(before, -1);
    const one = { content, worth, atMs, beside };
    wanted.set(content.sha256, one);
    tell(one, 1);
    heaps[worth]?.push(one);
  }

  function drop(sha256: Sha256): void {
    const one = wanted.get(sha256);
    if (one === undefined) return;
    wanted.delete(sha256);
    tell(one, -1);
  }

  const may = (worth: Worth): boolean => mayCome(policy(), worth, time.now(), meter.bulkToday());

  return {
    add: (state) => {
      for (const content of contentsOfState(state)) put(content, worthOf(state), Date.parse(state.updatedAt), isBeside(state, content));
    },
    find: (content) => {
      const holders = desk.holdersOf(content.sha256);
      const worth = holders.reduce<Worth>((best, state) => (worthOf(state) < best ? worthOf(state) : best), 3);
      put(content, worth, Math.max(0, ...holders.map((state) => Date.parse(state.updatedAt))), holders.every((state) => isBeside(state, content)));
    },
    open: (content) => put(content, 0, time.now(), false),
    drop,
    next: () => {
      for (const worth of worths) {
        const heap = heaps[worth];
        if (heap === undefined || (counts[worth]?.files ?? 0) === 0 || !may(worth)) continue;
        for (let one = heap.peek(); one !== null; one = heap.peek()) {
          // put again under another worth, or dropped: it stands elsewhere or nowhere
          if (wanted.get(one.content.sha256) !== one) heap.pop();
          // made or brought here by another way
          else if (blobs.has(one.content.sha256)) drop(one.content.sha256);
          else return one;
        }
      }
      return null;
    },
    tally: () => {
      let [waiting, waitingBytes, held] = [0, 0, 0];
      for (const worth of worths) {
        const { files, bytes } = counts[worth] ?? { files: 0, bytes: 0 };
        waiting += files;
        waitingBytes += bytes;
        if (files > 0 && !may(worth)) held += files;
      }
      return { waiting, waitingBytes, held };
    },
  };
}
