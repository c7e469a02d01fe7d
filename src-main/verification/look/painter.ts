import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { heapMb } from './limits.ts';
import { fromPainter, type FromPainter, type ToPainter } from './messages.ts';
import { tooLargeSignal } from './watchdog.ts';

/** The drawing process, from its start to its end. */
export type Painter = {
  readonly pid: number | null;
  /** False: it did not start. A slow machine is no slow file, so what this takes is nobody's time but its own. */
  readonly ready: Promise<boolean>;
  /** `grown`: it took more memory than it may. */
  readonly ended: Promise<'grown' | 'gone'>;
  readonly hasEnded: () => boolean;
  /** False when it cannot be told any more. */
  readonly tell: (message: ToPainter) => boolean;
  /** What is said from now on; null: it said something that is no message. Answers how to stop listening. */
  readonly listen: (hear: (message: FromPainter | null) => void) => () => void;
  /** The program stays for its sake, or does not. */
  readonly hold: (isHeld: boolean) => void;
  readonly kill: () => void;
};

/** From source the host is TypeScript beside this file; in a bundled program the bundler puts `look-host.js` beside the bundle. */
export const defaultHostPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './host.ts' : './look-host.js', import.meta.url));

/** Pages are drawn behind whatever the person does; on two processors the desk comes first. */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or the system does not let us: then it draws as others do.
  }
}

export function startPainter(hostPath: string, startMs: number): Painter {
  const child = fork(hostPath, [], {
    // Electron's own binary runs the host as plain Node (Electron docs, ELECTRON_RUN_AS_NODE); Node ignores the variable. Nothing of the program's own surroundings is its business.
    env: { ...surroundings(), ELECTRON_RUN_AS_NODE: '1', DISABLE_SYSTEM_FONTS_LOAD: '1' },
    execArgv: [`--max-old-space-size=${heapMb}`, '--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // A failed start is told to who waits by a listener of his own; this one keeps the event from being a thrown error
  child.on('error', () => undefined);
  stepBack(child);
  endWithProgram(child);
  let hasEnded = false;
  const ended = new Promise<'grown' | 'gone'>((resolve) => {
    const end = (how: 'grown' | 'gone'): void => {
      hasEnded = true;
      resolve(how);
    };
    child.once('exit', (_, signal) => end(signal === tooLargeSignal ? 'grown' : 'gone'));
    // Never started, so it will never exit
    child.once('error', () => { if (child.pid === undefined) end('gone'); });
  });
  const ready = new Promise<boolean>((resolve) => {
    const settle = (isReady: boolean): void => {
      clearTimeout(timer);
      resolve(isReady);
    };
    const timer = setTimeout(() => settle(false), startMs);
    child.once('message', () => settle(true));
    void ended.then(() => settle(false));
  });
  return {
    pid: child.pid ?? null,
    ready,
    ended,
    hasEnded: () => hasEnded,
    tell: (message) => {
      if (hasEnded || !child.connected) return false;
      child.send(message, () => undefined);
      return true;
    },
    listen: (hear) => {
      const onMessage = (raw: unknown): void => {
        const message = fromPainter.safeParse(raw);
        hear(message.success ? message.data : null);
      };
      child.on('message', onMessage);
      return () => void child.off('message', onMessage);
    },
    hold: (isHeld) => {
      if (isHeld) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    kill: () => {
      // Who waits for its end must not be left waiting because nothing else keeps the program
      child.ref();
      child.kill('SIGKILL');
    },
  };
}

/** What Windows needs to start any program, and where its libraries lie. */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(['PATH', 'Path', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'LD_LIBRARY_PATH'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

const running = new Set<ChildProcess>();

/** A page without end does not see that its program is gone: an orderly exit takes it along (its own watchdog does after any other). */
function endWithProgram(child: ChildProcess): void {
  if (running.size === 0) process.once('exit', killRunning);
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killRunning);
  });
}

function killRunning(): void {
  for (const child of running) child.kill('SIGKILL');
}
