import type { AppError } from '../../src-shared/result.ts';

/** Why a call brought nothing. Only `refused` is the server's judgement of the call itself. */
export type Failure =
  /** No answer of this server. `sent`: it may have been carried out all the same. */
  | { readonly kind: 'line'; readonly sent: boolean }
  | { readonly kind: 'signed-out' }
  /** Again later, not before `afterMs`. `leaveAlone`: the server asks for no traffic at all until then (429, 503). */
  | { readonly kind: 'later'; readonly afterMs: number; readonly leaveAlone?: true }
  | { readonly kind: 'refused'; readonly status: number; readonly error: AppError; readonly headers: Headers }
  | { readonly kind: 'stopped' };
export type Reached<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const again: Failure = { kind: 'later', afterMs: 0 };

/** Codes of Node's network layer for a request that never left. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const resetCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** Somebody else answers in the server's name: what a wireless does that wants a sign-in first. */
const strangerCodes = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']);

/** The other end had closed the connection that the request was given to. */
export function wasReset(error: unknown): boolean {
  return resetCodes.has(networkCode(error));
}

/** What an error of `fetch` says of the request: whether it may have arrived, and whether it met a stranger. */
export function judgeError(error: unknown): { readonly sent: boolean; readonly stranger: boolean } {
  const code = networkCode(error);
  const stranger = strangerCodes.has(code);
  return { sent: !stranger && !unsentCodes.has(code), stranger };
}

function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  // both addresses of a name may refuse: the first one's word is taken
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code) : '';
}

/** Nobody is left alone for longer than this on the word of one answer, whatever stands in it. */
const longestPauseMs = 3_600_000;

/**
 * RFC 9110 10.2.3: seconds, or a date. Null: not said. A date is reckoned from the answer's own `Date` (6.6.1): this machine's clock may be a day away from
 * the server's (sync.md I17).
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | null {
  const header = headers.get('retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  const answeredMs = Date.parse(headers.get('date') ?? '');
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - (Number.isFinite(answeredMs) ? answeredMs : nowMs);
  return Number.isFinite(ms) ? Math.min(longestPauseMs, Math.max(0, ms)) : null;
}
