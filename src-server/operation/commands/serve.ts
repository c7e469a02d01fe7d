import { hostname } from 'node:os';
import { findConfig, parse, serverOptions, wrong, type Command } from '../command-line.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { createServer } from '../../server.ts';

export const serveUsage = `van-thu-server [serve] --config FILE
van-thu-server [serve] --dir DIR [--port N] [--host ADDRESS] [--trust DIR]

Runs one node of the provincial server until SIGTERM or SIGINT; then it finishes what is under way and ends. A second signal ends it at once.
  --config FILE   the configuration (see "van-thu-server config --example"), or
  --dir DIR       one machine: database and content lie here; made when missing
  --port N        default 8480
  --host ADDRESS  default 127.0.0.1; put a TLS proxy before it to serve others
  --trust DIR     the folder of certificates that the province's desks judge signatures by, with its trust.json (see trust-list);
                  default "trust" in --dir
  --help          this text
`;

export const serve = (version: string): Command => async (argv, io) => {
  const parsed = parse(argv, { port: { type: 'string' }, host: { type: 'string' }, trust: { type: 'string' } }, serveUsage, io);
  if (typeof parsed === 'number') return parsed;
  const config = findConfig(parsed, serveUsage, io);
  if (typeof config === 'number') return config;
  const { port: asked, host, trust } = parsed.values;
  const port = Number(asked ?? config.listen.port);
  if (parsed.positionals.length > 0 || !Number.isInteger(port) || port < 0 || port > 65_535) return wrong(serveUsage, io);
  const node = config.node ?? `${hostname()}-${process.pid}`;
  const log = createLog(io.out, node, config.log.level);
  const shedding = Object.fromEntries(Object.entries(config.shedding).filter(([, value]) => value !== undefined));
  const server = await createServer({
    ...serverOptions(config), node, version, log, port, host: typeof host === 'string' ? host : config.listen.host, proxies: config.proxies, shedding, metrics: createMetrics(config.metricsToken),
    figuresEveryMs: config.figures.everyMinutes * 60_000,
    ...(typeof trust === 'string' ? { trustDir: trust } : {}),
  });
  log('info', 'listening', { url: server.url, version });
  await io.stopped;
  log('info', 'stopping');
  await server.close({ drainMs: config.stop.drainSeconds * 1000, deadlineMs: config.stop.deadlineSeconds * 1000 });
  log('info', 'closed');
  return 0;
};
