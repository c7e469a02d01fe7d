import { createHash } from 'node:crypto';
import { describeError } from '../../src-shared/errors.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { DriverInfo, TokenInfo } from '../ports/token-types.ts';
import type { DigestName, SigningKey, TokenPort } from '../ports/token.ts';
import { findDescription } from './certificate-info.ts';
import type { DriverHost } from './driver-host.ts';
import type { HostAnswer } from './messages.ts';
import type { Watched } from './watch.ts';

export type Listed = { readonly tokens: readonly TokenInfo[]; readonly driver: DriverInfo };
export type KeyRequest = { readonly thumbprint: string; readonly pin: string | null; readonly digest: DigestName };

/** One driver: its host process, whose turn it is, and what was last seen of its tokens. */
export type Driver = Watched & {
  readonly host: DriverHost;
  /** One listing at a time: who asks meanwhile gets the same. */
  readonly list: () => Promise<Listed>;
  /** Whether one of its tokens holds the certificate. */
  readonly find: (thumbprint: string) => Promise<Result<HostAnswer<'find'>>>;
  readonly findCertificate: TokenPort['findCertificate'];
  readonly useKey: <T>(request: KeyRequest, use: (key: SigningKey) => Promise<Result<T>>) => Promise<Result<T>>;
};

export function createDriver(host: DriverHost, now: () => Date): Driver {
  // Login belongs to the whole process and token (PKCS#11 v2.40 §2.6): another's logout would end it, so one at a time.
  const inTurn = createTurns();
  let listing: Promise<Listed> | null = null;
  let inUse = 0;
  let hadTokens = false;
  let shown: readonly (readonly Uint8Array[])[] = [];

  const findShown = (thumbprint: string): Awaited<ReturnType<TokenPort['findCertificate']>> => {
    for (const certificates of shown) {
      const certificate = certificates.find((der) => createHash('sha256').update(der).digest('hex') === thumbprint);
      if (certificate !== undefined) return { certificate, others: certificates.filter((der) => der !== certificate) };
    }
    return null;
  };

  /** Some drivers never see a token again that was pulled out: a new process does. Where somebody signs, that is for the end of it. */
  async function note(tokens: number): Promise<void> {
    if (tokens > 0) hadTokens = true;
    if (tokens > 0 || !hadTokens || inUse > 0) return;
    hadTokens = false;
    await host.renew();
  }

  async function list(): Promise<Listed> {
    const result = await host.call<'list'>({ op: 'list' });
    if (!result.ok) return { tokens: [], driver: { driver: host.driver, problem: toProblem(result.error) } };
    const { tokens, problem } = result.value;
    await note(tokens.length);
    shown = tokens.map(({ certificates }) => certificates.map(({ der }) => der));
    return {
      tokens: tokens.map(({ label, serial, pin, certificates }) => ({
        driver: host.driver, label, serial, pin,
        certificates: certificates.map((certificate) => findDescription(certificate, now())).filter((one) => one !== null),
      })),
      driver: { driver: host.driver, problem: problem === null ? null : toProblem(problem) },
    };
  }

  async function useKey<T>({ thumbprint, pin, digest }: KeyRequest, use: (key: SigningKey) => Promise<Result<T>>): Promise<Result<T>> {
    const withPad = pin === null;
    const opened = await host.call<'login'>({ op: 'login', thumbprint, pin: pin === null ? null : new TextEncoder().encode(pin), digest }, { withPad });
    if (!opened.ok) return opened;
    let open = true;
    let removed = false;
    try {
      return await use({
        ...opened.value,
        sign: async (data) => {
          // A key kept beyond its time: the login it stood for is over.
          if (!open) return fail('token.failed', { ckr: 'CKR_USER_NOT_LOGGED_IN' });
          const signed = await host.call<'sign'>({ op: 'sign', data }, { withPad });
          removed ||= !signed.ok && signed.error.code === 'token.removed';
          return signed.ok ? ok(signed.value.signature) : signed;
        },
      });
    } finally {
      open = false;
      // A token that cannot be logged out must not stay open to whoever asks next; one that was pulled out may be seen again by a new process only.
      if (removed || (host.pid() !== null && !(await host.call<'logout'>({ op: 'logout' })).ok)) await host.renew();
    }
  }

  return {
    host,
    list: () => {
      listing ??= list().finally(() => { listing = null; });
      return listing;
    },
    findCertificate: async (thumbprint) => {
      const found = findShown(thumbprint);
      if (found !== null) return found;
      listing ??= list().finally(() => { listing = null; });
      await listing;
      return findShown(thumbprint);
    },
    find: async (thumbprint) => {
      const found = await host.call<'find'>({ op: 'find', thumbprint });
      if (found.ok) await note(found.value.tokens);
      return found;
    },
    useKey: (request, use) => inTurn(async () => {
      inUse += 1;
      try {
        return await useKey(request, use);
      } finally {
        inUse -= 1;
      }
    }),
    isBusy: host.isBusy,
    look: async () => {
      const isFresh = host.pid() === null;
      const result = await host.call<'presence'>({ op: 'presence' });
      if (!result.ok) return { seen: result.error.code, isWell: false, isFresh };
      await note(result.value.tokens.length);
      return { seen: JSON.stringify(result.value.tokens), isWell: true, isFresh };
    },
  };
}

export function toProblem(error: AppError): NonNullable<DriverInfo['problem']> {
  return { code: error.code, message: describeError(error) };
}

function createTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
}
