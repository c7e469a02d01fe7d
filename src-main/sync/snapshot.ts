import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { change, snapshotInfo, type Change, type SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import type { Log } from '../ports/log.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import type { Arrivals } from './arrivals.ts';
import { again, type Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Meter } from './meter.ts';
import { readPieces } from './reading.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

export type Snapshot = {
  /** Which one to fetch; begins it. Null: it was answered. */
  readonly ask: () => Promise<Failure | null>;
  /** Fetches it frame by frame, from where it was broken off, also by the end of the program. `none`: the server makes none. */
  readonly fetch: () => Promise<Failure | 'done' | 'none'>;
};

export type SnapshotOptions = {
  readonly wire: Wire; readonly session: Session; readonly desk: DeskStore; readonly arrivals: Arrivals; readonly gate: Gate; readonly meter: Meter; readonly time: Time; readonly timing: SyncTiming; readonly log: Log;
  readonly onChanged: (ids: readonly DocumentId[]) => void;
};

/** A frame is some kB; one that says to be longer is damaged. */
const maxFrameBytes = 8 * 1024 * 1024;
const maxUnpackedBytes = 64 * 1024 * 1024;

/** Ours, and not the line's: a full disk, a bug. */
class StoreFault extends Error {}

export function createSnapshot({ wire, session, desk, arrivals, gate, meter, time, timing, log, onChanged }: SnapshotOptions): Snapshot {
  const arrived = new Set<DocumentId>();
  let current: SnapshotInfo | null = null;
  /** The probe has just been told that there is none. */
  let none = false;

  async function ask(): Promise<Failure | 'none' | null> {
    // none from before what is here already (I10)
    const cursor = desk.cursor();
    const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const answer = await session.withToken((token) => wire.call('GET', `/v1/snapshot${query}`, snapshotInfo, { token }));
    if (answer.ok) {
      if (current?.hash !== answer.value.hash) arrived.clear();
      current = answer.value;
      desk.beginSnapshot(answer.value);
      return null;
    }
    if (answer.failure.kind !== 'refused') return answer.failure;
    if (answer.failure.status === 403) return session.pause();
    return answer.failure.status === 404 ? 'none' : again;
  }

  function take(frame: Uint8Array, nextOffset: number): void {
    const lines = brotliDecompressSync(frame, { maxOutputLength: maxUnpackedBytes }).toString('utf8').split('\n');
    const changes = z.array(change).parse(lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)) as readonly Change[];
    try {
      for (const id of arrivals.among(changes, desk.cursor() === null)) arrived.add(id);
      const shown = desk.addSnapshotFrame(changes, nextOffset);
      if (shown.length > 0) onChanged(shown);
    } catch (error) {
      throw new StoreFault('a frame was not stored', { cause: error });
    }
  }

  /** Whole frames of what has come; what is left over is fetched again. Answers where the next begins. */
  async function readFrames(pieces: AsyncIterable<Uint8Array>, from: number): Promise<number> {
    let offset = from;
    let rest: Uint8Array = new Uint8Array(0);
    let askedAt = time.elapsed();
    for await (const piece of pieces) {
      meter.count({ received: piece.length });
      meter.moved(piece.length, time.elapsed() - askedAt);
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      while (rest.length >= 4) {
        const length = Buffer.from(rest.buffer, rest.byteOffset, rest.length).readUInt32BE(0);
        if (length > maxFrameBytes) throw new RangeError('no frame');
        if (rest.length < 4 + length) break;
        offset += 4 + length;
        take(rest.subarray(4, 4 + length), offset);
        rest = rest.subarray(4 + length);
        await time.turn();
      }
      await gate.clear(1);
      askedAt = time.elapsed();
    }
    return offset;
  }

  /** One request: from where it stands to as far as the line goes. */
  async function fetchOn(info: SnapshotInfo, offset: number): Promise<Failure | 'anew' | number> {
    const etag = `"${info.hash}"`;
    const answer = await session.withToken((token) => wire.open('GET', `/v1/snapshot/${encodeURIComponent(info.scope)}/${info.hash}`, { token, headers: { 'accept-encoding': 'identity', ...(offset === 0 ? {} : { range: `bytes=${offset}-`, 'if-range': etag }) } }));
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      // built anew since, or not this desk's any more
      return answer.failure.status === 403 ? session.pause() : 'anew';
    }
    const opened = answer.value;
    try {
      const first = opened.response.status === 206 ? Number(/^bytes (\d+)-/.exec(opened.response.headers.get('content-range') ?? '')?.[1]) : 0;
      if (opened.response.headers.get('etag') !== etag || first !== offset) return 'anew';
      return await readFrames(readPieces(opened, time, timing.noBytesMs), offset);
    } finally {
      opened.cancel();
    }
  }

  return {
    ask: async () => {
      const asked = await ask();
      none = asked === 'none';
      return asked === 'none' ? null : asked;
    },
    fetch: async () => {
      if (none && desk.snapshotUnderWay() === null) {
        none = false;
        return 'none';
      }
      for (let idle = 0; idle < 2;) {
        const under = desk.snapshotUnderWay();
        if (under === null) {
          const asked = await ask();
          if (asked !== null) return asked;
          continue;
        }
        if (under.offset >= under.info.sizeBytes) {
          arrivals.tell(desk.finishSnapshot(), [...arrived]);
          arrived.clear();
          current = null;
          return 'done';
        }
        let outcome: Failure | 'anew' | number;
        try {
          outcome = await fetchOn(under.info, under.offset);
        } catch (error) {
          if (error instanceof StoreFault) throw error.cause;
          // broken off in the middle: what came whole is kept. Damaged: the same again, and then it is left for later
          log('info', 'a snapshot broke off', { at: under.offset, error: error instanceof Error ? error.name : 'unknown' });
          outcome = desk.snapshotUnderWay()?.offset ?? under.offset;
        }
        if (typeof outcome === 'object') return outcome;
        if (outcome === 'anew') {
          const asked = await ask();
          if (asked !== null) return asked;
          idle += 1;
        } else idle = (desk.snapshotUnderWay()?.offset ?? 0) > under.offset ? 0 : idle + 1;
      }
      return { kind: 'line', sent: false };
    },
  };
}
