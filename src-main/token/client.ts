import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { describeError } from '../../src-shared/errors.ts';
import type { Log } from '../ports/log.ts';
import type { DriverInfo, TokenInfo } from '../ports/token-types.ts';
import type { SigningKey, TokenPort } from '../ports/token.ts';
import { findDescription } from './certificate-info.ts';
import { createDriverHost, defaultDeadlines, defaultHostPath, type Deadlines, type DriverHost } from './driver-host.ts';

export type TokensOptions = {
  /** Paths of PKCS#11 libraries, as `discoverDrivers` gives them. */
  readonly drivers: readonly string[];
  readonly deadlinesMs?: { readonly list?: number; readonly login?: number; readonly sign?: number };
  readonly log?: Log;
  /** Added to the hosts' environment, as SoftHSM's `SOFTHSM2_CONF`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the host program is in a packaged build. */
  readonly hostPath?: string;
  readonly now?: () => Date;
};

/** `hostPids`: the running host of each driver, for tests and the support page. */
export type Tokens = TokenPort & { readonly hostPids: () => ReadonlyMap<string, number> };

export function createTokens(options: TokensOptions): Tokens {
  const now = options.now ?? (() => new Date());
  const hosts = [...new Set(options.drivers)].map((driver) => createDriverHost({
    driver,
    hostPath: options.hostPath ?? defaultHostPath,
    env: options.env ?? {},
    deadlines: readDeadlines(options.deadlinesMs),
    log: options.log ?? (() => undefined),
  }));
  const inTurn = new Map(hosts.map((host) => [host, createTurns()]));

  return {
    list: async () => {
      const listed = await Promise.all(hosts.map((host) => listDriver(host, now())));
      return { tokens: listed.flatMap((one) => one.tokens), drivers: listed.map((one) => one.driver) };
    },
    withKey: async (thumbprint, pin, use) => {
      const found = await findHost(hosts, thumbprint.toLowerCase());
      if (!found.ok) return found;
      // Login belongs to the whole process and token (PKCS#11 v2.40 §2.6): another's logout would end it, so one at a time.
      const turns = inTurn.get(found.value);
      return turns === undefined ? fail('token.absent') : turns(() => useKey(found.value, thumbprint.toLowerCase(), pin, use));
    },
    close: async () => {
      await Promise.all(hosts.map((host) => host.kill()));
    },
    hostPids: () => new Map(hosts.flatMap((host) => { const pid = host.pid(); return pid === null ? [] : [[host.driver, pid] as const]; })),
  };
}

async function listDriver(host: DriverHost, now: Date): Promise<{ readonly tokens: readonly TokenInfo[]; readonly driver: DriverInfo }> {
  const result = await host.call<'list'>({ op: 'list' });
  if (!result.ok) return { tokens: [], driver: { driver: host.driver, problem: toProblem(result.error) } };
  const { tokens, problem } = result.value;
  return {
    tokens: tokens.map(({ label, serial, pin, certificates }) => ({
      driver: host.driver, label, serial, pin,
      certificates: certificates.map((certificate) => findDescription(certificate, now)).filter((one) => one !== null),
    })),
    driver: { driver: host.driver, problem: problem === null ? null : toProblem(problem) },
  };
}

/**
 * Asks the drivers which of them holds the certificate; the first that says yes is taken, so that one that hangs holds up nobody else's
 * token. No PIN is sent to a driver that does not hold it.
 */
async function findHost(hosts: readonly DriverHost[], thumbprint: string): Promise<Result<DriverHost>> {
  const answers = hosts.map(async (host) => ({ host, result: await host.call<'find'>({ op: 'find', thumbprint }) }));
  const held = answers.map(async (answer) => {
    const { host, result } = await answer;
    return result.ok && result.value.found ? host : Promise.reject(new Error('not here'));
  });
  try {
    return ok(await Promise.any(held));
  } catch {
    // Nobody said yes, so everybody has answered.
    return whyNowhere((await Promise.all(answers)).map(({ result }) => result));
  }
}

/** A driver that hung or died may be the one that holds it; a driver that is not installed explains nothing while another has a token. */
function whyNowhere(results: readonly Result<{ readonly tokens: number }>[]): Result<never> {
  const tokens = results.reduce((sum, result) => sum + (result.ok ? result.value.tokens : 0), 0);
  const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
  const telling = errors.find(({ code }) => code === 'token.timeout' || code === 'token.host-died' || code === 'token.failed') ?? (tokens === 0 ? errors[0] : undefined);
  return telling === undefined ? fail(tokens === 0 ? 'token.absent' : 'token.certificate-missing') : { ok: false, error: telling };
}

async function useKey<T>(host: DriverHost, thumbprint: string, pin: string | null, use: (key: SigningKey) => Promise<Result<T>>): Promise<Result<T>> {
  const opened = await host.call<'login'>({ op: 'login', thumbprint, pin: new TextEncoder().encode(pin ?? '') });
  if (!opened.ok) return opened;
  let open = true;
  try {
    return await use({
      ...opened.value,
      sign: async (data) => {
        // A key kept beyond its time: the login it stood for is over.
        if (!open) return fail('token.failed', { ckr: 'CKR_USER_NOT_LOGGED_IN' });
        const signed = await host.call<'sign'>({ op: 'sign', data });
        return signed.ok ? ok(signed.value.signature) : signed;
      },
    });
  } finally {
    open = false;
    // A token that cannot be logged out must not stay open to whoever asks next.
    if (host.pid() !== null && !(await host.call<'logout'>({ op: 'logout' })).ok) await host.kill();
  }
}

function createTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
}

function readDeadlines(given: TokensOptions['deadlinesMs']): Deadlines {
  return { listMs: given?.list ?? defaultDeadlines.listMs, loginMs: given?.login ?? defaultDeadlines.loginMs, signMs: given?.sign ?? defaultDeadlines.signMs };
}

function toProblem(error: AppError): NonNullable<DriverInfo['problem']> {
  return { code: error.code, message: describeError(error) };
}
