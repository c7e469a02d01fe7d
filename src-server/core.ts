import type { Result } from '../src-shared/result.ts';
import { createAdmin, type ServerAdmin } from './admin.ts';
import { createAuditCall } from './features/audit-calls.ts';
import { createBlobs } from './features/blobs.ts';
import { createBookCalls } from './features/books.ts';
import { createChanges } from './features/changes.ts';
import { createCursors } from './features/cursor.ts';
import type { Deps } from './features/deps.ts';
import { createDirectoryCall } from './features/directory.ts';
import { packageRoutes } from './features/packages.ts';
import type { PackageFile } from './features/packages-open.ts';
import { takePackage, type TakenPackage } from './features/packages-take.ts';
import { createEvents } from './features/events.ts';
import { figureRoutes, type FigureRights } from './features/figures-calls.ts';
import { createPush } from './features/push.ts';
import { createSessionAdministration } from './features/session-administration.ts';
import { createSessions } from './features/session-calls.ts';
import { readTrusted } from './features/session-certificate.ts';
import { createSettle } from './features/settle.ts';
import { createSnapshots } from './features/snapshot.ts';
import { createTrustCall, type TrustSource } from './features/trust.ts';
import { updateRoutes } from './features/updates.ts';
import type { ReleaseFolder } from './features/updates-folder.ts';
import { createUploadCalls } from './features/uploads.ts';
import { json, type Reply, type ServerRequest } from './http/call.ts';
import { brotliBeside } from './http/brotli.ts';
import { createRouter, type Route } from './http/router.ts';
import { figurePages } from './web/routes.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';

/** `log`: nothing is told without one. `trust`: no list is published without one. `node`: a name of chance. `isOurs`: every office is on this server. */
export type CoreOptions = Pick<Deps, 'storage' | 'content' | 'now' | 'randomBytes' | 'passwords'> & Partial<Pick<Deps, 'elapsed' | 'after' | 'log' | 'node' | 'brotli' | 'isOurs'>> & {
  readonly limits?: Partial<ServerLimits> | undefined;
  readonly trust?: TrustSource | undefined;
  /** Versions of the program; left out: none are given. */
  readonly updates?: ReleaseFolder | null | undefined;
  /** Who sees whose figures; left out: each unit its own, the province all. */
  readonly figures?: FigureRights | undefined;
  /** Names by which desks address this server, each with its port where it is not HTTPS's own; empty: whatever the request's Host says. */
  readonly publicHosts?: readonly string[] | undefined;
};

export type Core = {
  /** Answers every request; never throws. The caller closes what it has opened: `request.signal` ends what still waits. */
  readonly handle: (request: ServerRequest) => Promise<Reply>;
  readonly admin: ServerAdmin;
  /** What it answers to, for whoever holds the table against something else. */
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'name' | 'open'>[];
  /** A package that was brought to the province itself, by hand. Errors: `package.*`, `upload.too-large`. */
  readonly takePackage: (file: PackageFile) => Promise<Result<TakenPackage>>;
  /** Once at the start and then daily: what has run out is dropped. */
  readonly sweep: () => Promise<void>;
  /** The storage stays open: it is whoever made it that closes it. */
  readonly close: () => Promise<void>;
};

