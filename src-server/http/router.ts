import { findRefusal } from '../features/access.ts';
import type { Log, SignedIn } from '../features/deps.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { Brotli } from './brotli.ts';
import { encodeReply } from './coding.ts';
import { refuse, type Reply, type ServerRequest } from './call.ts';

export type { Log } from '../features/deps.ts';

export type Call = {
  readonly request: ServerRequest;
  readonly url: URL;
  /** What the pattern's groups caught. */
  readonly params: readonly string[];
  /** Aborted when the caller hangs up or the server closes. */
  readonly signal: AbortSignal;
};

/** Who may use a route that is not open stands in `features/access.ts`, under its name. */
export type Route = { readonly method: string; readonly path: RegExp; readonly name: string } & (
  | { readonly open: true; readonly handle: (call: Call) => Promise<Reply> | Reply }
  | { readonly open?: false; readonly handle: (call: Call, session: SignedIn) => Promise<Reply> | Reply }
);

export type RouterOptions = {
  readonly routes: readonly Route[];
  readonly findSession: (request: ServerRequest) => Promise<SignedIn | null>;
  readonly log: Log;
  readonly elapsed: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly brotli: Brotli;
};

type Answered = { readonly reply: Reply; readonly route: string; readonly unit: string };

const refused = (reply: Reply, route = 'none', unit = ''): Answered => ({ reply, route, unit });

/** Finds the route, asks who calls and whether they may, and answers. Never throws: a bug is a 500 with a reference that stands in the log. */
export function createRouter({ routes, findSession, log, elapsed, randomBytes, brotli }: RouterOptions): (request: ServerRequest) => Promise<Reply> {
  async function answer(request: ServerRequest): Promise<Answered> {
    const url = readUrl(request.url);
    if (url === null) return refused(refuse({ code: 'input.invalid', params: { where: 'url' } }));
    let pathKnown = false;
    for (const route of routes) {
      const match = route.path.exec(url.pathname);
      if (match === null) continue;
      pathKnown = true;
      if (route.method !== request.method) continue;
      const call: Call = { request, url, params: match.slice(1), signal: request.signal };
      if (route.open === true) return { reply: await route.handle(call), route: route.name, unit: '' };
      const session = await findSession(request);
      if (session === null) return refused(refuse({ code: 'session.required' }, { 'www-authenticate': 'Bearer' }), route.name);
      const refusal = findRefusal(route.name, session);
      if (refusal !== null) return refused(refuse(refusal), route.name, session.unit.code);
      return { reply: await route.handle(call, session), route: route.name, unit: session.unit.code };
    }
    return refused(refuse({ code: 'not-found', params: { what: '' } }, {}, pathKnown ? 405 : 404));
  }

  return async function handle(request: ServerRequest): Promise<Reply> {
    const started = elapsed();
    const line = (route: string, status: number, unit: string, ref?: string) =>
      log('info', 'request', { method: request.method, route, status, unit, ms: Math.round(elapsed() - started), ...(ref === undefined ? {} : { ref }) });
    try {
      const { reply, route, unit } = await answer(request);
      line(route, reply.status, unit);
      return await encodeReply(reply, request.headers['accept-encoding'], brotli);
    } catch (error) {
      // the body broke off with its line: nobody waits for an answer
      if (request.signal.aborted) {
        line('broken-off', 499, '');
        return { status: 499 };
      }
      // what the storage says when it cannot be asked
      if (error instanceof AppFailure) {
        log('warn', 'refused', { code: error.error.code, error: error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : '' });
        const reply = refuse(error.error, error.error.code === 'server.busy' ? { 'retry-after': 2 } : {});
        line('refused', reply.status, '');
        return reply;
      }
      const ref = Buffer.from(randomBytes(4)).toString('hex');
      log('error', 'bug', { ref, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
      line('bug', 500, '', ref);
      return refuse({ code: 'bug', params: { ref } });
    }
  };
}

function readUrl(text: string): URL | null {
  return URL.canParse(text, 'http://server') ? new URL(text, 'http://server') : null;
}
