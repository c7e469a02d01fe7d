import { findFigure, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { namedPeriod } from '../../src-shared/domain/figures/periods.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { FiguresResponse } from '../../src-shared/protocol/figures.ts';
import { AppFailure, type AppError, type Result } from '../../src-shared/result.ts';
import { findRefusal } from '../features/access.ts';
import type { SignedIn } from '../features/deps.ts';
import { askFigures, type FigureParts } from '../features/figures-calls.ts';
import type { Reply, ServerRequest } from '../http/call.ts';
import type { Call, Route } from '../http/router.ts';
import { figuresCsv } from './csv.ts';
import type { Html } from './html.ts';
import { faultPage, figuresPage, signInPage } from './page.ts';
import { style } from './style.ts';
import { faultWords, readPeriod } from './words.ts';

/** The sessions of the wire: a page is opened by the same names and passwords, with the same tries, locks and audit. */
type Sessions = {
  readonly open: (request: ServerRequest) => Promise<Reply>;
  readonly find: (request: ServerRequest) => Promise<SignedIn | null>;
  readonly end: (request: ServerRequest, session: SignedIn) => Promise<Reply>;
};

/** Only to these pages, only by this browser's own forms, never by a script. */
const cookieName = 'van-thu-figures';
const cookieRules = 'Path=/figures; HttpOnly; Secure; SameSite=Strict';
const formBytes = 8 * 1024;

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** The figures for leaders without the desk: pages without a script, read only. */
export function figurePages(sessions: Sessions, parts: FigureParts): readonly Route[] {
  async function overview({ request, url }: Call): Promise<Reply> {
    const session = await sessionOf(request);
    if (session === null) return page(200, signInPage(null));
    const asked = await ask(session, url);
    if (!asked.ok) return page(asked.error.code === 'not-found' ? 404 : 403, faultPage(faultWords(asked.error)));
    const figure = url.searchParams.get('figure') ?? '';
    const ranked = findFigure(figure) === null ? 'on-time-task' : (figure as FigureId);
    return page(200, figuresPage({ view: asked.value, period: readPeriod(url.searchParams.get('period')), person: session.person.fullName, own: session.unit, ranked }));
  }

  async function csv({ request, url }: Call): Promise<Reply> {
    const session = await sessionOf(request);
    if (session === null) return to('/figures');
    const asked = await ask(session, url);
    if (!asked.ok) return page(403, faultPage(faultWords(asked.error)));
    return { status: 200, bytes: figuresCsv(asked.value), headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="so-lieu-${asked.value.from}-${asked.value.to}.csv"` } };
  }

  async function signIn({ request }: Call): Promise<Reply> {
    if (isForeign(request)) return page(403, signInPage(faultWords({ code: 'not-allowed' })));
    const form = await readForm(request);
    if (form === null) return page(400, signInPage('Biểu mẫu gửi lên không đọc được. Hãy gõ lại.'));
    const [user, password] = [form.get('user') ?? '', form.get('password') ?? ''];
    const { 'content-encoding': _coding, 'content-length': _length, ...headers } = request.headers;
    const opened = await sessions.open({ ...request, headers, body: one(Buffer.from(JSON.stringify({ user, password }), 'utf8')) }).catch(refusalOf);
    const answer = opened.json as { readonly token?: string; readonly error?: AppError };
    if (opened.status !== 200 || answer.token === undefined) return page(opened.status, signInPage(faultWords(answer.error ?? { code: 'server.busy' }), user));
    const withToken = bearing(request, answer.token);
    const session = await sessions.find(withToken);
    const refusal = session === null ? { code: 'session.required' as const } : findRefusal('figures', session);
    if (session !== null && refusal !== null) await sessions.end(withToken, session);
    if (refusal !== null) return page(403, signInPage(faultWords(refusal), user));
    return to('/figures', { 'set-cookie': `${cookieName}=${answer.token}; ${cookieRules}` });
  }

  async function signOut({ request }: Call): Promise<Reply> {
    const token = readCookie(request);
    const session = token === null || isForeign(request) ? null : await sessions.find(bearing(request, token));
    if (token !== null && session !== null) await sessions.end(bearing(request, token), session);
    return to('/figures', { 'set-cookie': `${cookieName}=; ${cookieRules}; Max-Age=0` });
  }

  async function sessionOf(request: ServerRequest): Promise<SignedIn | null> {
    const token = readCookie(request);
    const session = token === null ? null : await sessions.find(bearing(request, token));
    return session === null || findRefusal('figures', session) !== null ? null : session;
  }

  function ask(session: SignedIn, url: URL): Promise<Result<FiguresResponse>> {
    const { period } = namedPeriod(readPeriod(url.searchParams.get('period')), vietnamDay(parts.now()));
    return askFigures(parts, session, { from: period.from.slice(0, 7), to: period.to.slice(0, 7), unit: url.searchParams.get('unit') });
  }

  return [
    { method: 'GET', path: /^\/figures\/?$/, name: 'figures-page', open: true, handle: overview },
    { method: 'GET', path: /^\/figures\/figures\.csv$/, name: 'figures-page-csv', open: true, handle: csv },
    { method: 'POST', path: /^\/figures\/sign-in$/, name: 'figures-page-sign-in', open: true, handle: signIn },
    { method: 'POST', path: /^\/figures\/sign-out$/, name: 'figures-page-sign-out', open: true, handle: signOut },
    { method: 'GET', path: /^\/figures\/style\.css$/, name: 'figures-page-style', open: true, handle: () => ({ status: 200, bytes: Buffer.from(style), headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' } }) },
  ];
}

function page(status: number, { html }: Html): Reply {
  return { status, bytes: Buffer.from(html, 'utf8'), headers: pageHeaders };
}

/** RFC 9110 15.4.4: whatever was asked with, it is read there. */
function to(location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 303, headers: { location, ...headers } };
}

/** A form of another site's page: what the browser says of where it came from. */
function isForeign({ headers }: ServerRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const origin = headers['origin'];
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== headers['host']);
}

function readCookie({ headers }: ServerRequest): string | null {
  const found = (headers['cookie'] ?? '').split(';').map((each) => each.trim()).find((each) => each.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(found) ? found : null;
}

function bearing(request: ServerRequest, token: string): ServerRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

async function readForm(request: ServerRequest): Promise<URLSearchParams | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    if (size > formBytes) return null;
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What the storage says when it cannot be asked is a sentence here, not a page of JSON. */
function refusalOf(error: unknown): Reply {
  if (!(error instanceof AppFailure)) throw error;
  return { status: 503, json: { error: error.error } };
}
