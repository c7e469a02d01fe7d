import { parseArgs } from 'node:util';
import type { Log } from './http/router.ts';
import { createServer } from './server.ts';
import { runTrustList } from './trust-list.ts';

const usage = `van-thu-server --dir DIR [--port N] [--host ADDRESS] [--trust DIR]
van-thu-server trust-list FOLDER [--help]

Runs the provincial server on one machine: database and content under DIR.
  --dir DIR       where everything is kept; made when missing
  --port N        default 8480
  --host ADDRESS  default 127.0.0.1; put a TLS proxy before it to serve others
  --trust DIR     the folder of certificates that the province's desks judge signatures by, with its trust.json (see trust-list);
                  default "trust" in --dir
  --help          this text
`;

async function main(): Promise<number> {
  if (process.argv[2] === 'trust-list') return runTrustList(process.argv.slice(3), (text) => void process.stdout.write(text));
  let values: { dir?: string | undefined; port?: string | undefined; host?: string | undefined; trust?: string | undefined; help?: boolean | undefined };
  try {
    ({ values } = parseArgs({ options: { dir: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' }, trust: { type: 'string' }, help: { type: 'boolean' } } }));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const port = Number(values.port ?? 8480);
  if (values.dir === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(usage);
    return 2;
  }
  const log: Log = (level, message, fields) => void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  const server = await createServer({ dir: values.dir, port, ...(values.host === undefined ? {} : { host: values.host }), ...(values.trust === undefined ? {} : { trustDir: values.trust }), log });
  log('info', 'listening', { url: server.url });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  log('info', 'closed');
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
