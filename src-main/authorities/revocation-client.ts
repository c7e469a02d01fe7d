import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { AuthorityCall, RevocationAnswer, RevocationPort } from '../ports/authorities.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { readAddresses } from './addresses.ts';
import { judgeCrl } from './crl-check.ts';
import { startDeadline, withDeadline, type Deadline } from './deadline.ts';
import { createIssuerSource } from './issuer-source.ts';
import { isIssuedBy } from './issued-by.ts';
import { createKeptAnswers, keptUntil, type Asked } from './kept-answers.ts';
import { judgeOcsp } from './ocsp-check.ts';
import { encodeOcspRequest } from './ocsp-request.ts';
import type { Distrust, Judgement } from './revocation-judgement.ts';
import { createTransport, hostOf, type Failure, type TransportOptions } from './transport.ts';

export type RevocationClientOptions = TransportOptions & {
  /** Of a whole call, all addresses together. 30 s unless told. */
  readonly deadlineMs?: number;
  readonly now?: () => Date;
  /** Cryptographically random. */
  readonly nonceBytes?: () => Uint8Array;
};

type Pair = { readonly certificate: Certificate; readonly issuer: Certificate };
type Place = { readonly kind: 'ocsp' | 'crl'; readonly url: string };
/** What one address brought. */
type Outcome = Judgement | { readonly kind: 'failed'; readonly failure: Failure };

const ocspMaxBytes = 1024 * 1024;
const crlMaxBytes = 20 * 1024 * 1024;
/** Lists that are kept: those of one authority serve a signer, its seal and its time-stamp service. */
const mostLists = 4;
/** Of one address; then the next one is asked. */
const tries = 2;

/** A call that its `signal` ended comes back as `revocation.unreachable`: it says nothing of the service, and its caller knows. */
export function createRevocationClient(options: RevocationClientOptions): RevocationPort {
  const { deadlineMs = 30_000, now = () => new Date(), nonceBytes = () => randomBytes(16) } = options;
  const transport = createTransport(options);
  const kept = createKeptAnswers(now);
  const findIssuer = createIssuerSource(transport);
  const lists = new Map<string, { readonly der: Uint8Array; readonly until: number }>();

  async function askOcsp(url: string, { certificate, issuer }: Pair, deadline: Deadline): Promise<Outcome> {
    const nonce = nonceBytes();
    const body = { bytes: encodeOcspRequest(certificate, issuer, nonce), type: 'application/ocsp-request' };
    const answer = await transport.ask({ url, method: 'POST', accept: 'application/ocsp-response', body, maxBytes: ocspMaxBytes, tries }, deadline);
    return answer.ok ? judgeOcsp(answer.body, { certificate, issuer, nonce, now: now() }) : { kind: 'failed', failure: answer.failure };
  }

  async function askCrl(url: string, pair: Pair, deadline: Deadline, fresh: boolean): Promise<Outcome> {
    const known = fresh ? undefined : lists.get(url);
    if (known !== undefined && known.until > now().getTime()) {
      const judged = judgeCrl(known.der, { ...pair, now: now() });
      if (judged.kind === 'answer') return judged;
    }
    const answer = await transport.ask({ url, method: 'GET', accept: 'application/pkix-crl, */*', maxBytes: crlMaxBytes, tries }, deadline);
    if (!answer.ok) return { kind: 'failed', failure: answer.failure };
    const judged = judgeCrl(answer.body, { ...pair, now: now() });
    if (judged.kind === 'answer') {
      lists.delete(url);
      const [oldest] = lists.size >= mostLists ? lists.keys() : [];
      if (oldest !== undefined) lists.delete(oldest);
      lists.set(url, { der: answer.body, until: keptUntil(judged.answer, now()) });
    }
    return judged;
  }

  /** One address after the other, each with its share of what is left, so that a slow one does not cost the others their turn. */
  async function askAll(places: readonly Place[], pair: Pair, deadline: Deadline, { limitMs, fresh }: { readonly limitMs: number; readonly fresh: boolean }): Promise<Asked> {
    const said: { readonly place: Place; readonly outcome: Outcome }[] = [];
    for (const [index, place] of places.entries()) {
      const share = startDeadline(deadline.leftMs() / (places.length - index), deadline.signal);
      try {
        const outcome = await (place.kind === 'ocsp' ? askOcsp(place.url, pair, share) : askCrl(place.url, pair, share, fresh));
        if (outcome.kind === 'answer') return { result: ok(outcome.answer), shared: true };
        said.push({ place, outcome });
      } finally {
        share.close();
      }
      if (deadline.ended() !== null) break;
    }
    return { result: explain(said, limitMs), shared: deadline.ended() === null };
  }

  async function check(certificateDer: Uint8Array, issuerDer: Uint8Array, call: AuthorityCall): Promise<Result<RevocationAnswer>> {
    const certificate = readCertificate(certificateDer);
    const issuer = readCertificate(issuerDer);
    if (certificate === null || issuer === null) return invalidAnswer('garbage');
    if (!isIssuedBy(certificate, issuer)) return invalidAnswer('stranger');
    const { ocsp, crls } = readAddresses(certificate);
    const places: readonly Place[] = [...ocsp.map((url) => ({ kind: 'ocsp', url }) as const), ...crls.map((url) => ({ kind: 'crl', url }) as const)];
    const [first] = places;
    if (first === undefined) return fail('revocation.no-address');
    const limitMs = call.deadlineMs ?? deadlineMs;
    return withDeadline(limitMs, call.signal, async (deadline) => {
      const key = `${certificate.thumbprint} ${issuer.thumbprint}`;
      const { fresh = false } = call;
      const result = await kept.answer(key, deadline.signal, () => askAll(places, { certificate, issuer }, deadline, { limitMs, fresh }), fresh);
      return result ?? explain([{ place: first, outcome: { kind: 'failed', failure: { kind: deadline.ended() ?? 'stopped' } } }], limitMs);
    });
  }

  return {
    check: (certificate, issuer, call = {}) => check(certificate, issuer, call),
    findIssuer: async (der, call = {}) => {
      const certificate = readCertificate(der);
      return certificate === null ? null : withDeadline(call.deadlineMs ?? deadlineMs, call.signal, (deadline) => findIssuer(certificate, deadline));
    },
  };
}

/** An answer that cannot be trusted is worse news than a service that is slow, and that than one that is not there. */
function explain(said: readonly { readonly place: Place; readonly outcome: Outcome }[], limitMs: number): Result<never> {
  const doubted = said.map(({ outcome }) => outcome).find((outcome) => outcome.kind === 'invalid');
  if (doubted !== undefined) return invalidAnswer(doubted.reason);
  const slow = said.find(({ outcome }) => outcome.kind === 'failed' && outcome.failure.kind === 'timeout');
  if (slow !== undefined) return fail('revocation.timeout', { host: hostOf(slow.place.url), seconds: Math.ceil(limitMs / 1000) });
  return fail('revocation.unreachable', { host: hostOf(said[0]?.place.url ?? '') });
}

function invalidAnswer(reason: Distrust): Result<never> {
  return fail('revocation.invalid', { reason });
}
