import { updateAnswer } from '../../src-shared/protocol/update.ts';
import type { LinePolicy } from '../../src-shared/contract/line.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';
import type { ServerUpdates, WantedBytes } from '../ports/updates.ts';
import type { Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Meter } from './meter.ts';
import { whyNoUpdates } from './policy.ts';
import { readPieces, type Opened } from './reading.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

/** As with documents' files: no more stands in the line's queues than passes in so long (I16). */
const chunkTargetMs = 1500;
const minChunkBytes = 8 * 1024;
const maxChunkBytes = 4 * 1024 * 1024;
const firstChunkBytes = 16 * 1024;
const broken: Failure = { kind: 'line', sent: false };

export type UpdateCarrying = {
  /** Asks where it is time to, and fetches until nothing more is wanted, something forbids it or the line fails. Stands aside for everything. */
  readonly run: () => Promise<Failure | null>;
  /** Now, for somebody who waits for it. */
  readonly ask: () => Promise<Result<null>>;
};

export type UpdateCarryingOptions = {
  readonly wire: Wire; readonly session: Session; readonly updates: ServerUpdates; readonly station: string; readonly gate: Gate; readonly meter: Meter; readonly time: Time; readonly timing: SyncTiming; readonly log: Log;
  readonly policy: () => LinePolicy;
};

export function createUpdateCarrying({ wire, session, updates, station, gate, meter, time, timing, log, policy }: UpdateCarryingOptions): UpdateCarrying {
  let dueAt = Number.NEGATIVE_INFINITY;

  /** Null: answered, whatever the answer. */
  async function question(): Promise<Failure | Result<null>> {
    const words = new URLSearchParams({ station, ...updates.question() });
    const tag = updates.tag();
    const headers = tag === null ? {} : { 'if-none-match': tag };
    const answer = await session.withToken((token) => wire.call('GET', `/v1/updates/release?${words.toString()}`, updateAnswer, { token, headers }));
    const failure = answer.ok ? null : answer.failure;
    if (failure !== null && failure.kind !== 'refused') return failure;
    dueAt = time.elapsed() + timing.updateMs;
    if (failure !== null) {
      // the one that is here; a province that gives no versions, or a server from before them
      if (failure.status === 304 || failure.status === 404) {
        updates.unchanged();
        return ok(null);
      }
      return { ok: false, error: failure.error };
    }
    const taken = answer.ok ? await updates.take(answer.value.release) : ok(null);
    if (!taken.ok) log('warn', 'a version was refused', { code: taken.error.code });
    return taken;
  }

  async function fetchNext(wanted: WantedBytes): Promise<Failure | null> {
    const rate = meter.rate();
    const most = rate === null ? firstChunkBytes : Math.min(maxChunkBytes, Math.max(minChunkBytes, Math.round(rate * chunkTargetMs)));
    const end = Math.min(wanted.end, wanted.start + most) - 1;
    const headers = { range: `bytes=${wanted.start}-${end}`, 'if-range': wanted.etag, 'accept-encoding': 'identity' };
    const answer = await session.withToken((token) => wire.open('GET', wanted.path, { token, headers }));
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      await updates.gone();
      return null;
    }
    const { response, cancel } = answer.value;
    const first = response.status === 206 ? Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]) : 0;
    if (response.headers.get('etag') !== wanted.etag || first !== wanted.start) {
      cancel();
      return broken;
    }
    return (await receive(answer.value, wanted.start, end + 1)) > wanted.start ? null : broken;
  }

  /** How far it came. Never throws for what the line does; throws for what the disk does. */
  async function receive(opened: Opened, start: number, end: number): Promise<number> {
    let at = start;
    let storing = false;
    let askedAt = time.elapsed();
    try {
      for await (const piece of readPieces(opened, time, timing.noBytesMs)) {
        meter.count({ received: piece.length, bulk: updates.isAskedFor() ? 0 : piece.length });
        meter.moved(piece.length, time.elapsed() - askedAt);
        // no more than was asked for is kept, whatever is sent
        const bytes = piece.subarray(0, end - at);
        storing = true;
        await updates.put(at, bytes);
        storing = false;
        at += bytes.length;
        if (at >= end) break;
        await gate.clear(3);
        askedAt = time.elapsed();
      }
    } catch (error) {
      if (storing) throw error;
    } finally {
      opened.cancel();
    }
    return at;
  }

  return {
    run: async () => {
      if (time.elapsed() >= dueAt) {
        await gate.clear(3);
        const answered = await question();
        if ('kind' in answered) return answered;
      }
      for (;;) {
        await gate.clear(3);
        const wanted = await updates.next();
        if (wanted === null) return null;
        const why = updates.isAskedFor() ? null : whyNoUpdates(policy(), time.now(), meter.bulkToday());
        updates.held(why);
        if (why !== null) return null;
        const failure = await fetchNext(wanted);
        if (failure !== null) return failure;
      }
    },
    ask: async () => {
      const answered = await question();
      if (!('kind' in answered)) return answered;
      return fail(answered.kind === 'signed-out' ? 'sync.signed-out' : 'sync.offline');
    },
  };
}
