import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply, ServerRequest } from './call.ts';

/** Node's HTTP before the core. `settled` resolves when every request that came has been answered or given up. */
export function createAdapter(handle: (request: ServerRequest) => Promise<Reply>, closing: AbortSignal) {
  const open = new Set<AbortController>();
  const active = new Set<Promise<void>>();
  closing.addEventListener('abort', () => open.forEach((over) => over.abort()), { once: true });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const over = new AbortController();
    open.add(over);
    response.on('close', () => {
      open.delete(over);
      over.abort();
    });
    if (closing.aborted) over.abort();
    const reply = await handle({
      method: request.method ?? '', url: request.url ?? '/', headers: request.headers as ServerRequest['headers'], body: request,
      destroy: () => void request.destroy(), signal: over.signal, peer: request.socket.remoteAddress ?? '',
    });
    if (response.destroyed || response.closed) return endStream(reply.stream);
    // what is left unread of a refused body would be taken for the next request
    const unread = !request.complete;
    await send(response, unread || closing.aborted ? { ...reply, headers: { ...reply.headers, connection: 'close' } } : reply);
    if (unread) request.resume();
  }

  return {
    listener: (request: IncomingMessage, response: ServerResponse): void => {
      const work = serve(request, response).catch(() => void response.destroy());
      active.add(work);
      void work.finally(() => active.delete(work));
    },
    settled: async (): Promise<void> => void (await Promise.allSettled(active)),
  };
}

/** Sends the reply whole, or destroys the socket when the stream breaks: half an answer is never taken for a whole one. */
async function send(response: ServerResponse, reply: Reply): Promise<void> {
  const body = reply.bytes ?? (reply.json === undefined ? undefined : Buffer.from(JSON.stringify(reply.json)));
  response.writeHead(reply.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(reply.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(body === undefined ? {} : { 'content-length': body.length }),
    ...reply.headers,
  });
  if (reply.stream === undefined) response.end(body);
  else await pour(reply.stream, response);
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
    if (over) return;
    if (done === true) break;
    if (!response.write(value)) await Promise.race([closed, new Promise((resolve) => response.once('drain', resolve))]);
  }
  response.end();
}

async function endStream(stream: AsyncIterable<Uint8Array> | undefined): Promise<void> {
  await stream?.[Symbol.asyncIterator]().return?.();
}
