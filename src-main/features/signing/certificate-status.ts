import { X509Certificate } from 'node:crypto';
import type { Output } from '../../../src-shared/contract/index.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { fail, ok, type AppError, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { printedDate, vietnamDate } from '../vietnam-time.ts';
import { readPolicy } from './policy.ts';

export type CertificateStatus = {
  /** Whether the certificate is good now; `unknown` when nobody answers in a few seconds. */
  readonly check: (thumbprint: string) => Promise<Result<Output<'certificates.check'>>>;
  /** Before a signature: refuses what is known to be revoked, and goes on where nothing is known. Error: `certificate.revoked`. */
  readonly checkRevoked: (thumbprint: string) => Promise<Result<null>>;
};

type Asked = { readonly status: 'good' | 'revoked' | 'unknown'; readonly revokedAt: Date | null; readonly at: Date; readonly problem: AppError | null };

/** A person is waiting with the PIN in hand. */
const deadlineMs = 4000;
/** Nobody answered: asked again after so long, so that a desk without a line does not wait at every signature. */
const unknownForMs = 60_000;
const knownForMs = 600_000;

export function createCertificateStatus(context: DeskContext): CertificateStatus {
  const known = new Map<string, { readonly until: number; readonly asked: Promise<Asked> }>();

  async function ask(certificate: Uint8Array, others: readonly Uint8Array[]): Promise<Asked> {
    const at = context.now();
    const { revocation } = context.authorities(readPolicy(context));
    const endsAt = performance.now() + deadlineMs;
    const issuer = findIssuer(certificate, [...others, ...context.trust.intermediates, ...context.trust.anchors]) ?? (await revocation.findIssuer(certificate, { deadlineMs }));
    if (issuer === null) return { status: 'unknown', revokedAt: null, at, problem: { code: 'revocation.no-address' } };
    const answer = await revocation.check(certificate, issuer, { deadlineMs: Math.max(1, endsAt - performance.now()) });
    return answer.ok ? { status: answer.value.status, revokedAt: answer.value.revokedAt, at, problem: null } : { status: 'unknown', revokedAt: null, at, problem: answer.error };
  }

  async function statusOf(thumbprint: string): Promise<Asked | null> {
    const held = known.get(thumbprint);
    if (held !== undefined && held.until > context.now().getTime()) return held.asked;
    const found = await context.tokens.findCertificate(thumbprint);
    if (found === null) return null;
    const asked = ask(found.certificate, found.others);
    known.set(thumbprint, { until: context.now().getTime() + deadlineMs + unknownForMs, asked });
    const { status } = await asked;
    known.set(thumbprint, { until: context.now().getTime() + (status === 'unknown' ? unknownForMs : knownForMs), asked });
    return asked;
  }

  async function bitsOf(thumbprint: string): Promise<number> {
    const found = await context.tokens.findCertificate(thumbprint);
    return (found === null ? null : parse(found.certificate))?.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  }

  return {
    check: async (thumbprint) => {
      const { tokens } = await context.tokens.list();
      const certificate = tokens.flatMap(({ certificates }) => certificates).find((one) => one.thumbprint === thumbprint.toLowerCase());
      if (certificate === undefined) return fail(tokens.length === 0 ? 'token.absent' : 'token.certificate-missing');
      const { usable, notBefore, notAfter } = certificate;
      if (usable !== 'ok') return ok({ status: usable, checkedAt: null, message: describeError(unusable(usable, notBefore, notAfter, await bitsOf(certificate.thumbprint))) });
      const asked = await statusOf(certificate.thumbprint);
      if (asked === null) return fail('token.certificate-missing');
      return ok({ status: asked.status, checkedAt: asked.problem === null ? asked.at.toISOString() : null, message: sentenceOf(asked) });
    },
    checkRevoked: async (thumbprint) => {
      const asked = await statusOf(thumbprint.toLowerCase());
      return asked?.status === 'revoked' ? { ok: false, error: revokedError(asked) } : ok(null);
    },
  };
}

/** One of `candidates` that has signed this certificate. */
export function findIssuer(certificate: Uint8Array, candidates: readonly Uint8Array[]): Uint8Array | null {
  const x509 = parse(certificate);
  if (x509 === null) return null;
  return candidates.find((der) => {
    const candidate = parse(der);
    return candidate !== null && x509.checkIssued(candidate) && x509.verify(candidate.publicKey);
  }) ?? null;
}

function parse(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    // a token may hold anything under the type of a certificate
    return null;
  }
}

function unusable(usable: 'expired' | 'not-yet-valid' | 'wrong-usage' | 'weak-key', notBefore: string, notAfter: string, bits: number): AppError {
  switch (usable) {
    case 'expired': return { code: 'certificate.expired', params: { date: dateOf(new Date(notAfter)) } };
    case 'not-yet-valid': return { code: 'certificate.not-yet-valid', params: { date: dateOf(new Date(notBefore)) } };
    case 'wrong-usage': return { code: 'certificate.wrong-usage' };
    case 'weak-key': return { code: 'certificate.weak-key', params: { bits } };
  }
}

function sentenceOf(asked: Asked): string {
  if (asked.status === 'good') return 'Chứng thư số còn hiệu lực và không bị thu hồi.';
  if (asked.status === 'revoked') return describeError(revokedError(asked));
  return describeError(asked.problem ?? { code: 'revocation.no-address' });
}

function revokedError({ revokedAt }: Asked): AppError {
  return { code: 'certificate.revoked', params: { date: revokedAt === null ? '' : dateOf(revokedAt) } };
}

function dateOf(at: Date): string {
  return printedDate(vietnamDate(at));
}
