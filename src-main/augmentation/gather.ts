import type { AppError } from '../../src-shared/result.ts';
import type { AugmentRequest } from '../ports/augmentation.ts';
import type { Certificate } from '../verification/certificate.ts';
import type { Cms } from '../verification/cms.ts';
import type { Grounds } from '../verification/long-term.ts';
import { provePath, type Pair, type PathProof } from '../verification/prove-path.ts';
import { readProof, type Proof } from '../verification/revocation.ts';
import { completePath } from './complete-path.ts';
import { readable } from './examine.ts';

/** A certificate whose standing at a time is to be kept in the file. */
export type Subject = { readonly cms: Cms; readonly at: Date; readonly purpose: 'signing' | 'time-stamping' };

export type Gathered =
  | { readonly ok: true; readonly certificates: readonly Certificate[]; readonly proofs: readonly Proof[] }
  /** `name`: whose certificate. `final`: asking again cannot help. */
  | { readonly ok: false; readonly name: string; readonly error: AppError; readonly final: boolean };

export type Gatherer = (subject: Subject, grounds: Grounds) => Promise<Gathered>;

/** What is fetched goes into the update that is yet to be written. */
const notYetWritten = Number.MAX_SAFE_INTEGER;

/** Finds the path of a subject and a proof for each certificate in it. What the file holds is not asked for again, and nobody is asked twice. */
export function createGatherer(request: AugmentRequest, clock: () => Date): Gatherer {
  const proofs: Proof[] = [];
  const certificates: Certificate[] = [];
  const asked = new Map<string, AppError | null>();

  async function ask({ certificate, issuer }: Pair): Promise<void> {
    const answer = await request.revocation.check(certificate.der, issuer.der, request.signal === undefined ? {} : { signal: request.signal });
    if (!answer.ok) {
      asked.set(certificate.thumbprint, answer.error);
      return;
    }
    asked.set(certificate.thumbprint, answer.value.status === 'unknown' ? { code: 'revocation.invalid', params: { reason: 'unknown' } } : null);
    certificates.push(...answer.value.certificates.flatMap(readable));
    const proof = readProof(answer.value.proof.kind, answer.value.proof.der, notYetWritten);
    if (proof !== null) proofs.push(proof);
  }

  return async ({ cms, at, purpose }, grounds) => {
    const stored = grounds.store.certificates.map((each) => each.certificate);
    const found = await completePath({ leaf: cms.signer, at, purpose, anchors: grounds.anchors, others: [...cms.certificates, ...stored, ...grounds.intermediates, ...certificates] }, request.revocation, request.signal);
    if (!found.ok) return { ok: false, name: cms.signer.commonName, error: { code: found.ended ? 'augment.ended' : 'augment.chain', params: { name: cms.signer.commonName } }, final: found.final };
    for (;;) {
      const evidence = { certificates: [...stored, ...certificates], proofs: [...grounds.store.proofs, ...proofs] };
      const proof = provePath(found.path, { evidence, at, now: clock(), purpose });
      if (proof.status === 'good') return { ok: true, certificates: [...found.path, ...proof.responders], proofs: proof.used };
      if (proof.revoked !== null) return revokedOf(proof.revoked);
      const open = proof.unmet.filter(({ certificate }) => !asked.has(certificate.thumbprint));
      if (open.length === 0) return unprovenOf(proof, asked, clock());
      for (const pair of open) await ask(pair);
    }
  };
}

function revokedOf({ certificate, at }: NonNullable<PathProof['revoked']>): Gathered {
  const date = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(at);
  return { ok: false, name: certificate.commonName, error: { code: 'augment.revoked', params: { name: certificate.commonName, date } }, final: true };
}

function unprovenOf({ unmet }: PathProof, asked: ReadonlyMap<string, AppError | null>, now: Date): Gathered {
  const first = unmet.find(({ certificate }) => (asked.get(certificate.thumbprint) ?? null) !== null) ?? unmet[0];
  if (first === undefined) throw new Error('a path is unproven for want of something');
  const { certificate } = first;
  const error = asked.get(certificate.thumbprint) ?? { code: 'revocation.invalid', params: { reason: 'stale' } };
  // After its end nobody need remember whether it was revoked.
  return { ok: false, name: certificate.commonName, error, final: error.code === 'revocation.no-address' || now > certificate.notAfter };
}
