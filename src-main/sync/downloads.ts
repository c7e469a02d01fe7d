import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { BlobStage, BlobStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import type { Failure, Reached } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Meter } from './meter.ts';
import { readPieces, type Opened } from './reading.ts';
import type { Session } from './session.ts';
import { openStage } from './stages.ts';
import type { SyncTiming } from './timing.ts';
import type { Wanted, Wants } from './wants.ts';
import type { Wire } from './wire.ts';

/** What is asked for at once is what the line carries in so long, so that little stands in its queues when something urgent comes (I16). */
const chunkTargetMs = 1500;
const minChunkBytes = 8 * 1024;
const maxChunkBytes = 4 * 1024 * 1024;
const firstChunkBytes = 16 * 1024;
const maxDamaged = 3;

/** A range that was asked for. */
type Asked = { readonly start: number; readonly end: number; readonly answer: Promise<Reached<Opened>> };
type Outcome = 'here' | 'damaged' | 'gone' | 'overtaken' | Failure;
const broken: Failure = { kind: 'line', sent: false };

export type Downloads = {
  /** Fetches what is wanted and may come, until nothing is left or the line fails. */
  readonly run: () => Promise<Failure | null>;
  /** Bytes that have come of one that is under way; null for all others. */
  readonly progress: (sha256: Sha256) => number | null;
  /** What has come of it is not wanted any more. */
  readonly forget: (hashes: readonly Sha256[]) => void;
  /** After the wire was stopped: nothing writes to the store any more. */
  readonly end: () => void;
};

export type DownloadOptions = {
  readonly wire: Wire; readonly session: Session; readonly blobs: BlobStore; readonly wants: Wants; readonly gate: Gate; readonly meter: Meter; readonly time: Time; readonly timing: SyncTiming;
  /** By anything on this desk. */
  readonly isNamed: (sha256: Sha256) => boolean;
  readonly onContent: (sha256: Sha256) => void;
};

