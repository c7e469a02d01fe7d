import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ServerAdmin } from './admin.ts';
import { createCore } from './core.ts';
import { officesUnder } from './features/delivery-axis.ts';
import type { Log } from './features/deps.ts';
import type { FigureRights } from './features/figures-calls.ts';
import { startFigures, type FigureTimer } from './features/figures-run.ts';
import { createPasswords } from './features/passwords.ts';
import { createTrustSource } from './features/trust.ts';
import { openReleaseFolder, type UpdateSettings } from './features/updates-folder.ts';
import { createExchange, type Exchange } from './gateway/exchange-loop.ts';
import { openGateway, type AxisSettings } from './gateway/open.ts';
import { openPackageSigner } from './gateway/package-signing.ts';
import type { Reply, ServerRequest } from './http/call.ts';
import { createNodeHttp, isHeld } from './http/node-http.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { createHealth } from './operation/health.ts';
import type { Metrics } from './operation/metrics.ts';
import { busy, createShedding, defaultShedding, watchLoop, type SheddingLimits } from './operation/shedding.ts';
import { openContentFolder } from './storage/content/folder.ts';
import type { Storage } from './storage/port.ts';
import type { PostgresOptions, PostgresStorage } from './storage/postgres/storage.ts';
import { openSqlite } from './storage/sqlite/storage.ts';

export type { ServerAdmin } from './admin.ts';

/** `sqlite`: one machine, in `dir`. `postgres`: a province, several nodes over one database and one folder of content. */
export type StorageChoice = { readonly kind: 'sqlite' } | ({ readonly kind: 'postgres' } & Omit<PostgresOptions, 'node'>);

export type ServerOptions = {
  /** Where the database and the content lie; made when missing. */
  readonly dir: string;
  readonly storage?: StorageChoice;
  /** The folder of content, which several nodes share; in `dir`, unless told. */
  readonly contentDir?: string;
  readonly host?: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly clock?: () => Date;
  readonly limits?: Partial<ServerLimits>;
  /** Null: nobody is refused for load. */
  readonly shedding?: Partial<SheddingLimits> | null;
  /** The administrator's folder that the list of trusted certificates is made of; `trust` in `dir`, unless told. */
  readonly trustDir?: string;
  /** The folder of the program's versions, which several nodes may share; left out: none are given. */
  readonly updates?: UpdateSettings;
  readonly publicHosts?: readonly string[];
  /** Peers whose `X-Forwarded-For` is believed. */
  readonly proxies?: readonly string[];
  /** The national axis; left out: every office is on this server. */
  readonly axis?: AxisSettings;
  /** Who sees whose figures; left out: each unit its own, the province all. */
  readonly figures?: FigureRights;
  /** How often the figures are brought forward; left out: only when they are ordered. */
  readonly figuresEveryMs?: number;
  /** This node's name in logs, `/healthz` and claims; one of chance unless told. */
  readonly node?: string;
  readonly version?: string;
  readonly metrics?: Metrics;
  readonly log?: Log;
};

/** How a node goes: see `NodeHttp.stop`. By default at once, with a second for what is under way. */
export type StopTimes = { readonly drainMs?: number; readonly deadlineMs?: number };
export type Server = { readonly url: string; readonly admin: ServerAdmin; readonly close: (times?: StopTimes) => Promise<void> };

/** Storage, content and core without a socket: what the commands of an administrator work on. */
export async function openProvince(options: Pick<ServerOptions, 'dir' | 'storage' | 'contentDir' | 'node' | 'log' | 'limits' | 'clock' | 'trustDir' | 'updates' | 'publicHosts' | 'metrics' | 'axis' | 'figures'>) {
  const log = options.log ?? (() => undefined);
  const node = options.node ?? randomBytes(4).toString('hex');
  mkdirSync(options.dir, { recursive: true });
  const content = openContentFolder(options.contentDir ?? options.dir);
  const opened = await openStorage(options.dir, options.storage ?? { kind: 'sqlite' }, node, log);
  const storage = options.metrics === undefined ? opened : options.metrics.storage(opened);
  const core = createCore({
    storage, content, log, randomBytes, node, limits: options.limits, now: () => (options.clock ?? (() => new Date()))().getTime(), passwords: createPasswords(randomBytes),
    trust: createTrustSource({ dir: options.dir, folder: options.trustDir ?? path.join(options.dir, 'trust'), log }), publicHosts: options.publicHosts, figures: options.figures,
    updates: options.updates === undefined ? null : openReleaseFolder({ ...options.updates, log }),
    ...(options.axis === undefined ? {} : { isOurs: officesUnder(options.axis.units) }),
  });
  return { core, storage, content, node, pool: () => ('pool' in opened ? (opened as PostgresStorage).pool() : null) };
}

