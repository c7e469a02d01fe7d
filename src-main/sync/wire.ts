import type { z } from 'zod';
import { errorResponse } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { Time } from '../ports/time.ts';
import type { Body, Coding } from './coding.ts';
import { judgeError, readRetryAfter, wasReset, type Failure, type Reached } from './failure.ts';
import type { Meter } from './meter.ts';
import { readWhole, type Opened } from './reading.ts';
import type { SyncTiming } from './timing.ts';

export type CallOptions = {
  readonly token?: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the head of the answer is here; 30 s unless told. */
  readonly timeoutMs?: number;
};

/** `server`: ours answered. `stranger`: something did that is not ours (a captive portal). `silence`: nothing. */
export type Heard = 'server' | 'stranger' | 'silence';

export type Wire = {
  /** A small answer, whole and checked. What does not fit the schema is no answer of our server. */
  readonly call: <T>(method: string, path: string, schema: z.ZodType<T>, options: CallOptions) => Promise<Reached<T>>;
  /** Head of an answer. The caller reads the body, and calls `cancel` when it is done or has had enough. */
  readonly open: (method: string, path: string, options: CallOptions) => Promise<Reached<Opened>>;
  /** The body of an answer that was opened, as JSON; undefined where it is none, or longer than any of ours. Throws where it breaks off. */
  readonly readJson: (opened: Opened) => Promise<unknown>;
};

/** As many warm connections as are at most open beside the hints. */
const staleTries = 2;
/** No page, directory or answer is longer. */
const maxAnswerBytes = 64 * 1024 * 1024;

export type WireOptions = {
  readonly serverUrl: string; readonly fetch: typeof fetch; readonly time: Time; readonly timing: SyncTiming; readonly coding: Coding; readonly meter: Meter; readonly stopping: AbortSignal;
  /** Hears of every call who answered. */
  readonly onHeard: (heard: Heard) => void;
  /** The server asks to be left alone for so long (429, 503). */
  readonly onBusy: (ms: number) => void;
};

export function createWire({ serverUrl, fetch, time, timing, coding, meter, stopping, onHeard, onBusy }: WireOptions): Wire {
  // one listener for all calls: a signal made by AbortSignal.any for each would pile up on one that lives as long as the program
  const under = new Set<AbortController>();
  stopping.addEventListener('abort', () => under.forEach((call) => call.abort()), { once: true });

  async function request(method: string, path: string, call: CallOptions, body: Body | null, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { 'accept-encoding': coding.accept, ...call.headers };
    if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`;
    if (call.json !== undefined) headers['content-type'] = 'application/json';
    if (body !== null && body.coding !== null) headers['content-encoding'] = body.coding;
    const bytes = body?.bytes ?? call.bytes;
    meter.count({ sent: bytes?.length ?? 0 });
    // a redirect is followed to nobody: ours does not redirect, and a token is for ours alone
    return fetch(new URL(path, serverUrl), { method, headers, signal, redirect: 'manual', ...(bytes === undefined ? {} : { body: bytes as Uint8Array<ArrayBuffer> }) });
  }

  /** `before`: it was given to a connection already, which broke; that a second try never left says nothing of the first. */
  function lost(error: unknown, before = false): Reached<never> {
    if (stopping.aborted) return { ok: false, failure: { kind: 'stopped' } };
    const { sent, stranger } = judgeError(error);
    onHeard(stranger ? 'stranger' : 'silence');
    return { ok: false, failure: { kind: 'line', sent: sent || before } };
  }

  /** It answered, and is not ours. What was asked for may still have gone through it to ours. */
  function strange(): Reached<never> {
    onHeard('stranger');
    return { ok: false, failure: { kind: 'line', sent: true } };
  }

  /** Counts the body as it was on the wire. */
  function countAnswer(response: Response, decodedBytes: number): void {
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    meter.count({ received: Number.isSafeInteger(length) && length >= 0 ? length : decodedBytes });
  }

  async function readJson(opened: Opened): Promise<unknown> {
    const bytes = await readWhole(opened, time, timing.noBytesMs, maxAnswerBytes);
    if (bytes === null) return undefined;
    countAnswer(opened.response, bytes.length);
    try {
      return coding.decode(bytes, opened.response.headers.get('content-encoding'));
    } catch {
      // a page, half of one, or what a proxy made of it: no answer of ours
      return undefined;
    }
  }

  /** An answer that is not a success. HEAD has no words, nor has 304: their status alone speaks. */
  async function refusal(opened: Opened, method: string): Promise<Reached<never>> {
    const { status, headers } = opened.response;
    const silent = method === 'HEAD' || status === 304;
    const parsed = silent ? null : errorResponse.safeParse(await readJson(opened));
    const retryAfterMs = readRetryAfter(headers, time.now());
    if (parsed !== null && !parsed.success) {
      // the proxy before our server: it is full, or being renewed
      if ((status === 429 || status === 503) && retryAfterMs !== null) return later(retryAfterMs);
      return status >= 500 && status !== 511 ? lost(null) : strange();
    }
    onHeard('server');
    if (status === 429 || status >= 500) return later(retryAfterMs ?? 0);
    const error: AppError = parsed === null ? { code: 'not-found', params: { what: '' } } : parsed.data.error;
    return { ok: false, failure: { kind: 'refused', status, error, headers } };
  }

  function later(afterMs: number): Reached<never> {
    onBusy(afterMs);
    return { ok: false, failure: { kind: 'later', afterMs, leaveAlone: true } satisfies Failure };
  }

  async function open(method: string, path: string, call: CallOptions, tries = 0): Promise<Reached<Opened>> {
    const controller = new AbortController();
    under.add(controller);
    if (stopping.aborted) controller.abort();
    const cancel = (): void => {
      under.delete(controller);
      controller.abort();
    };
    const began = time.elapsed();
    const disarm = time.after(call.timeoutMs ?? timing.requestMs, () => controller.abort());
    const body = call.json === undefined ? null : coding.encode(call.json);
    try {
      const response = await request(method, path, call, body, controller.signal).finally(disarm);
      if (call.bytes === undefined) meter.answered(time.elapsed() - began);
      const opened = { response, signal: controller.signal, cancel };
      if (response.ok) return { ok: true, value: opened };
      const refused = await refusal(opened, method);
      cancel();
      const unread = !refused.ok && refused.failure.kind === 'refused' && refused.failure.status === 415 && body?.coding !== null && coding.giveUp();
      return unread ? await open(method, path, call) : refused;
    } catch (error) {
      cancel();
      // RFC 9112 9.3.1: a warm connection had died in the meantime, which says nothing of the line either. Every call but the bytes of an upload may be made twice
      if (!stopping.aborted && method !== 'PATCH' && tries < staleTries && wasReset(error)) return open(method, path, call, tries + 1);
      return lost(error, tries > 0);
    }
  }

  return {
    open,
    readJson,
    call: async (method, path, schema, call) => {
      const opened = await open(method, path, call);
      if (!opened.ok) return opened;
      try {
        const parsed = schema.safeParse(opened.value.response.status === 204 ? null : await readJson(opened.value));
        if (!parsed.success) return strange();
        onHeard('server');
        return { ok: true, value: parsed.data };
      } catch (error) {
        return lost(error);
      } finally {
        opened.value.cancel();
      }
    },
  };
}
