import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../storage/accounts.ts';
import { refuse, send, type Reply } from './reply.ts';

export type Call = {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** What the pattern's groups caught. */
  readonly params: readonly string[];
  /** Aborted when the caller hangs up or the server closes. */
  readonly signal: AbortSignal;
};

export type Route = { readonly method: string; readonly path: RegExp; readonly name: string } & (
  | { readonly open: true; readonly handle: (call: Call) => Promise<Reply> | Reply }
  | { readonly open?: false; readonly handle: (call: Call, session: Session) => Promise<Reply> | Reply }
);

/** Structured, one line per request. Ids and figures only: never a title, a body, a password or a token. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

export type RouterOptions = {
  readonly routes: readonly Route[];
  readonly findSession: (request: IncomingMessage) => Session | null;
  readonly log: Log;
  readonly closing: AbortSignal;
};

export function createRouter({ routes, findSession, log, closing }: RouterOptions) {
  const under = new Set<AbortController>();
  closing.addEventListener('abort', () => under.forEach((over) => over.abort()), { once: true });

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<{ reply: Reply; route: string; unit: string }> {
    const url = new URL(request.url ?? '/', 'http://server');
    let pathKnown = false;
    for (const route of routes) {
      const match = route.path.exec(url.pathname);
      if (match === null) continue;
      pathKnown = true;
      if (route.method !== request.method) continue;
      const call: Call = { request, url, params: match.slice(1), signal };
      if (route.open === true) return { reply: await route.handle(call), route: route.name, unit: '' };
      const session = findSession(request);
      if (session === null) return { reply: refuse({ code: 'session.required' }, { 'www-authenticate': 'Bearer' }), route: route.name, unit: '' };
      return { reply: await route.handle(call, session), route: route.name, unit: session.unit.code };
    }
    return { reply: refuse({ code: 'not-found', params: { what: '' } }, {}, pathKnown ? 405 : 404), route: 'none', unit: '' };
  }

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const over = new AbortController();
    let gone = false;
    under.add(over);
    response.on('close', () => {
      gone = true;
      under.delete(over);
      over.abort();
    });
    const line = (route: string, status: number, unit: string, ref?: string) =>
      log('info', 'request', { method: request.method ?? '', route, status, unit, ms: Math.round(performance.now() - started), ...(ref === undefined ? {} : { ref }) });
    try {
      const { reply, route, unit } = await answer(request, over.signal);
      if (gone) {
        reply.stream?.destroy();
        return line(route, 499, unit);
      }
      // what is left unread of a refused body would be taken for the next request
      const unread = !request.complete;
      await send(response, unread || closing.aborted ? { ...reply, headers: { ...reply.headers, connection: 'close' } } : reply);
      if (unread) request.resume();
      line(route, reply.status, unit);
    } catch (error) {
      if (gone || request.destroyed) return line('broken-off', 499, '');
      const ref = randomUUID().slice(0, 8);
      log('error', 'bug', { ref, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
      if (response.headersSent) response.destroy();
      else await send(response, refuse({ code: 'bug', params: { ref } }));
      line('bug', 500, '', ref);
    }
  };
}
