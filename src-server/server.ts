import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { BookId, OrganizationCode } from '../src-shared/domain/ids.ts';
import { plainEntry, type Organization, type Person, type Role } from '../src-shared/domain/organization.ts';
import { createBlobs } from './features/blobs.ts';
import { createLease } from './features/books.ts';
import { createChanges } from './features/changes.ts';
import { createPush } from './features/push.ts';
import { createSessions, hashPassword } from './features/session.ts';
import { createTrustCall } from './features/trust.ts';
import { createUploadCalls } from './features/uploads.ts';
import { json } from './http/reply.ts';
import { createRouter, type Log, type Route } from './http/router.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { openStorage } from './storage/storage.ts';

export type ServerOptions = {
  /** Where the database and the content lie; made when missing. */
  readonly dir: string;
  readonly host?: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly clock?: () => Date;
  readonly limits?: Partial<ServerLimits>;
  /** The administrator's folder that the list of trusted certificates is made of; `trust` in `dir`, unless told. */
  readonly trustDir?: string;
  readonly log?: Log;
};

/** Sets the office up. Not reachable over the line. */
export type ServerAdmin = {
  readonly addOrganization: (organization: Organization) => void;
  /** An account: the person acts in `unit` (their own when not given) with `role`. The same person may have several, under different user names. */
  readonly addPerson: (account: { person: Person; user: string; password: string; unit?: OrganizationCode; role: Role }) => Promise<void>;
  /** The first number of a book that nobody has held yet. Throws on one in use. */
  readonly setBookStart: (book: BookId, nextNumber: number) => void;
  /** Takes a book from its holder; its unused numbers become void and the next holder starts after them. */
  readonly releaseBook: (book: BookId) => void;
  /** Every number given out or void (`document` null), in order. */
  readonly readBook: (book: BookId) => readonly { readonly number: number; readonly epoch: number; readonly document: string | null }[];
};

export type Server = { readonly url: string; readonly admin: ServerAdmin; readonly close: () => Promise<void> };

/** The provincial server on one machine. Throws when the folder or the port cannot be had. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const limits = { ...defaultLimits, ...options.limits };
  const now = () => (options.clock ?? (() => new Date()))().getTime();
  const storage = openStorage(options.dir);
  storage.content.sweepUploads(storage.uploads.dropOlderThan(now() - limits.uploadTtlMs));
  const closing = new AbortController();

  const sessions = createSessions(storage.accounts, limits, now);
  const changes = createChanges(storage, limits, now);
  const push = createPush(storage, limits, now, changes.notify);
  const lease = createLease(storage, limits);
  const uploads = createUploadCalls(storage, limits, now);
  const blobs = createBlobs(storage);
  const trust = createTrustCall({ dir: options.dir, folder: options.trustDir ?? path.join(options.dir, 'trust'), log: options.log ?? (() => undefined) });

  const routes: readonly Route[] = [
    { method: 'GET', path: /^\/healthz$/, name: 'healthz', open: true, handle: () => json(200, { ok: true }) },
    { method: 'POST', path: /^\/v1\/session$/, name: 'session', open: true, handle: ({ request }) => sessions.open(request) },
    { method: 'DELETE', path: /^\/v1\/session$/, name: 'session-end', handle: ({ request }) => sessions.end(request) },
    { method: 'POST', path: /^\/v1\/push$/, name: 'push', handle: ({ request }, session) => push(request, session) },
    { method: 'GET', path: /^\/v1\/changes$/, name: 'changes', handle: changes.read },
    { method: 'GET', path: /^\/v1\/changes\/wait$/, name: 'wait', handle: changes.wait },
    { method: 'POST', path: /^\/v1\/books\/lease$/, name: 'lease', handle: ({ request }, session) => lease(request, session) },
    {
      method: 'GET', path: /^\/v1\/directory$/, name: 'directory',
      handle: (_, session) => json(200, { version: 1, entries: storage.accounts.organizations().map(plainEntry), hasMore: false, people: storage.accounts.people(session.unit.code) }),
    },
    { method: 'GET', path: /^\/v1\/trust$/, name: 'trust', handle: trust },
    { method: 'POST', path: /^\/v1\/uploads$/, name: 'upload-open', handle: ({ request }, session) => uploads.open(request, session) },
    { method: 'HEAD', path: /^\/v1\/uploads\/([0-9a-f-]{36})$/, name: 'upload-head', handle: uploads.head },
    { method: 'PATCH', path: /^\/v1\/uploads\/([0-9a-f-]{36})$/, name: 'upload-patch', handle: uploads.patch },
    { method: 'GET', path: /^\/v1\/blobs\/([0-9a-f]{64})$/, name: 'blob', handle: blobs },
    { method: 'HEAD', path: /^\/v1\/blobs\/([0-9a-f]{64})$/, name: 'blob-head', handle: blobs },
  ];
  const handle = createRouter({ routes, findSession: sessions.find, log: options.log ?? (() => undefined), closing: closing.signal });
  const active = new Set<Promise<void>>();
  const http = createHttpServer((request, response) => {
    const work = handle(request, response).catch(() => void response.destroy());
    active.add(work);
    void work.finally(() => active.delete(work));
  });
  // a slow line may take as long as it moves; one that does not move is let go
  http.requestTimeout = 0;
  http.timeout = limits.idleSocketMs;
  http.keepAliveTimeout = limits.idleSocketMs;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  }).catch((error: unknown) => {
    storage.close();
    throw error;
  });

  return {
    url: `http://${options.host ?? '127.0.0.1'}:${(http.address() as AddressInfo).port}`,
    admin: {
      addOrganization: storage.accounts.putOrganization,
      addPerson: async ({ person, user, password, unit, role }) => {
        const hash = await hashPassword(password);
        storage.accounts.putPerson(person);
        storage.accounts.putAccount({ user, person: person.id, unit: unit ?? person.unit, role, password: hash });
      },
      setBookStart: (book, nextNumber) => storage.books.setStart(book, book.split('/')[0] as OrganizationCode, nextNumber),
      releaseBook: storage.books.release,
      readBook: storage.books.numbers,
    },
    close: async () => {
      if (closing.signal.aborted) return;
      const closed = new Promise((resolve) => http.close(resolve));
      closing.abort();
      http.closeIdleConnections();
      // what is being written is finished or cut within a second; the rest is the client's to send again
      const cut = setTimeout(() => http.closeAllConnections(), 1000);
      await closed;
      clearTimeout(cut);
      await Promise.allSettled(active);
      storage.close();
    },
  };
}
