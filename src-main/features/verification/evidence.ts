import { createHash } from 'node:crypto';
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
};

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
export function createDeskEvidence({ store, now, mode, revocation, deadlineMs, signal }: EvidenceOptions): DeskEvidence {
  let lacked = false;

  async function find({ certificate, issuer, at }: Parameters<EvidencePort['find']>[0]): Promise<EvidenceAnswer> {
    const key = [thumbprint(certificate), thumbprint(issuer)] as const;
    const kept = store.findAnswer(...key);
    const here = kept === null ? [] : [{ kind: kept.kind, der: kept.der, source: 'cache' as const }];
    const isEnough = kept !== null && serves(kept, at, now());
    if (mode === 'cache' || (mode === 'ask' && isEnough)) return { found: here, unasked: null };
    const services = revocation();
    if (services === null) return { found: here, unasked: offline() };
    const answer = await services.check(certificate, issuer, { deadlineMs, signal, fresh: mode === 'ask-again' });
    if (!answer.ok) return { found: here, unasked: failed(answer.error.code) };
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
    if (code === 'revocation.unreachable' || code === 'revocation.timeout') lacked = true;
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

function thumbprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
