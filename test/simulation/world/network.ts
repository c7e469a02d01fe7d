import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Reply, ServerRequest } from '../../../src-server/http/call.ts';
import type { Clock } from './clock.ts';
import type { Run } from './fence.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** What may befall one request; each is its probability. */
export type Faults = {
  readonly lostRequest: number; readonly lostAnswer: number; readonly cutRequest: number; readonly cutAnswer: number; readonly doubled: number; readonly late: number;
  readonly stalled: number; readonly busy: number; readonly gateway: number;
};
export const noFaults: Faults = { lostRequest: 0, lostAnswer: 0, cutRequest: 0, cutAnswer: 0, doubled: 0, late: 0, stalled: 0, busy: 0, gateway: 0 };
export type Fault = keyof Faults;

export type Line = {
  /** `refused`: nobody answers the door. `half-open`: what is sent is never answered. `portal`: a wireless that wants a sign-in answers instead. */
  mode: 'up' | 'refused' | 'half-open' | 'portal';
  latencyMs: number;
  bytesPerMs: number;
};

/** What went over a line. `clean`: whole there and whole back, with nothing lost. */
export type Traffic = { requests: number; faults: number; cleanUploadBytes: number; cleanDownloadBytes: number; cleanCommands: Map<string, number> };

export type Network = {
  faults: Faults;
  /** What a body weighs is neither told nor felt: for worlds that are held against one whose dates, and so whose bodies, are others. */
  weightless: boolean;
  readonly fetchFor: (desk: string, line: Line, run: Run, traffic: Traffic) => typeof fetch;
};

/** `handle` throws when the node that had the request ended, and answers null when there is none. */
export type NetworkOptions = { readonly clock: Clock; readonly random: Random; readonly ledger: Ledger; readonly handle: (request: ServerRequest) => Promise<Reply> | null };

const pieceBytes = 16 * 1024;