export function createDownloads({ wire, session, blobs, wants, gate, meter, time, timing, isNamed, onContent }: DownloadOptions): Downloads {
  const stages = new Map<Sha256, BlobStage>();
  const damaged = new Map<Sha256, number>();

  /** Goes on with what has come; begins on the parent where it is here, so that the tail alone travels. */
  function stageOf({ content: { sha256, parent, sizeBytes } }: Wanted): BlobStage {
    const open = stages.get(sha256);
    if (open !== undefined) return open;
    const parentBytes = parent === null ? null : blobs.findSize(parent);
    const base = parentBytes !== null && parentBytes < sizeBytes && !damaged.has(sha256) ? parent : null;
    const stage = openStage(blobs, sha256, base, sizeBytes);
    stages.set(sha256, stage);
    return stage;
  }

  function close(sha256: Sha256, keep: boolean): void {
    if (!keep) stages.get(sha256)?.drop();
    stages.delete(sha256);
  }

  async function fetchOne(one: Wanted): Promise<Outcome> {
    const { sha256, sizeBytes } = one.content;
    const stage = stageOf(one);
    const next: { ahead: Asked | null } = { ahead: null };
    try {
      while (stage.offset() < sizeBytes) {
        await gate.clear(2);
        const best = wants.next();
        if (best === null || best.worth < one.worth || stages.get(sha256) !== stage) return 'overtaken';
        const { ahead } = next;
        const asked = ahead?.start === stage.offset() ? ahead : ask(one, stage.offset());
        if (ahead !== asked) leave(ahead);
        next.ahead = null;
        const outcome = await fetchChunk(one, stage, asked, () => {
          next.ahead ??= asked.end + 1 < sizeBytes ? ask(one, asked.end + 1) : null;
        });
        if (outcome !== null) return outcome;
      }
    } finally {
      leave(next.ahead);
    }
    if (stage.offset() > sizeBytes) {
      close(sha256, false);
      return 'damaged';
    }
    const finished = await finish(stage, sha256);
    if (finished === 'overtaken') return finished;
    close(sha256, true);
    return finished.ok ? 'here' : 'damaged';
  }

  /** A document may be taken away while its file is hashed: the file must not stay then (I12). */
  async function finish(stage: BlobStage, sha256: Sha256): Promise<Awaited<ReturnType<BlobStage['finish']>> | 'overtaken'> {
    let failed: unknown = null;
    const finished = await stage.finish().catch((error: unknown) => {
      failed = error;
      return null;
    });
    if (stages.get(sha256) !== stage) {
      if (finished?.ok === true && !isNamed(sha256)) blobs.remove(sha256);
      return 'overtaken';
    }
    if (finished === null) throw failed;
    return finished;
  }

  function ask({ content: { sha256, sizeBytes } }: Wanted, start: number): Asked {
    const rate = meter.rate();
    const most = rate === null ? firstChunkBytes : Math.min(maxChunkBytes, Math.max(minChunkBytes, Math.round(rate * chunkTargetMs)));
    const end = Math.min(sizeBytes, start + most) - 1;
    const headers = { range: `bytes=${start}-${end}`, 'if-range': `"${sha256}"`, 'accept-encoding': 'identity' };
    return { start, end, answer: session.withToken((token) => wire.open('GET', `/v1/blobs/${sha256}`, { token, headers })) };
  }

  /** Asked for and not needed any more. */
  function leave(asked: Asked | null): void {
    asked?.answer.then((answer) => (answer.ok ? answer.value.cancel() : undefined), () => undefined);
  }

  /** Null: on with the next one. `nearEnd`: the line would stand idle for as long as a question takes, so the next may be asked for. */
  async function fetchChunk(one: Wanted, stage: BlobStage, asked: Asked, nearEnd: () => void): Promise<Outcome | null> {
    const { sha256 } = one.content;
    const { start } = asked;
    const answer = await asked.answer;
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      if (answer.failure.status === 403) return session.pause();
      close(sha256, false);
      return answer.failure.status === 416 ? 'damaged' : 'gone';
    }
    const opened = answer.value;
    const first = opened.response.status === 206 ? Number(/^bytes (\d+)-/.exec(opened.response.headers.get('content-range') ?? '')?.[1]) : 0;
    if (opened.response.headers.get('etag') !== `"${sha256}"` || first !== start) {
      opened.cancel();
      return broken;
    }
    await receive(opened, stage, one, () => {
      if (asked.end + 1 - stage.offset() <= (meter.rate() ?? 0) * meter.answerMs() && gate.isClear(2)) nearEnd();
    });
    // broken off: on from the byte that came, at once if any did
    return stages.get(sha256) !== stage ? 'overtaken' : stage.offset() > start ? null : broken;
  }

  /** Never throws for what the line does; throws for what the disk does. */
  async function receive(opened: Opened, stage: BlobStage, { worth, content: { sha256 } }: Wanted, moved: () => void): Promise<void> {
    let storing = false;
    let askedAt = time.elapsed();
    try {
      for await (const piece of readPieces(opened, time, timing.noBytesMs)) {
        meter.count({ received: piece.length, bulk: worth === 0 ? 0 : piece.length });
        meter.moved(piece.length, time.elapsed() - askedAt);
        storing = true;
        await stage.append(piece);
        storing = false;
        // nothing more is taken from the line while something urgent is at work
        await gate.clear(2);
        if (stages.get(sha256) !== stage) return;
        moved();
        askedAt = time.elapsed();
      }
    } catch (error) {
      if (storing) throw error;
    } finally {
      opened.cancel();
    }
  }

  function settle(sha256: Sha256, outcome: 'here' | 'damaged' | 'gone'): void {
    if (outcome === 'damaged') {
      const times = (damaged.get(sha256) ?? 0) + 1;
      damaged.set(sha256, times);
      if (times < maxDamaged) return;
      damaged.delete(sha256);
    }
    // what the server does not give, or gives wrong again and again, is asked for anew when the document changes or at the next start
    wants.drop(sha256);
    if (outcome !== 'here') return;
    damaged.delete(sha256);
    onContent(sha256);
  }

  return {
    run: async () => {
      for (;;) {
        await gate.clear(2);
        const one = wants.next();
        if (one === null) return null;
        const outcome = await fetchOne(one);
        if (outcome === 'overtaken') continue;
        if (typeof outcome === 'object') return outcome;
        settle(one.content.sha256, outcome);
      }
    },
    progress: (sha256) => stages.get(sha256)?.offset() ?? null,
    forget: (hashes) => {
      for (const sha256 of hashes) {
        wants.drop(sha256);
        close(sha256, false);
      }
    },
    end: () => {
      // a stage of the store's own is gone on with at the next start; the others end with the program
      if (blobs.stage === undefined) for (const stage of stages.values()) stage.drop();
      stages.clear();
    },
  };
}
