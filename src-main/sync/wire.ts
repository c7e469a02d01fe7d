import type { z } from 'zod';
import { errorResponse } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { Time } from '../ports/time.ts';

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

export type CallOptions = {
  readonly token?: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
};

export type Wire = {
  /** A small answer, whole and checked. What does not fit the schema is no answer of our server (a captive portal's page). */
  readonly call: <T>(method: string, path: string, schema: z.ZodType<T>, options: CallOptions) => Promise<Reached<T>>;
  /** Head of an answer; `timeoutMs` guards only until its headers are there. The caller reads the body, and calls `cancel` when it is done or has had enough. */
  readonly open: (method: string, path: string, options: CallOptions) => Promise<Reached<{ readonly response: Response; readonly cancel: () => void }>>;
};

/** Codes of Node's network layer for a request that never left. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** `onAnswer` hears of every call whether the server itself answered. */
export function createWire(options: { serverUrl: string; fetch: typeof fetch; time: Time; stopping: AbortSignal; onAnswer: (reached: boolean) => void }): Wire {
  const { serverUrl, time, stopping, onAnswer } = options;

  // one listener for all calls: a signal made by AbortSignal.any for each would pile up on one that lives as long as the program
  const under = new Set<AbortController>();
  stopping.addEventListener('abort', () => under.forEach((call) => call.abort()), { once: true });

  function begin(timeoutMs: number): { readonly controller: AbortController; readonly disarm: () => void } {
    const controller = new AbortController();
    under.add(controller);
    if (stopping.aborted) controller.abort();
    return { controller, disarm: time.after(timeoutMs, () => controller.abort()) };
  }

  async function request(method: string, path: string, call: CallOptions, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { ...call.headers };
    if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`;
    if (call.json !== undefined) headers['content-type'] = 'application/json';
    const body = call.json === undefined ? call.bytes : JSON.stringify(call.json);
    return options.fetch(new URL(path, serverUrl), { method, headers, signal, redirect: 'error', ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }) });
  }

  function lost(error: unknown): Reached<never> {
    if (stopping.aborted) return { ok: false, failure: { kind: 'stopped' } };
    onAnswer(false);
    return { ok: false, failure: { kind: 'line', sent: !unsentCodes.has(networkCode(error)) } };
  }

  /** An answer that is not a success. HEAD has no words, nor has 304: their status alone speaks. */
  async function refusal(response: Response, method: string): Promise<Reached<never>> {
    const parsed = method === 'HEAD' || response.status === 304 ? null : errorResponse.safeParse(await response.json().catch(() => null));
    if (parsed !== null && !parsed.success) return lost(null);
    onAnswer(true);
    const { status, headers } = response;
    const afterMs = readRetryAfter(headers.get('retry-after'), time.now());
    if (status === 429 || status >= 500) return { ok: false, failure: { kind: 'later', afterMs, leaveAlone: true } };
    const error: AppError = parsed === null ? { code: 'not-found', params: { what: '' } } : parsed.data.error;
    return { ok: false, failure: { kind: 'refused', status, error, headers } };
  }

  return {
    call: async (method, path, schema, call) => {
      const { controller, disarm } = begin(call.timeoutMs);
      try {
        const response = await request(method, path, call, controller.signal);
        if (!response.ok) return await refusal(response, method);
        const parsed = schema.safeParse(await response.json());
        if (!parsed.success) return lost(null);
        onAnswer(true);
        return { ok: true, value: parsed.data };
      } catch (error) {
        return lost(error);
      } finally {
        disarm();
        under.delete(controller);
      }
    },
    open: async (method, path, call) => {
      const { controller, disarm } = begin(call.timeoutMs);
      const end = () => {
        under.delete(controller);
        controller.abort();
      };
      try {
        const response = await request(method, path, call, controller.signal);
        if (response.ok) return { ok: true, value: { response, cancel: end } };
        const refused = await refusal(response, method);
        end();
        return refused;
      } catch (error) {
        end();
        return lost(error);
      } finally {
        disarm();
      }
    },
  };
}

function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  // both addresses of a name may refuse: the first one's word is taken
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code) : '';
}

/** RFC 9110 10.2.3: seconds, or a date. */
function readRetryAfter(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