export function createNetwork({ clock, random, ledger, handle }: NetworkOptions): Network {
  const network: Network = { faults: noFaults, weightless: false, fetchFor };
  const timeFor = (bytes: number, line: Line): number => (network.weightless ? 1 : bytes / line.bytesPerMs);
  const weight = (bytes: number): string => (network.weightless || bytes === 0 ? '' : ` (${bytes} B)`);
  return network;

  function drawFault(): Fault | null {
    for (const [fault, probability] of Object.entries(network.faults)) if (probability > 0 && random.chance(probability)) return fault as Fault;
    return null;
  }

  function fetchFor(desk: string, line: Line, run: Run, traffic: Traffic): typeof fetch {
    return (input, init = {}) => new Promise<Response>((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const label = `${init.method ?? 'GET'} ${url.pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#').replaceAll(/([0-9a-f]{8})[0-9a-f]{56}/g, url.pathname.includes('/snapshot/') ? '#' : '$1')}`;
      const signal = init.signal ?? new AbortController().signal;
      const server = new AbortController();
      const state = { over: false };
      const settled = (work: () => void): void => {
        if (state.over || !run.alive) return;
        state.over = true;
        work();
      };
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', () => {
        settled(() => reject(signal.reason as Error));
        // the other side hears of it, or never does
        if (fault !== 'late' && fault !== 'stalled' && line.mode === 'up') server.abort();
      }, { once: true });
      const refuse = (code: string): void => settled(() => reject(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) })));

      const body = bytesOf(init.body ?? null);
      const fault = drawFault();
      traffic.requests++;
      if (fault !== null) ledger.covered.add(`fault ${fault}`);
      if (line.mode !== 'up') ledger.covered.add(`line ${line.mode}`);
      if (fault !== null || line.mode !== 'up') traffic.faults++;
      const say = (what: string): void => {
        if (run.alive) ledger.note(desk, `${label}${weight(body.length)}${fault === null ? '' : ` [${fault}]`} → ${what}`);
      };
      const half = (): number => line.latencyMs * random.between(0.5, 1.5) + timeFor(body.length, line);
      const count = (response: { status: number; bytes: number }): void => {
        if (fault !== null) return;
        if (init.method === 'PATCH' && response.status === 204) traffic.cleanUploadBytes += body.length;
        if (url.pathname.startsWith('/v1/blobs/')) traffic.cleanDownloadBytes += response.bytes;
      };

      void go().catch((error: unknown) => {
        say('cut');
        refuse('ECONNRESET');
        if (!(error instanceof Error)) throw error;
      });

      async function go(): Promise<void> {
        await clock.wait(half());
        if (line.mode === 'refused') return refuse('ECONNREFUSED');
        if (line.mode === 'portal') return settled(() => resolve(page()));
        if (line.mode === 'half-open') return say('nothing');
        if (fault === 'lostRequest') return random.chance(0.5) ? refuse('ECONNRESET') : say('lost');
        if (fault === 'busy') {
          const status = random.pick([429, 500, 503]);
          const seconds = random.pick(['', '1', '7', new Date(clock.now() + 9000).toUTCString()]);
          say(String(status));
          return settled(() => resolve(new Response(JSON.stringify({ error: { code: status === 500 ? 'bug' : 'server.busy', params: {} } }), { status, headers: { 'content-type': 'application/json', date: new Date(clock.now()).toUTCString(), ...(seconds === '' ? {} : { 'retry-after': seconds }) } })));
        }
        if (fault === 'late') await clock.wait(random.between(20_000, 150_000));
        const cutAt = fault === 'cutRequest' ? Math.floor(random.next() * (body.length + 1)) : null;
        const first = arrive(cutAt);
        if (first === null) return refuse('ECONNREFUSED');
        if (cutAt !== null) {
          // whoever sent it is gone: the answer reaches nobody
          const reply = await first;
          say(`${reply.status}, cut${network.weightless ? '' : ` at ${cutAt}`}`);
          return refuse('ECONNRESET');
        }
        if (fault === 'doubled') {
          first.catch(() => undefined);
          await clock.wait(random.between(0, 3000));
          const second = arrive(null);
          second?.catch(() => undefined);
          if (random.chance(0.5) && second !== null) return answer(await second);
        }
        return answer(await first);
      }

      function arrive(cutAt: number | null): Promise<Reply> | null {
        const headers: Record<string, string> = { host: url.host };
        for (const [name, value] of new Headers(init.headers)) headers[name] = value;
        // as undici does by itself
        headers['accept-encoding'] ??= 'gzip, deflate, br';
        if (body.length > 0) headers['content-length'] = String(body.length);
        return handle({ method: init.method ?? 'GET', url: url.pathname + url.search, headers, body: pieces(body, cutAt, () => server.abort()), destroy: () => undefined, signal: server.signal, peer: desk });
      }

      async function answer(reply: Reply): Promise<void> {
        await clock.wait(line.latencyMs * random.between(0.5, 1.5));
        if (fault === 'lostAnswer' || line.mode !== 'up') {
          say(`${reply.status}, lost`);
          return random.chance(0.5) ? refuse('ECONNRESET') : undefined;
        }
        if (fault === 'gateway') {
          say(`${reply.status}, 502`);
          return settled(() => resolve(page(502)));
        }
        const headers = new Headers(Object.entries(reply.headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]));
        const plain = reply.stream === undefined ? decode(bodyOf(reply), headers) : null;
        if (reply.json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
        const without = init.method === 'HEAD' || reply.status === 204 || reply.status === 304;
        say(`${reply.status}${plain === null ? ' …' : without ? '' : weight(plain.length)}`);
        settled(() => resolve(new Response(without ? null : stream(plain ?? reply.stream ?? new Uint8Array(0), reply.status), { status: reply.status, headers })));
        if (without) count({ status: reply.status, bytes: 0 });
      }

      function stream(source: Uint8Array | AsyncIterable<Uint8Array>, status: number): ReadableStream<Uint8Array> {
        const parts: AsyncGenerator<Uint8Array> = (source instanceof Uint8Array ? pieces(source, null) : small(source))[Symbol.asyncIterator]();
        const total = source instanceof Uint8Array ? source.length : 40_000;
        const stopAt = fault === 'cutAnswer' || fault === 'stalled' ? Math.floor(random.next() * (total + 1)) : Number.POSITIVE_INFINITY;
        let sent = 0;
        let ended = false;
        return new ReadableStream<Uint8Array>({
          start: (controller) => {
            const broken = (): void => {
              if (ended || !run.alive) return;
              ended = true;
              controller.error(new TypeError('terminated'));
            };
            const pump = async (): Promise<void> => {
              for (;;) {
                const { done, value } = await parts.next();
                if (ended || !run.alive) return;
                if (done === true) {
                  ended = true;
                  count({ status, bytes: sent });
                  return controller.close();
                }
                await clock.wait(timeFor(value.length, line));
                if (ended || !run.alive) return;
                if (line.mode !== 'up') return random.chance(0.5) ? broken() : undefined;
                const part = value.subarray(0, Math.max(0, Math.min(value.length, stopAt - sent)));
                if (part.length > 0) controller.enqueue(new Uint8Array(part));
                sent += part.length;
                if (sent >= stopAt) return fault === 'cutAnswer' ? broken() : undefined;
              }
            };
            signal.addEventListener('abort', () => {
              if (ended) return;
              ended = true;
              controller.error(signal.reason);
              void parts.return(undefined).catch(() => undefined);
            }, { once: true });
            void pump().catch(broken);
          },
          cancel: () => {
            ended = true;
            server.abort();
            void parts.return(undefined).catch(() => undefined);
          },
        });
      }
    });
  }
}

function page(status = 200): Response {
  return new Response('<!doctype html><title>Đăng nhập Wi-Fi</title>', { status, headers: { 'content-type': 'text/html' } });
}

function bytesOf(body: RequestInit['body']): Uint8Array {
  if (body === null || body === undefined) return new Uint8Array(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new Error('a body that this network does not carry');
}

function bodyOf(reply: Reply): Uint8Array {
  return reply.bytes ?? (reply.json === undefined ? new Uint8Array(0) : Buffer.from(JSON.stringify(reply.json)));
}

/** Codings that `fetch` takes off by itself. */
function decode(bytes: Uint8Array, headers: Headers): Uint8Array {
  const coding = headers.get('content-encoding');
  if (coding !== 'br' && coding !== 'gzip') return bytes;
  headers.delete('content-length');
  return coding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}

async function* small(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of source) yield* pieces(part, null);
}

async function* pieces(bytes: Uint8Array, cutAt: number | null, cut: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  const end = cutAt ?? bytes.length;
  for (let at = 0; at < end; at += pieceBytes) yield bytes.subarray(at, Math.min(end, at + pieceBytes));
  if (cutAt === null) return;
  cut();
  throw new Error('aborted');
}
