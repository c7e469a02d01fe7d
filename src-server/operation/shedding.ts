import { monitorEventLoopDelay } from 'node:perf_hooks';
import { refuse, type Reply, type ServerRequest } from '../http/call.ts';

export type SheddingLimits = {
  /** Requests under way, without those that only wait for news. */
  readonly underWay: number;
  /** How late timers come, ms. */
  readonly loopDelayMs: number;
  /** Requests that wait for a connection to the database. */
  readonly poolQueue: number;
};
export const defaultShedding: SheddingLimits = { underWay: 400, loopDelayMs: 400, poolQueue: 200 };

/** What the node carries now. */
export type Load = { readonly underWay: number; readonly loopDelayMs: number; readonly poolQueue: number };

/** `never`: who asks whether we live is answered; `last`: short, and what keeps desks from coming again and again; `bulk`: nobody waits for it, and it stands aside before there is trouble. */
type Rank = 'never' | 'last' | 'first' | 'bulk';
const refusedAt: Readonly<Record<Exclude<Rank, 'never'>, number>> = { last: 2, first: 1, bulk: 0.5 };

/**
 * Refuses early what would only wait: 503 `server.busy`, before the body is read. `Retry-After` is drawn by lot, wider the heavier the load, so that those who were
 * refused together do not come back together.
 */
export function createShedding(limits: SheddingLimits, load: () => Load, random: () => number) {
  let shed = 0;
  return {
    refusal: (request: Pick<ServerRequest, 'url'>): Reply | null => {
      const rank = rankOf(request.url);
      if (rank === 'never') return null;
      const now = load();
      const weight = Math.max(now.underWay / limits.underWay, now.loopDelayMs / limits.loopDelayMs, now.poolQueue / limits.poolQueue);
      if (weight < refusedAt[rank]) return null;
      shed += 1;
      return busy(random, weight);
    },
    shed: () => shed,
  };
}

export function busy(random: () => number, weight = 1): Reply {
  return refuse({ code: 'server.busy' }, { 'retry-after': 2 + Math.floor(random() * Math.min(58, 10 * weight)) });
}

function rankOf(url: string): Rank {
  if (/^\/(?:healthz|metrics)(?:\?|$)/.test(url)) return 'never';
  if (url.startsWith('/v1/updates/')) return 'bulk';
  return /^\/v1\/(?:events|session)(?:[/?]|$)/.test(url) ? 'last' : 'first';
}

/** The mean delay of the last second or so: one long garbage collection is no load. */
export function watchLoop(): { readonly delayMs: () => number; readonly stop: () => void } {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let delayMs = 0;
  const timer = setInterval(() => {
    // the histogram counts the interval itself
    delayMs = Math.max(0, (Number.isNaN(histogram.mean) ? 0 : histogram.mean / 1e6) - 20);
    histogram.reset();
  }, 1000);
  timer.unref();
  return {
    delayMs: () => delayMs,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
