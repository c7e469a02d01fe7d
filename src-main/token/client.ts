import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { TokenPort } from '../ports/token.ts';
import { createDriver, toProblem, type Driver, type Listed } from './driver.ts';
import { createDriverHost, defaultDeadlines, defaultHostPath, type Deadlines } from './driver-host.ts';
import { createWatch } from './watch.ts';

export type TokensOptions = {
  /** Paths of PKCS#11 libraries, as `discoverDrivers` gives them. */
  readonly drivers: readonly string[];
  /** `pad`: while a person types on the token's own pad. `patience`: how long the tokens of other drivers wait in `list` for a slow one. */
  readonly deadlinesMs?: { readonly list?: number; readonly login?: number; readonly sign?: number; readonly pad?: number; readonly patience?: number };
  readonly log?: Log;
  /** Added to the hosts' environment, as SoftHSM's `SOFTHSM2_CONF`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the host program is in a packaged build. */
  readonly hostPath?: string;
  readonly now?: () => Date;
};

/** `hostPids`: the running host of each driver, for tests and the support page. */
export type Tokens = TokenPort & { readonly hostPids: () => ReadonlyMap<string, number> };

const defaultPatienceMs = 8000;

export function createTokens(options: TokensOptions): Tokens {
  const now = options.now ?? (() => new Date());
  const patienceMs = options.deadlinesMs?.patience ?? defaultPatienceMs;
  const drivers = [...new Set(options.drivers)].map((driver) => createDriver(createDriverHost({
    driver,
    hostPath: options.hostPath ?? defaultHostPath,
    env: options.env ?? {},
    deadlines: readDeadlines(options.deadlinesMs),
    log: options.log ?? (() => undefined),
  }), now));
  const watch = createWatch(drivers);
  const stops = new Set<() => void>();

  return {
    list: async () => {
      const listed = await listAll(drivers, patienceMs, watch.tell);
      return { tokens: listed.flatMap((one) => one.tokens), drivers: listed.map((one) => one.driver) };
    },
    withKey: async (thumbprint, pin, use, { digest = 'sha256' } = {}) => {
      const found = await findDriver(drivers, thumbprint.toLowerCase());
      return found.ok ? found.value.useKey({ thumbprint: thumbprint.toLowerCase(), pin, digest }, use) : found;
    },
    findCertificate: async (thumbprint) => {
      const shown = drivers.map(async (driver) => (await driver.findCertificate(thumbprint.toLowerCase())) ?? Promise.reject(new Error('not here')));
      // the first that shows it: one that hangs holds up nobody
      return Promise.any(shown).catch(() => null);
    },
    watch: (onChange, everyMs) => {
      const stop = watch(onChange, everyMs);
      stops.add(stop);
      return () => {
        stops.delete(stop);
        stop();
      };
    },
    close: async () => {
      for (const stop of stops) stop();
      await Promise.all(drivers.map(({ host }) => host.kill()));
    },
    hostPids: () => new Map(drivers.flatMap(({ host }) => { const pid = host.pid(); return pid === null ? [] : [[host.driver, pid] as const]; })),
  };
}

/**
 * A driver that hangs keeps nobody from the tokens of the others: after a while they are given without it, and it is named. When it answers
 * after all, `onLate` is told.
 */
async function listAll(drivers: readonly Driver[], patienceMs: number, onLate: () => void): Promise<readonly Listed[]> {
  const answers = new Map<Driver, Listed>();
  const all = Promise.all(drivers.map(async (driver) => { answers.set(driver, await driver.list()); }));
  if (drivers.length > 1) await Promise.race([all, after(patienceMs)]);
  else await all;
  if (answers.size < drivers.length) void all.then(onLate);
  const late = toProblem({ code: 'token.timeout', params: { seconds: Math.ceil(patienceMs / 1000) } });
  return drivers.map((driver) => answers.get(driver) ?? { tokens: [], driver: { driver: driver.host.driver, problem: late } });
}

/** Does not keep the program alive by itself: the calls that are waited for do. */
function after(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms).unref(); });
}

/**
 * Asks the drivers which of them holds the certificate; the first that says yes is taken, so that one that hangs holds up nobody else's
 * token. No PIN is sent to a driver that does not hold it.
 */
async function findDriver(drivers: readonly Driver[], thumbprint: string): Promise<Result<Driver>> {
  const answers = drivers.map(async (driver) => ({ driver, result: await driver.find(thumbprint) }));
  const held = answers.map(async (answer) => {
    const { driver, result } = await answer;
    return result.ok && result.value.found ? driver : Promise.reject(new Error('not here'));
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

function readDeadlines(given: TokensOptions['deadlinesMs']): Deadlines {
  return {
    listMs: given?.list ?? defaultDeadlines.listMs, loginMs: given?.login ?? defaultDeadlines.loginMs,
    signMs: given?.sign ?? defaultDeadlines.signMs, padMs: given?.pad ?? defaultDeadlines.padMs,
  };
}
