import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a line is like. `rate` bit/s; `delaySeconds` one way; `loss` of packets; `burst` mean length of a run of losses; `outage` "period,length" in seconds. */
export type Profile = { readonly rate: number; readonly delaySeconds: number; readonly loss?: number; readonly burst?: number; readonly outage?: string };

// sync.md: measured on 64 kbit/s, 600 ms round trip, 10 % loss; its goodput is 51 kbit/s
export const profiles = {
  good: { rate: 20_000_000, delaySeconds: 0.01 },
  '3g': { rate: 1_000_000, delaySeconds: 0.1, loss: 0.02 },
  'xa-2g': { rate: 64_000, delaySeconds: 0.3, loss: 0.1 },
  burst: { rate: 64_000, delaySeconds: 0.3, loss: 0.1, burst: 8 },
  'outage-30-90': { rate: 64_000, delaySeconds: 0.3, outage: '120,30' },
  'outage-120-240': { rate: 64_000, delaySeconds: 0.3, outage: '360,120' },
} as const satisfies Record<string, Profile>;
export type ProfileName = keyof typeof profiles;

/** Goodput of a line without losses that are sent again, bytes a second: what nobody can be quicker than. */
export function floorBytesPerSecond({ rate, loss = 0 }: Profile): number {
  // 40 bytes of each packet of 1,400 are headers
  return (rate / 8) * (1 - loss) * (1360 / 1400);
}

export type Lab = {
  readonly serverAddress: string;
  /** Runs a Node program at this end of the line; its lines of JSON on stdout are given to `onLine`. Ended with the lab. */
  readonly run: (end: 'client' | 'server', script: string, words: readonly string[], onLine: (line: Readonly<Record<string, unknown>>) => void, env?: NodeJS.ProcessEnv) => Program;
  readonly set: (change: { readonly down?: boolean; readonly loss?: number; readonly rate?: number }) => void;
  readonly close: () => Promise<void>;
};
export type Program = { readonly tell: (line: unknown) => void; readonly ended: Promise<number | null>; readonly kill: (signal?: NodeJS.Signals) => void };

/** False where it can be had; else why not, for a loud skip. */
export function whyNoNetlab(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'an emulated line needs Linux and root';
  if (!existsSync('/dev/net/tun')) return 'an emulated line needs /dev/net/tun';
  const tried = spawnSync('sh', ['-c', 'ip netns add vtlab$$ && ip netns del vtlab$$ && command -v python3'], { encoding: 'utf8' });
  return tried.status === 0 ? false : `an emulated line needs network namespaces and python3 (${tried.stderr.trim().split('\n')[0] ?? ''})`;
}

/** Two network namespaces with a line of this kind between them. `net` (0–250) tells several at once apart. */
export async function openLab(profile: Profile, net: number, seed = 1): Promise<Lab> {
  const id = `vt${net}`;
  const words = [
    join(import.meta.dirname, 'netlab.py'), '--id', id, '--net', String(net), '--seed', String(seed), '--rate', String(profile.rate), '--delay', String(profile.delaySeconds),
    ...(profile.loss === undefined ? [] : ['--loss', String(profile.loss)]), ...(profile.burst === undefined ? [] : ['--burst', String(profile.burst)]), ...(profile.outage === undefined ? [] : ['--outage', profile.outage]),
  ];
  const emulator = spawn('python3', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const running = new Set<ChildProcess>();
  const lines = createInterface({ input: emulator.stdout });
  const [first] = (await Promise.race([once(lines, 'line'), once(emulator, 'exit').then(() => { throw new Error('the emulated line did not come up'); })])) as [string];
  const { client, server } = JSON.parse(first) as { client: string; server: string };
  return {
    serverAddress: `10.99.${net}.2`,
    run: (end, script, given, onLine, env = {}) => {
      const child = spawn('ip', ['netns', 'exec', end === 'client' ? client : server, process.execPath, script, ...given], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
      running.add(child);
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{')) onLine(JSON.parse(line) as Readonly<Record<string, unknown>>);
      });
      const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => {
        running.delete(child);
        resolve(code);
      }));
      return { tell: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`), ended, kill: (signal = 'SIGKILL') => void child.kill(signal) };
    },
    set: (change) => void emulator.stdin.write(`${JSON.stringify(change)}\n`),
    close: async () => {
      const gone = once(emulator, 'exit');
      for (const child of running) child.kill('SIGKILL');
      // it takes its namespaces down when its input ends, also when this process is killed
      emulator.stdin.end();
      await gone;
    },
  };
}