/** The provincial server's decisions: no socket, no clock and no driver of its own. */
export function createCore({ limits, log = () => undefined, trust, updates = null, figures = ownFigures, publicHosts = [], node, elapsed = () => performance.now(), after = afterMs, brotli = brotliBeside, isOurs = everywhere, ...given }: CoreOptions): Core {
  const deps: Deps = {
    ...given, limits: { ...defaultLimits, ...limits }, log, elapsed, after, brotli, isOurs, node: node ?? Buffer.from(given.randomBytes(8)).toString('hex'),
  };
  const { storage, content, now, passwords, randomBytes } = deps;
  const admin = createAdmin(deps);
  const sessions = createSessions({ storage, passwords, randomBytes, now, limits: deps.limits, publicHosts, trusted: createTrusted(trust) });
  const sessionAdministration = createSessionAdministration({ storage, deeds: admin, now });
  const settle = createSettle(deps);
  const cursors = createCursors(deps);
  const changes = createChanges(deps, cursors);
  const events = createEvents(deps, cursors);
  const snapshots = createSnapshots(deps, cursors);
  const uploads = createUploadCalls(deps);
  const books = createBookCalls(deps);
  const blobs = createBlobs(deps);
  const audit = createAuditCall({ storage, now });

  const routes: readonly Route[] = [
    { method: 'GET', path: /^\/healthz$/, name: 'healthz', open: true, handle: () => json(200, { ok: true }) },
    { method: 'POST', path: /^\/v1\/session$/, name: 'session', open: true, handle: ({ request }) => sessions.open(request) },
    { method: 'POST', path: /^\/v1\/session\/challenge$/, name: 'session-challenge', open: true, handle: ({ request }) => sessions.challenge(request) },
    { method: 'POST', path: /^\/v1\/session\/password$/, name: 'session-password', handle: ({ request }, session) => sessions.changePassword(request, session) },
    { method: 'DELETE', path: /^\/v1\/session$/, name: 'session-end', handle: ({ request }, session) => sessions.end(request, session) },
    { method: 'GET', path: /^\/v1\/sessions$/, name: 'sessions', handle: (_, session) => sessionAdministration.list(session) },
    { method: 'DELETE', path: /^\/v1\/sessions\/([0-9a-f]{16})$/, name: 'sessions-end', handle: ({ params }, session) => sessionAdministration.end(params[0] ?? '', session) },
    { method: 'GET', path: /^\/v1\/audit$/, name: 'audit', handle: ({ url }, session) => audit(url, session) },
    { method: 'POST', path: /^\/v1\/push$/, name: 'push', handle: createPush(deps, settle) },
    { method: 'GET', path: /^\/v1\/changes$/, name: 'changes', handle: changes.read },
    { method: 'GET', path: /^\/v1\/events$/, name: 'events', handle: events.read },
    { method: 'GET', path: /^\/v1\/snapshot$/, name: 'snapshot', handle: snapshots.info },
    { method: 'GET', path: /^\/v1\/snapshot\/([^/]{1,35})\/([0-9a-f]{64})$/, name: 'snapshot-bytes', handle: snapshots.bytes },
    { method: 'HEAD', path: /^\/v1\/snapshot\/([^/]{1,35})\/([0-9a-f]{64})$/, name: 'snapshot-bytes', handle: snapshots.bytes },
    { method: 'POST', path: /^\/v1\/books\/lease$/, name: 'lease', handle: books.lease },
    { method: 'POST', path: /^\/v1\/books\/return$/, name: 'book-return', handle: books.giveBack },
    { method: 'GET', path: /^\/v1\/books\/([^/]{1,35})\/(\d{4})\/([a-z0-9-]{1,60})\/numbers$/, name: 'book-numbers', handle: books.numbers },
    { method: 'GET', path: /^\/v1\/directory$/, name: 'directory', handle: createDirectoryCall(deps) },
    { method: 'GET', path: /^\/v1\/trust$/, name: 'trust', handle: createTrustCall(trust ?? (() => null)) },
    { method: 'OPTIONS', path: /^\/v1\/uploads$/, name: 'upload-options', handle: uploads.options },
    { method: 'POST', path: /^\/v1\/uploads$/, name: 'upload-open', handle: uploads.open },
    { method: 'HEAD', path: /^\/v1\/uploads\/([0-9a-f-]{36})$/, name: 'upload-head', handle: uploads.head },
    { method: 'PATCH', path: /^\/v1\/uploads\/([0-9a-f-]{36})$/, name: 'upload-patch', handle: uploads.patch },
    { method: 'GET', path: /^\/v1\/blobs\/([0-9a-f]{64})$/, name: 'blob', handle: blobs },
    { method: 'HEAD', path: /^\/v1\/blobs\/([0-9a-f]{64})$/, name: 'blob-head', handle: blobs },
    ...packageRoutes({ ...deps, settle }),
    ...updateRoutes(updates),
    ...figureRoutes({ storage, now, rights: figures }),
    ...figurePages(sessions, { storage, now, rights: figures }),
  ];

  async function sweep(): Promise<void> {
    const known = await storage.transaction(async (tx) => {
      await tx.sessions.prune(now());
      await tx.answers.prune(now() - deps.limits.answerTtlMs);
      return tx.uploads.dropOlderThan(now() - deps.limits.uploadTtlMs);
    });
    await content.sweep(known);
  }

  return { handle: createRouter({ routes, findSession: sessions.find, log, elapsed, randomBytes, brotli }), admin, routes, sweep, takePackage: (file) => takePackage({ ...deps, settle }, file, null), close: async () => events.close() };
}

/** The list's certificates, read again only when the list has changed. */
function createTrusted(source: TrustSource | undefined): () => ReturnType<typeof readTrusted> {
  let read: { readonly etag: string; readonly trusted: ReturnType<typeof readTrusted> } | null = null;
  return () => {
    const served = source?.() ?? null;
    if (served === null) return null;
    if (read?.etag !== served.etag) read = { etag: served.etag, trusted: readTrusted(served.answer.list) };
    return read.trusted;
  };
}

const ownFigures: FigureRights = { readers: [], publicFeed: false };

/** Without an axis every office of the directory is here. */
function everywhere(): boolean {
  return true;
}

function afterMs(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
