import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Reply, ServerRequest } from './call.ts';

export type NodeHttpOptions = {
  readonly handle: (request: ServerRequest) => Promise<Reply>;
  /** A socket that moves no byte for so long is closed; a request as a whole may take as long as it moves. */
  readonly idleMs: number;
  /** Peers whose `X-Forwarded-For` is believed: the TLS proxy before us. */
  readonly proxies?: readonly string[];
};

export type NodeHttp = {
  readonly server: Server;
  readonly figures: () => { readonly streams: number; readonly underWay: number; readonly bytesIn: number; readonly bytesOut: number };
  /**
   * For `drainMs` whoever comes is still answered, and told to come to another connection; then nobody is let in; what is under way at `deadlineMs` is cut. Streams of hints
   * end at once, each told when to come again. Answers when all is over.
   */
  readonly stop: (times: { readonly drainMs: number; readonly deadlineMs: number }) => Promise<void>;
};

/** Node's own, before a name and a method are known: a client that sends its headers slower than this, or longer, wants something else. */
const headersMs = 10_000;
const headerBytes = 16 << 10;

/** Node's HTTP before the core: every reply is sent whole, or its socket is destroyed. */
export function createNodeHttp({ handle, idleMs, proxies = [] }: NodeHttpOptions): NodeHttp {
  const stopping = new AbortController();
  const active = new Set<Promise<void>>();
  const waiting = new Set<AbortController>();
  const all = new Set<AbortController>();
  let streams = 0;
  let bytesIn = 0;
  let bytesOut = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const over = new AbortController();
    // what only waits for news has nothing to finish
    const held = isHeld(request.url);
    all.add(over);
    if (held) waiting.add(over);
    response.on('close', () => {
      all.delete(over);
      waiting.delete(over);
      over.abort();
    });
    if (held && stopping.signal.aborted) over.abort();
    const reply = await handle({
      method: request.method ?? '', url: request.url ?? '/', headers: request.headers as ServerRequest['headers'], body: request,
      destroy: () => void request.destroy(), signal: over.signal, peer: peerOf(request, proxies),
    });
    if (response.destroyed || response.closed) return void (await reply.stream?.[Symbol.asyncIterator]().return?.());
    // what is left unread of a refused body would be taken for the next request
    const unread = !request.complete;
    await send(response, reply, unread || stopping.signal.aborted);
    if (unread) request.resume();
  }

  async function send(response: ServerResponse, reply: Reply, last: boolean): Promise<void> {
    const body = reply.bytes ?? (reply.json === undefined ? undefined : Buffer.from(JSON.stringify(reply.json)));
    response.writeHead(reply.status, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(reply.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...(body === undefined ? {} : { 'content-length': body.length }),
      ...reply.headers,
      ...(last ? { connection: 'close' } : {}),
    });
    if (reply.stream === undefined) return void response.end(body);
    const hints = reply.headers?.['content-type'] === 'text/event-stream';
    if (hints) streams += 1;
    try {
      await pour(reply.stream, response);
      // WHATWG HTML 9.2.5: how long to wait before the next connection; not all at once
      response.end(hints && stopping.signal.aborted ? `retry: ${1000 + Math.floor(Math.random() * 9000)}\n\n` : undefined);
    } finally {
      if (hints) streams -= 1;
    }
  }

  const server = createServer({ maxHeaderSize: headerBytes, headersTimeout: headersMs, requestTimeout: 0, connectionsCheckingInterval: 2000, keepAlive: true, keepAliveInitialDelay: 60_000 }, (request, response) => {
    const work = serve(request, response).catch(() => void response.destroy());
    active.add(work);
    void work.finally(() => active.delete(work));
  });
  server.timeout = idleMs;
  server.keepAliveTimeout = idleMs;
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => {
      bytesIn += socket.bytesRead;
      bytesOut += socket.bytesWritten;
    });
  });

  return {
    server,
    figures: () => ({ streams, underWay: Math.max(0, active.size - waiting.size), bytesIn, bytesOut }),
    stop: async ({ drainMs, deadlineMs }) => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      for (const over of waiting) over.abort();
      const cut = setTimeout(() => {
        for (const over of all) over.abort();
        server.closeAllConnections();
      }, drainMs + deadlineMs);
      if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs));
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      clearTimeout(cut);
      await Promise.allSettled(active);
    },
  };
}

async function pour(stream: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  const iterator = stream[Symbol.asyncIterator]();
  let over = false;
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  void closed.then(() => {
    over = true;
    return iterator.return?.();
  }).catch(() => undefined);
  response.flushHeaders();
  for (;;) {
    const { done, value } = await iterator.next();
    if (over || done === true) return;
    if (!response.write(value)) await Promise.race([closed, new Promise((resolve) => response.once('drain', resolve))]);
  }
}

/** Calls that wait for something to happen. */
export function isHeld(url: string | undefined): boolean {
  return /^\/v1\/(?:events|changes\/wait)(?:\?|$)/.test(url ?? '');
}

/** The last address that the proxy added; what stands before it is anybody's word. */
function peerOf(request: IncomingMessage, proxies: readonly string[]): string {
  const direct = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'];
  if (!proxies.includes(direct) || forwarded === undefined) return direct;
  return String(forwarded).split(',').at(-1)?.trim() ?? direct;
}
