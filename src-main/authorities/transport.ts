import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import { exchange, type Exchanged } from './exchange.ts';
import { createPace } from './pacing.ts';
import { createAgents, type Environment } from './proxy.ts';

export type TransportOptions = {
  /** '' leaves it to the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). */
  readonly proxyUrl: string;
  readonly environment?: Environment;
  /** PEM of what TLS is judged by, instead of what comes with Node. */
  readonly tlsAuthorities?: readonly string[];
  /** How a name becomes an address; the system's way unless told. */
  readonly lookup?: LookupFunction;
  /** 4 unless told: what the government's services were seen to bear. */
  readonly perHost?: number;
  /** 0…1. */
  readonly random?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type Ask = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly accept: string;
  readonly body?: { readonly bytes: Uint8Array; readonly type: string };
  readonly maxBytes: number;
  /** The first one counts. */
  readonly tries: number;
};

export type Failure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  /** The caller's signal. */
  | { readonly kind: 'stopped' }
  /** An answer, but none to read: a status other than 200, a redirect elsewhere, more than is ever sent. */
  | { readonly kind: 'refused'; readonly reason: string };
export type Answered = { readonly ok: true; readonly body: Uint8Array; readonly type: string } | { readonly ok: false; readonly failure: Failure };

export type Transport = { readonly ask: (ask: Ask, deadline: Deadline) => Promise<Answered> };

/** Longest wait for a connection, name and handshake without TLS. */
const connectMs = 10_000;
const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** Lost, but the next moment may be better. A name that does not resolve, a port that nobody listens on or no network at all is told at once, and the next address is tried. */
const passing: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT']);
const redirects: ReadonlySet<number> = new Set([301, 302, 307, 308]);

export function createTransport(options: TransportOptions): Transport {
  const { random = Math.random, wait = pause } = options;
  const agents = createAgents({ ...options, environment: options.environment ?? process.env });
  const pace = createPace(options.perHost ?? 4);

  async function once(ask: Ask, url: URL, deadline: Deadline): Promise<Exchanged | null> {
    const { body = null } = ask;
    // nothing compressed: what is signed is measured and read as it is
    const headers = { accept: ask.accept, 'accept-encoding': 'identity', 'user-agent': 'Van-Thu', ...(body === null ? {} : { 'content-type': body.type }) };
    return pace.run(url.host, deadline.signal, () => exchange({ url, method: ask.method, headers, body: body?.bytes ?? null, maxBytes: ask.maxBytes, connectMs, agents, signal: deadline.signal }));
  }

  return {
    ask: async (ask, deadline) => {
      if (!URL.canParse(ask.url) || !/^https?:/i.test(ask.url)) return failed({ kind: 'unreachable' });
      let url = new URL(ask.url);
      for (let attempt = 1; ; attempt += 1) {
        let outcome = await once(ask, url, deadline);
        const elsewhere = outcome === null ? null : findSecureTwin(url, outcome);
        if (elsewhere !== null) {
          url = elsewhere;
          outcome = await once(ask, url, deadline);
        }
        const ended = deadline.ended();
        if (ended !== null || outcome === null) return failed({ kind: ended ?? 'stopped' });
        const judged = judge(outcome);
        if (judged.ok || !judged.again || attempt >= ask.tries) return judged.ok ? judged : failed(judged.failure);
        // full jitter: a hundred desks that lost a service do not come back together
        const waitMs = Math.max(judged.afterMs, random() * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt));
        if (waitMs >= deadline.leftMs()) return failed(judged.failure);
        await wait(waitMs, deadline.signal);
        if (deadline.ended() !== null) return failed({ kind: deadline.ended() ?? 'stopped' });
      }
    },
  };
}

type Judged = { readonly ok: true; readonly body: Uint8Array; readonly type: string } | { readonly ok: false; readonly failure: Failure; readonly again: boolean; readonly afterMs: number };

function judge(outcome: Exchanged): Judged {
  switch (outcome.kind) {
    case 'lost': return { ok: false, failure: { kind: 'unreachable' }, again: passing.has(outcome.code), afterMs: 0 };
    case 'too-large': return { ok: false, failure: { kind: 'refused', reason: 'too large' }, again: false, afterMs: 0 };
    case 'answer': {
      const { status, headers, body } = outcome;
      if (status === 200) return { ok: true, body, type: (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '' };
      // RFC 9110 15.6: a service that is not itself just now is not there, and is asked later
      if (status >= 500 || status === 429 || status === 408) return { ok: false, failure: { kind: 'unreachable' }, again: true, afterMs: readRetryAfter(headers['retry-after']) };
      return { ok: false, failure: { kind: 'refused', reason: `HTTP ${status}` }, again: false, afterMs: 0 };
    }
  }
}

/** The only redirect that is followed: the same host, now with TLS. A certificate names its services; another host is not one of them. */
function findSecureTwin(from: URL, outcome: Exchanged): URL | null {
  if (outcome.kind !== 'answer' || !redirects.has(outcome.status) || from.protocol !== 'http:') return null;
  const location = outcome.headers.location ?? '';
  if (!URL.canParse(location, from.href)) return null;
  const to = new URL(location, from);
  return to.protocol === 'https:' && to.hostname === from.hostname ? to : null;
}

/** RFC 9110 10.2.3: seconds, or a date. */
function readRetryAfter(value: string | undefined): number {
  if (value === undefined) return 0;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

function failed(failure: Failure): Answered {
  return { ok: false, failure };
}

/** Ends early with the signal, which the caller looks at itself. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** For a sentence: without the password that an address may carry. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
