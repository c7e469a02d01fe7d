import type { MessagePortMain, UtilityProcess } from 'electron';
import type { UpdatePlatform } from '../../src-shared/protocol/update.ts';
import { createCrashLimit } from './crash-limit.ts';

export type StartWord = {
  readonly type: 'start';
  readonly rootDir: string;
  /** Hex; null where the system keeps no key for it. */
  readonly keys: { readonly office: string | null; readonly practice: string | null };
  readonly open: 'office' | 'practice' | 'remembered';
  readonly resourcesDir: string;
  /** Left out: this program is not updated. */
  readonly installedFor?: UpdatePlatform;
};

export type BackendOptions = {
  readonly fork: () => Pick<UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill'>;
  readonly start: StartWord;
  readonly createChannel: () => { readonly port1: MessagePortMain; readonly port2: MessagePortMain };
  /** The backend ended unasked and a new one is up: pages must read anew. */
  readonly onRestarted: () => void;
  /** It ended unasked. */
  readonly onFallen: (exitCode: number | null) => void;
  /** It could not open, or keeps ending: the program cannot go on. */
  readonly onLost: () => void;
  readonly now?: () => number;
};

export type Backend = {
  /** A port for one window, into the backend that runs now. */
  readonly connect: () => MessagePortMain;
  /** Files that the system gave the program. */
  readonly openFiles: (paths: readonly string[]) => void;
  /** Tells the backend to write everything down and end; ends it by force after the deadline. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};

/** A whole folder that was marked and opened by mistake. */
const mostPaths = 100;

/** Owns the backend's process: starts it, starts it again when it falls, and lets it end in order. */
export function startBackend(options: BackendOptions): Backend {
  const isTooMuch = createCrashLimit(options.now);
  let stopping = false;
  let gone = false;
  let child = launch();

  function launch(): ReturnType<BackendOptions['fork']> {
    const started = options.fork();
    started.on('message', (message: unknown) => {
      if (isWord(message, 'failed')) lose();
    });
    started.once('exit', (code: unknown) => {
      if (stopping || gone) return;
      options.onFallen(typeof code === 'number' ? code : null);
      if (isTooMuch()) return lose();
      child = launch();
      return options.onRestarted();
    });
    started.postMessage(options.start);
    return started;
  }

  function lose(): void {
    if (gone) return;
    gone = true;
    options.onLost();
  }

  return {
    connect: () => {
      const { port1, port2 } = options.createChannel();
      child.postMessage({ type: 'connect' }, [port2]);
      return port1;
    },
    openFiles: (paths) => {
      if (paths.length > 0) child.postMessage({ type: 'open-files', paths: paths.slice(0, mostPaths) });
    },
    stop: (deadlineMs) => {
      if (stopping || gone) return Promise.resolve();
      stopping = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => child.kill(), deadlineMs);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.postMessage({ type: 'stop' });
      });
    },
  };
}

function isWord(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === type;
}
