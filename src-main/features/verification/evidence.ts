import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { RevocationPort } from '../../ports/authorities.ts';
import type { DeskStore, KeptAnswer } from '../../ports/store.ts';
import type { EvidenceAnswer, EvidencePort } from '../../ports/verification.ts';
import type { ErrorCode } from '../../../src-shared/errors.ts';

type EvidenceOptions = {
  readonly store: Pick<DeskStore, 'findAnswer' | 'keepAnswer'>;
  readonly now: () => Date;
  /**
   * `cache`: somebody waits, nobody is asked. `ask`: services are asked where nothing that lies here will do. `ask-again`: they are asked in any case.
   */
  readonly mode: 'cache' | 'ask' | 'ask-again';
  /** Null: there is no line. */
  readonly revocation: () => RevocationPort | null;
  /** Of one question. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Services that did not answer a moment ago; none, unless told. */
  readonly silences?: Silences;
  /** Where a certificate that nobody vouches for may send us for its issuer; to names of the open net, unless told. */
  readonly mayFetchFrom?: (host: string) => boolean;
};

/** A service that hangs holds up the first document that asks it, not each of the hundred behind. By issuer. */
export type Silences = {
  readonly find: (issuer: string) => ErrorCode | null;
  readonly note: (issuer: string, code: ErrorCode) => void;
};

const silentMs = 2 * 60_000;

export function createSilences(now: () => Date): Silences {
  const known = new Map<string, { readonly code: ErrorCode; readonly until: number }>();
  return {
    find: (issuer) => {
      const found = known.get(issuer);
      return found !== undefined && found.until > now().getTime() ? found.code : null;
    },
    note: (issuer, code) => void known.set(issuer, { code, until: now().getTime() + silentMs }),
  };
}

export type DeskEvidence = {
  readonly port: EvidencePort;
  /** Whether something was wanted that only a line would have brought. */
  readonly lackedLine: () => boolean;
};

/** As long as the services' own client remembers: a certificate that was revoked this morning is known at noon. */
const longestMs = 4 * 3600_000;
/** Clocks of services differ; the verifier allows as much. */
const toleranceMs = 5 * 60_000;

/** What lies in this desk's store, and who can be asked. What is told is kept; the verifier decides what of it counts. */
export function createDeskEvidence({ store, now, mode, revocation, deadlineMs, signal, silences = createSilences(now), mayFetchFrom = isOpenName }: EvidenceOptions): DeskEvidence {
  let lacked = false;

  async function find({ certificate, issuer, at }: Parameters<EvidencePort['find']>[0]): Promise<EvidenceAnswer> {
    const key = [thumbprint(certificate), thumbprint(issuer)] as const;
    const kept = store.findAnswer(...key);
    const here = kept === null ? [] : [{ kind: kept.kind, der: kept.der, source: 'cache' as const }];
    const isEnough = kept !== null && serves(kept, at, now());
    if (mode === 'cache' || (mode === 'ask' && isEnough)) return { found: here, unasked: null };
    const services = revocation();
    if (services === null) return { found: here, unasked: offline() };
    const silent = mode === 'ask' ? silences.find(key[1]) : null;
    if (silent !== null) return { found: here, unasked: failed(silent) };
    const answer = await services.check(certificate, issuer, { deadlineMs, signal, fresh: mode === 'ask-again' });
    if (!answer.ok) {
      if (isSilence(answer.error.code)) silences.note(key[1], answer.error.code);
      return { found: here, unasked: failed(answer.error.code) };
    }
    const { status, proof, thisUpdate, nextUpdate, certificates } = answer.value;
    // who does not know today may know tomorrow, and what lies here is no worse
    if (status === 'unknown') return { found: here, unasked: 'revocation.invalid' };
    store.keepAnswer(...key, { ...proof, thisUpdateMs: thisUpdate.getTime(), nextUpdateMs: nextUpdate?.getTime() ?? null, obtainedAtMs: now().getTime() });
    return { found: [{ ...proof, source: 'asked' }, ...certificates.map((der) => ({ kind: 'certificate', der, source: 'asked' }) as const)], unasked: null };
  }

  /** A certificate does not grow old: one that was found once serves for good. */
  async function findIssuer({ certificate }: { readonly certificate: Uint8Array }): Promise<EvidenceAnswer> {
    const key = [thumbprint(certificate), ''] as const;
    const kept = store.findAnswer(...key);
    if (kept !== null) return { found: [{ kind: kept.kind, der: kept.der, source: 'cache' }], unasked: null };
    if (mode === 'cache') return { found: [], unasked: null };
    const services = revocation();
    if (services === null) return { found: [], unasked: offline() };
    if (!issuerHosts(certificate).every(mayFetchFrom)) return { found: [], unasked: null };
    const der = await services.findIssuer(certificate, { deadlineMs, signal });
    if (der === null) return { found: [], unasked: null };
    store.keepAnswer(...key, { kind: 'certificate', der, thisUpdateMs: null, nextUpdateMs: null, obtainedAtMs: now().getTime() });
    return { found: [{ kind: 'certificate', der, source: 'asked' }], unasked: null };
  }

  function offline(): ErrorCode {
    lacked = true;
    return 'revocation.offline';
  }

  /** A service that is not there today may be there tomorrow. */
  function failed(code: ErrorCode): ErrorCode {
    if (isSilence(code)) lacked = true;
    return code;
  }

  return { port: { find, findIssuer }, lackedLine: () => lacked };
}

/** Said after the time in question; or current at it, by the service's own word, and not so old that news may have been missed. */
function serves({ thisUpdateMs, nextUpdateMs, obtainedAtMs }: KeptAnswer, at: Date, now: Date): boolean {
  if (thisUpdateMs === null) return false;
  if (thisUpdateMs + toleranceMs >= at.getTime()) return true;
  return nextUpdateMs !== null && at.getTime() <= nextUpdateMs && now.getTime() - obtainedAtMs < longestMs;
}

function isSilence(code: ErrorCode): boolean {
  return code === 'revocation.unreachable' || code === 'revocation.timeout';
}

/** Where the certificate says that its issuer's lies (RFC 5280 §4.2.2.1). */
function issuerHosts(der: Uint8Array): readonly string[] {
  try {
    const { infoAccess } = new X509Certificate(der);
    return [...(infoAccess ?? '').matchAll(/^CA Issuers - URI:"?([^"\n]+)/gm)].flatMap(([, address = '']) => URL.parse(address)?.hostname ?? []);
  } catch {
    // no certificate to Node: nobody is asked for its issuer
    return [''];
  }
}

/** Anybody may write any address into a certificate of his own: nothing inside of the office is fetched for a stranger. */
export function isOpenName(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 && /^[^.].*\.[a-z][a-z0-9-]*\.?$/i.test(host) && !/(^|\.)(local|lan|internal|intranet|home|corp|localdomain|localhost|arpa|test|invalid|example)\.?$/i.test(host);
}

function thumbprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
