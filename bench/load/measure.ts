import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openContentFolder } from '../../src-server/storage/content/folder.ts';
import { openPostgres } from '../../src-server/storage/postgres/storage.ts';
import { postgresSkip, startPostgres } from '../../test/support/postgres.ts';
import type { Figure } from '../figure.ts';
import type { LoadPlan, LoadReport } from './clients.ts';
import { seedProvince } from './seed.ts';

/** `FOLDER CLIENTS,RATE,SECONDS`: the load of `bench/server.ts`; prints figures as lines of JSON, and what happens on stderr. */
const [folder = '', size = ''] = process.argv.slice(2);
const [clients = 6000, rate = 300, seconds = 300] = size.split(',').map(Number);
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** As `resources/server/van-thu-server` starts a node. */
const nodeFlags = ['--max-semi-space-size=64'];
const say = (figure: Figure): void => void process.stdout.write(`${JSON.stringify(figure)}\n`);
const tell = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

if (postgresSkip !== false) {
  process.stderr.write(`server.*: LEFT OUT, ${postgresSkip}\n`);
  process.exit(0);
}
const dir = join(folder, 'province');
mkdirSync(dir, { recursive: true });
const cluster = await startPostgres({ shared_buffers: '512MB' });
const url = await cluster.newDatabase();
const storage = await openPostgres({ url });
tell('filling the province');
const desks = await seedProvince(storage, openContentFolder(dir), clients, Date.now());
await storage.close();

type Node = { readonly port: number; child: ChildProcess; peakMb: number };
const nodes: Node[] = [];
for (let i = 0; i < 2; i++) nodes.push(await startNode(await freePort()));

const plan: LoadPlan = { nodes: nodes.map(({ port }) => `http://127.0.0.1:${port}`), clients: desks };
const planFile = join(folder, 'plan.json');
writeFileSync(planFile, JSON.stringify(plan), { mode: 0o600 });
const driver = spawn(process.execPath, [script('clients.ts'), planFile], { stdio: ['pipe', 'pipe', 'inherit'] });
const reports = createInterface({ input: driver.stdout });
const next = async (what: LoadReport['what']): Promise<LoadReport> => {
  for (;;) {
    const [line] = (await once(reports, 'line')) as [string];
    const report = JSON.parse(line) as LoadReport;
    tell(line);
    if (report.what === what) return report;
  }
};
const order = (line: unknown): void => void driver.stdin.write(`${JSON.stringify(line)}\n`);

tell(`${desks.length} desks connect`);
order({ do: 'connect' });
await next('connected');
// with both nodes: what the machine carries
const measured = next('measured');
order({ do: 'run', rate, seconds });
const steady = await measured;
// and again, shorter, while one of them is killed and comes back
const secondRun = next('measured');
order({ do: 'run', rate, seconds: Math.min(60, seconds) });
const killed = setTimeout(() => void killAndRestart(nodes[1]!), Math.min(15, seconds / 4) * 1000);
const disturbed = await secondRun;
clearTimeout(killed);
// then everything is started anew at once, as after an upgrade
tell('both nodes restart');
await Promise.all(nodes.map((node) => restart(node, 'SIGTERM')));
const reconnecting = next('reconnected');
order({ do: 'await-all' });
const reconnected = await reconnecting;
for (const node of nodes) await end(node, 'SIGTERM');
order({ do: 'end' });

say({ name: 'server.commands-per-s', value: (steady.accepted ?? 0) / (steady.seconds ?? 1), unit: '/s' });
say({ name: 'server.p50-ms', value: steady.p50 ?? 0, unit: 'ms' });
say({ name: 'server.p99-ms', value: steady.p99 ?? 0, unit: 'ms' });
say({ name: 'server.worst-ms', value: steady.worst ?? 0, unit: 'ms' });
say({ name: 'server.killed-p99-ms', value: disturbed.p99 ?? 0, unit: 'ms' });
say({ name: 'server.reconnect-s', value: (reconnected.ms ?? 0) / 1000, unit: 's' });
say({ name: 'server.errors-seen', value: reconnected.seen ?? 0, unit: 'n' });
say({ name: 'server.node-mb', value: Math.max(...nodes.map(({ peakMb }) => peakMb)), unit: 'MB' });
// nothing else keeps this process alive while the database goes down
const alive = setInterval(() => undefined, 1000);
await cluster.close();
clearInterval(alive);
process.exit(0);

async function startNode(port: number): Promise<Node> {
  const child = spawn(process.execPath, [...nodeFlags, script('node.ts'), dir, url, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const node: Node = { port, child, peakMb: 0 };
  await follow(node);
  return node;
}

/** Resolves when it listens. */
function follow(node: Node): Promise<void> {
  return new Promise((resolve, reject) => {
    node.child.once('exit', () => reject(new Error('a node ended while starting')));
    createInterface({ input: node.child.stdout! }).on('line', (line) => {
      const said = JSON.parse(line) as { readonly url?: string; readonly peakMb?: number };
      if (said.url !== undefined) resolve();
      node.peakMb = Math.max(node.peakMb, said.peakMb ?? 0);
    });
  });
}

async function end(node: Node, signal: NodeJS.Signals): Promise<void> {
  const gone = once(node.child, 'exit');
  node.child.kill(signal);
  await gone;
}

async function restart(node: Node, signal: NodeJS.Signals): Promise<void> {
  await end(node, signal);
  node.child = spawn(process.execPath, [...nodeFlags, script('node.ts'), dir, url, String(node.port)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await follow(node);
}

async function killAndRestart(node: Node): Promise<void> {
  tell('one node is killed');
  await restart(node, 'SIGKILL');
  tell('and is back');
}

async function freePort(): Promise<number> {
  const probe = createNetServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
