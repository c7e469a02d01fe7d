import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { fromHost, type FromHost, type ToHost } from './messages.ts';

/** From source the host is TypeScript beside this file; in a bundled program the bundler puts `backup-host.js` beside the bundle. */
const hostPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './host.ts' : './backup-host.js', import.meta.url));

type Answer = Exclude<FromHost, { kind: 'progress' | 'failed' }>;

export type HostRun = { readonly answer: Promise<Result<Answer>>; readonly stop: () => void; /** For what only reads, and hears nothing while it does. */ readonly kill: () => void };

/** Starts the process, gives it its one task, and answers what it said; an end without a word is `backup.stopped`. */
export function runHost(task: Exclude<ToHost, { kind: 'stop' }>, onProgress: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void = () => undefined): HostRun {
  const child = fork(hostPath, [], {
    // Electron's own binary runs it as plain Node (Electron docs, ELECTRON_RUN_AS_NODE); Node ignores the variable
    env: { ...surroundings(), ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    // what a person waits for goes before it
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // gone already, or the system does not let us: then it copies as others do
  }
  const answer = new Promise<Result<Answer>>((resolve) => {
    child.on('message', (raw: unknown) => {
      const said = fromHost.safeParse(raw);
      if (!said.success) return;
      if (said.data.kind === 'progress') onProgress(said.data);
      else resolve(said.data.kind === 'failed' ? { ok: false, error: said.data.error } : ok(said.data));
    });
    child.once('error', () => resolve(fail('backup.stopped', { reason: 'spawn' })));
    child.once('exit', (code, signal) => resolve(fail('backup.stopped', { reason: String(signal ?? code) })));
  });
  child.send(task, () => undefined);
  return {
    answer,
    kill: () => void child.kill('SIGKILL'),
    stop: () => {
      if (child.connected) child.send({ kind: 'stop' } satisfies ToHost, () => undefined);
    },
  };
}

/** What Node itself needs of the surroundings; nothing else is its business. */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'HOME'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
