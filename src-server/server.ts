import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ServerAdmin } from './admin.ts';
import { createCore } from './core.ts';
import type { Log } from './features/deps.ts';
import { createPasswords } from './features/passwords.ts';
import { createTrustSource } from './features/trust.ts';
import { createAdapter } from './http/adapter.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { openContentFolder } from './storage/content/folder.ts';
import { openSqlite } from './storage/sqlite/storage.ts';

export type { ServerAdmin } from './admin.ts';

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
  readonly publicHosts?: readonly string[];
  readonly log?: Log;
};

export type Server = { readonly url: string; readonly admin: ServerAdmin; readonly close: () => Promise<void> };

/** The provincial server on one machine. Throws when the folder or the port cannot be had. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const limits = { ...defaultLimits, ...options.limits };
  const log = options.log ?? (() => undefined);
  mkdirSync(options.dir, { recursive: true });
  const content = openContentFolder(options.dir);
  const storage = openSqlite({ file: path.join(options.dir, 'server.db') });
  const core = createCore({
    storage, content, limits, log, randomBytes, now: () => (options.clock ?? (() => new Date()))().getTime(), passwords: createPasswords(randomBytes),
    trust: createTrustSource({ dir: options.dir, folder: options.trustDir ?? path.join(options.dir, 'trust'), log }), publicHosts: options.publicHosts,
  });
  await core.sweep();
  const closing = new AbortController();
  const { listener, settled } = createAdapter(core.handle, closing.signal);
  const http = createHttpServer(listener);
  // a slow line may take as long as it moves; one that does not move is let go
  http.requestTimeout = 0;
  http.timeout = limits.idleSocketMs;
  http.keepAliveTimeout = limits.idleSocketMs;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  }).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });

  return {
    url: `http://${options.host ?? '127.0.0.1'}:${(http.address() as AddressInfo).port}`,
    admin: core.admin,
    close: async () => {
      if (closing.signal.aborted) return;
      const closed = new Promise((resolve) => http.close(resolve));
      closing.abort();
      http.closeIdleConnections();
      // what is being written is finished or cut within a second; the rest is the client's to send again
      const cut = setTimeout(() => http.closeAllConnections(), 1000);
      await closed;
      clearTimeout(cut);
      await settled();
      await core.close();
      await storage.close();
    },
  };
}