/** The provincial server: one node of it. Throws when the folder, the database or the port cannot be had. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const limits = { ...defaultLimits, ...options.limits };
  const log = options.metrics === undefined ? (options.log ?? (() => undefined)) : options.metrics.log(options.log ?? (() => undefined));
  const { core, storage, content, node, pool } = await openProvince({ ...options, log });
  const loop = watchLoop();
  let stopping = false;
  const health = createHealth({ storage, content, node, version: options.version ?? '', stopping: () => stopping });
  const load = () => ({ underWay: http.figures().underWay, loopDelayMs: loop.delayMs(), poolQueue: pool()?.waiting ?? 0 });
  const shedding = options.shedding === null ? null : createShedding({ ...defaultShedding, ...options.shedding }, load, Math.random);

  async function handle(request: ServerRequest): Promise<Reply> {
    const where = request.url.split('?', 1)[0];
    if (request.method === 'GET' && where === '/healthz') return health();
    if (request.method === 'GET' && where === '/metrics' && options.metrics !== undefined) return options.metrics.answer(request);
    const refusal = shedding?.refusal(request) ?? null;
    if (refusal !== null) {
      log('info', 'request', { method: request.method, route: 'shed', status: refusal.status, unit: '' });
      return refusal;
    }
    // who waits for news goes to another node
    if (stopping && isHeld(request.url)) return busy(Math.random);
    const reply = await core.handle(request);
    // the same moment for all would bring them back together
    return reply.status === 503 ? { ...reply, headers: { ...reply.headers, ...busy(Math.random).headers } } : reply;
  }

  const http = createNodeHttp({ handle, idleMs: limits.idleSocketMs, proxies: options.proxies ?? [] });
  let exchange: Exchange | null = null;
  let figures: FigureTimer | null = null;
  options.metrics?.watch(() => ({ ...http.figures(), axis: exchange?.figures() ?? null, loopDelayMs: loop.delayMs(), shed: shedding?.shed() ?? 0, pool: pool() }));
  const shut = async () => {
    loop.stop();
    await exchange?.stop();
    await figures?.stop();
    await core.close();
    await storage.close();
  };
  try {
    await core.sweep();
    exchange = options.axis === undefined ? null : await openExchange(options.axis, { storage, content, randomBytes, now: Date.now, limits, log, node });
    await new Promise<void>((resolve, reject) => {
      http.server.once('error', reject);
      http.server.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1', backlog: 4096 }, resolve);
    });
  } catch (error) {
    await shut();
    throw error;
  }
  const sweeper = setInterval(() => void core.sweep().catch((error: unknown) => log('warn', 'sweep failed', { error: String(error) })), 86_400_000);
  sweeper.unref();
  exchange?.start();
  if (options.figuresEveryMs !== undefined) figures = startFigures({ storage, now: () => (options.clock ?? (() => new Date()))().getTime(), node, log }, options.figuresEveryMs);

  let closed: Promise<void> | null = null;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${(http.server.address() as AddressInfo).port}`,
    admin: core.admin,
    close: ({ drainMs = 0, deadlineMs = 1000 } = {}) =>
      (closed ??= (async () => {
        stopping = true;
        clearInterval(sweeper);
        await http.stop({ drainMs, deadlineMs });
        await shut();
      })()),
  };
}

const axisLeaseMs = 30_000;

async function openExchange({ units, pollSeconds, retrySeconds: [first, most], channel, signing }: AxisSettings, parts: Pick<Parameters<typeof createExchange>[0], 'storage' | 'content' | 'randomBytes' | 'now' | 'limits' | 'log' | 'node'>): Promise<Exchange> {
  return createExchange({
    ...parts, gateway: await openGateway(channel, parts.node, parts.now), isOurs: officesUnder(units), root: units[0] ?? '', chance: Math.random,
    pollMs: pollSeconds * 1000, firstMs: first * 1000, mostMs: most * 1000, leaseMs: axisLeaseMs, ...(signing === undefined ? {} : { signer: openPackageSigner(signing) }),
  });
}

async function openStorage(dir: string, choice: StorageChoice, node: string, log: Log): Promise<Storage> {
  if (choice.kind === 'sqlite') return openSqlite({ file: path.join(dir, 'server.db') });
  // the driver is only loaded where there is such a database
  const { openPostgres } = await import('./storage/postgres/storage.ts');
  const { kind: _, ...options } = choice;
  return openPostgres({ ...options, node, onTrouble: (error) => log('warn', 'storage', { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }) });
}
