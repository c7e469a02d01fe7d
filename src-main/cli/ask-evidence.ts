import type { RevocationPort } from '../ports/authorities.ts';
import type { EvidencePort } from '../ports/verification.ts';

/** A run of commands keeps nothing: whoever issued a certificate is asked, once each (the client itself remembers). */
export function askEvidence(revocation: RevocationPort): EvidencePort {
  return {
    find: async ({ certificate, issuer }) => {
      const answer = await revocation.check(certificate, issuer);
      if (!answer.ok) return { found: [], unasked: answer.error.code };
      const { proof, certificates } = answer.value;
      return { found: [{ ...proof, source: 'asked' }, ...certificates.map((der) => ({ kind: 'certificate', der, source: 'asked' }) as const)], unasked: null };
    },
  };
}

/** Nobody is asked, and the report says so. */
export const askNobody: EvidencePort = { find: async () => ({ found: [], unasked: 'revocation.offline' }) };
