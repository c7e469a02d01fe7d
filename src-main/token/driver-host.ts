import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import { findMisfit } from './binary-format.ts';
import { hostAnswers, hostIsReady, hostReply, type HostAnswer, type HostOp, type HostReply, type HostRequest } from './messages.ts';

/** Deadlines per call, starting when the driver is asked, not while the call waits its turn. */
export type Deadlines = { readonly listMs: number; readonly loginMs: number; readonly signMs: number; readonly padMs: number };
export const defaultDeadlines: Deadlines = { listMs: 20_000, loginMs: 30_000, signMs: 60_000, padMs: 120_000 };

export type DriverHost = {
  readonly driver: string;
  /** One call at a time. `token.driver-missing`, `token.driver-unloadable`, `token.timeout`, `token.host-died`, and what the driver says. */
  readonly call: <Op extends HostOp>(request: Extract<HostRequest, { op: Op }>, options?: CallOptions) => Promise<Result<HostAnswer<Op>>>;
  /** A call is in hand or waits. */
  readonly isBusy: () => boolean;
  /** The running process, for tests and diagnosis. */
  readonly pid: () => number | null;
  readonly kill: () => Promise<void>;
  /** Ends the process when its turn comes, between two calls; the next call starts another. */
  readonly renew: () => Promise<void>;
};

/** `withPad`: the person may have to type on the token first. */
export type CallOptions = { readonly withPad?: boolean };

export type DriverHostOptions = {
  readonly driver: string;
  readonly hostPath: string;
  readonly env: Readonly<Record<string, string>>;
  readonly deadlines: Deadlines;
  readonly log: Log;
};

/** From source the host is TypeScript beside this file; in a packaged program the bundler puts `token-host.js` beside the bundle. */
export const defaultHostPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './host.ts' : './token-host.js', import.meta.url));

/** Owns the one process that holds a driver: starts it on the first call, ends it on a deadline, starts another on the next call. */
export function createDriverHost(options: DriverHostOptions): DriverHost {
  const { driver, log } = options;
  let child: ChildProcess | null = null;
  let lastId = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let calls = 0;

  async function perform<Op extends HostOp>(request: Extract<HostRequest, { op: Op }>, { withPad = false }: CallOptions): Promise<Result<HostAnswer<Op>>> {
    try {
      if (child === null) {
        if (!existsSync(driver)) return fail('token.driver-missing', { driver });
        // Said before loading, because the loader's own words for it are "not found" on some systems.
        const misfit = findMisfit(driver);
        if (misfit !== null) return { ok: false, error: misfit };
        if (!hasBinding()) return fail('token.driver-unloadable', { driver, reason: 'bản cài này thiếu pkcs11js' });
        const started = start(options);
        child = started;
        started.once('exit', () => { if (child === started) child = null; });
        // A slow machine is no slow driver: what a process takes to start is not the driver's time.
        if (!(await isReady(started))) {
          started.kill('SIGKILL');
          return fail('token.host-died');
        }
        if (child === null) return fail('token.host-died');
      }
      const result = await ask(child, ++lastId, request, deadlineOf(options.deadlines, request.op, withPad));
      if (!result.ok && (result.error.code === 'token.timeout' || result.error.code === 'token.host-died')) {
        log('warn', 'token host ended', { driver, op: request.op, code: result.error.code });
        child?.kill('SIGKILL');
        child = null;
      }
      return result;
    } finally {
      if ('pin' in request) request.pin?.fill(0);
    }
  }

  async function kill(): Promise<void> {
    const old = child;
    child = null;
    if (old !== null) await end(old);
  }

  return {
    driver,
    call: (request, callOptions = {}) => {
      calls += 1;
      const result = turn.then(() => perform(request, callOptions)).finally(() => { calls -= 1; });
      turn = result.catch(() => undefined);
      return result;
    },
    isBusy: () => calls > 0,
    pid: () => child?.pid ?? null,
    kill,
    renew: () => {
      const renewed = turn.then(kill);
      turn = renewed;
      return renewed;
    },
  };
}

function start({ driver, hostPath, env }: DriverHostOptions): ChildProcess {
  const child = fork(hostPath, [driver], {
    // Electron's own binary runs the host as plain Node (Electron docs, ELECTRON_RUN_AS_NODE); Node ignores the variable.
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    serialization: 'advanced',
    // Drivers write what they like to the standard streams; nobody reads it and nothing of it is kept.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // An idle host does not keep the program alive; a running call does, by its deadline's timer.
  child.unref();
  child.channel?.unref();
  endWithParent(child);
  // A failed start is told to the waiting call by its own listener; this one keeps the event from being a thrown error.
  child.on('error', () => undefined);
  return child;
}

const startMs = 30_000;

function isReady(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answer: boolean): void => {
      clearTimeout(timer);
      child.off('exit', onEnd).off('error', onEnd).off('message', onMessage);
      resolve(answer);
    };
    const onEnd = (): void => settle(false);
    const onMessage = (message: unknown): void => settle(message === hostIsReady);
    const timer = setTimeout(onEnd, startMs);
    child.on('exit', onEnd).on('error', onEnd).on('message', onMessage);
  });
}

const running = new Set<ChildProcess>();

/** A host that hangs in its driver does not see that its parent is gone, so an orderly exit takes it along. */
function endWithParent(child: ChildProcess): void {
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

function ask<Op extends HostOp>(child: ChildProcess, id: number, request: Extract<HostRequest, { op: Op }>, deadlineMs: number): Promise<Result<HostAnswer<Op>>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(fail('token.timeout', { seconds: Math.ceil(deadlineMs / 1000) })), deadlineMs);
    const onEnd = (): void => settle(fail('token.host-died'));
    const onMessage = (message: unknown): void => {
      const reply = hostReply.safeParse(message);
      if (reply.success && reply.data.id !== id) return;
      settle(reply.success ? readAnswer(request.op, reply.data.result) : fail('token.host-died'));
    };
    function settle(result: Result<HostAnswer<Op>>): void {
      clearTimeout(timer);
      child.off('exit', onEnd).off('error', onEnd).off('message', onMessage);
      resolve(result);
    }
    child.on('exit', onEnd).on('error', onEnd).on('message', onMessage);
    child.send({ id, request }, (error) => { if (error !== null) onEnd(); });
  });
}

function readAnswer<Op extends HostOp>(op: Op, result: HostReply['result']): Result<HostAnswer<Op>> {
  if (!result.ok) return { ok: false, error: result.error };
  const value = hostAnswers[op].safeParse(result.value);
  return value.success ? ok(value.data as HostAnswer<Op>) : fail('token.host-died');
}

function deadlineOf(deadlines: Deadlines, op: HostOp, withPad: boolean): number {
  switch (op) {
    case 'list':
    case 'find':
    case 'presence':
      return deadlines.listMs;
    case 'login':
      return withPad ? Math.max(deadlines.padMs, deadlines.loginMs) : deadlines.loginMs;
    case 'logout':
      return deadlines.loginMs;
    case 'sign':
      return withPad ? Math.max(deadlines.padMs, deadlines.signMs) : deadlines.signMs;
  }
}

/** The native binding is an optional dependency (it compiles on install); without it there is a sentence to say, not a process to lose. */
function hasBinding(): boolean {
  try {
    return createRequire(import.meta.url).resolve('pkcs11js') !== '';
  } catch {
    // MODULE_NOT_FOUND is the only thing that resolving can say.
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill('SIGKILL');
  await gone;
}
