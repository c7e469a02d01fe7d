import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type Measured = { readonly said: string; readonly wallMs: number; readonly cpuMs: number };
export type Examined = { readonly verify: Measured; readonly inspect: Measured; readonly peakMb: number };
export type Told = Measured & { readonly code: number | null; readonly peakMb: number };

/** Nothing that answers within five seconds of its own is ended by this, however busy the machine is. */
const watchdogMs = 60_000;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export type Programs = { readonly examine: string; readonly commandLine: string; readonly peak: string };

/** As they are shipped: bundled, so that the memory which Node takes to read TypeScript is not counted. */
export async function bundlePrograms(dir: string): Promise<Programs> {
  const entryPoints = { examine: here('./examine.ts'), 'command-line': here('../../../src-main/cli/main.ts'), peak: here('./peak.ts') };
  await build({ entryPoints, outdir: join(dir, 'bundle'), outExtension: { '.js': '.mjs' }, bundle: true, splitting: true, chunkNames: 'chunks/[name]-[hash]', format: 'esm', platform: 'node', target: 'node24', packages: 'external', logLevel: 'error' });
  // what stays outside the bundle is found from there
  for (const name of ['node_modules', 'resources', 'package.json']) symlinkSync(here(`../../../${name}`), join(dir, name));
  return { examine: join(dir, 'bundle', 'examine.mjs'), commandLine: join(dir, 'bundle', 'command-line.mjs'), peak: join(dir, 'bundle', 'peak.mjs') };
}

/** The verifier and the signing reader over one file. Rejects with what the process left behind when it ended otherwise. */
export async function examine(programs: Programs, path: string, anchor: string): Promise<Examined> {
  const done = await run([programs.examine, path, anchor], {});
  if (done.code !== 0) throw new Error(`${done.killed ? `no answer in ${watchdogMs} ms` : `ended with ${done.code}`}\n${done.err.slice(-3000)}`);
  return JSON.parse(done.out) as Examined;
}

/** `van-thu verify FILE --json --trust …`. */
export async function tell(programs: Programs, path: string, anchor: string, measured: string): Promise<Told> {
  const startedAt = performance.now();
  const done = await run(['--import', programs.peak, programs.commandLine, 'verify', path, '--json', '--offline', '--trust', anchor], { VAN_THU_PEAK: measured });
  if (done.killed) throw new Error(`the command line gave no answer in ${watchdogMs} ms`);
  const { peakMb, cpuMs } = JSON.parse(readFileSync(measured, 'utf8')) as { readonly peakMb: number; readonly cpuMs: number };
  return { code: done.code, said: `${done.out}${done.err}`, wallMs: Math.round(performance.now() - startedAt), cpuMs, peakMb };
}

type Done = { readonly code: number | null; readonly killed: boolean; readonly out: string; readonly err: string };

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Done> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let killed = false;
    const watchdog = setTimeout(() => {
      killed = true;
      child.kill('SIGKILL');
    }, watchdogMs);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(watchdog);
      resolve({ code, killed, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') });
    });
  });
}
