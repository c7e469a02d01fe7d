import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import { resync } from './changes.ts';
import type { Cursors } from './cursor.ts';
import type { Deps } from './deps.ts';

/** One open stream. `slot`: what is sent next; a newer hint takes its place, since only the newest counts. */
type Listener = { readonly unit: OrganizationCode; readonly endsAt: number; readonly round: Set<Listener>; slot: Uint8Array | null; over: boolean; wake: (() => void) | null };

/** A comment keeps the line awake; it comes in so many turns, so that thousands of streams are not written to at once. */
const turns = 20;
const comment = new TextEncoder().encode(':\n\n');

/** GET /v1/events: hints that a unit's feed has moved. Losing one loses nothing. One ticker for all streams, one small object each. */
export function createEvents({ storage, limits, elapsed, after }: Deps, cursors: Cursors) {
  const byUnit = new Map<OrganizationCode, Set<Listener>>();
  const rounds: readonly Set<Listener>[] = Array.from({ length: turns }, () => new Set<Listener>());
  const reading = new Map<OrganizationCode, 'once' | 'again'>();
  let open = 0;
  let given = 0;
  let cancelTick: (() => void) | null = null;

  function say(listener: Listener, bytes: Uint8Array): void {
    listener.slot = bytes;
    listener.wake?.();
  }

  function tick(turn: number): void {
    const at = elapsed();
    for (const listener of rounds[turn] ?? []) {
      if (at >= listener.endsAt) end(listener);
      else if (listener.slot === null) say(listener, comment);
    }
    cancelTick = open === 0 ? null : after(limits.eventsCommentMs / turns, () => tick((turn + 1) % turns));
  }

  function end(listener: Listener): void {
    if (listener.over) return;
    listener.over = true;
    open -= 1;
    listener.round.delete(listener);
    const others = byUnit.get(listener.unit);
    others?.delete(listener);
    if (others?.size === 0) byUnit.delete(listener.unit);
    listener.wake?.();
  }

  function listen(unit: OrganizationCode): Listener {
    const round = rounds[given++ % turns] ?? new Set<Listener>();
    const listener: Listener = { unit, endsAt: elapsed() + limits.eventsTtlMs, round, slot: comment, over: false, wake: null };
    byUnit.set(unit, (byUnit.get(unit) ?? new Set()).add(listener));
    round.add(listener);
    open += 1;
    cancelTick ??= after(limits.eventsCommentMs / turns, () => tick(0));
    return listener;
  }

  /** The head is read once for all listeners of a unit, however many commits come meanwhile. */
  async function tell(unit: OrganizationCode): Promise<void> {
    if (reading.has(unit)) return void reading.set(unit, 'again');
    try {
      do {
        reading.set(unit, 'once');
        const { counter } = await storage.read((tx) => tx.documents.head(unit));
        const bytes = hintBytes(unit, counter);
        for (const listener of byUnit.get(unit) ?? []) say(listener, bytes);
      } while (reading.get(unit) === 'again');
    } finally {
      reading.delete(unit);
    }
  }

  const stopListening = storage.onAnnounced((unit) => {
    if (!byUnit.has(unit)) return;
    // a hint that is not given is made up for by the next one
    tell(unit).catch(() => undefined);
  });

  return {
    read: async ({ url, signal }: Call, session: Session): Promise<Reply> => {
      const unit = session.unit.code;
      const place = await cursors.read(unit, url.searchParams.get('cursor'));
      if (place === null) return resync();
      // before the head is read, so that nothing falls between
      const listener = listen(unit);
      try {
        const { counter } = await storage.read((tx) => tx.documents.head(unit));
        if (place.after > counter) {
          end(listener);
          return resync();
        }
        if (counter > place.after || place.had < place.after) say(listener, hintBytes(unit, counter));
      } catch (error) {
        end(listener);
        throw error;
      }
      if (signal.aborted) end(listener);
      else signal.addEventListener('abort', () => end(listener), { once: true });
      return { status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }, stream: streamOf(listener, end) };
    },
    /** How many streams are open. */
    count: (): number => open,
    close: (): void => {
      stopListening();
      cancelTick?.();
      for (const listeners of byUnit.values()) for (const listener of listeners) end(listener);
    },
  };
}

export type Events = ReturnType<typeof createEvents>;

function hintBytes(unit: OrganizationCode, at: number): Uint8Array {
  return new TextEncoder().encode(`event: hint\ndata: ${JSON.stringify({ scope: unit, at })}\n\n`);
}

function streamOf(listener: Listener, end: (listener: Listener) => void): AsyncIterable<Uint8Array> {
  const over = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (listener.slot === null && !listener.over) {
          await new Promise<void>((resolve) => (listener.wake = resolve));
          listener.wake = null;
        }
        const { slot } = listener;
        if (listener.over || slot === null) return over;
        listener.slot = null;
        return { done: false, value: slot };
      },
      return: async () => {
        end(listener);
        return over;
      },
    }),
  };
}
