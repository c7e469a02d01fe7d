import type { TokenCertificate, TokenInfo } from '../../../src-shared/contract/signing.ts';

export type Choice = { readonly token: TokenInfo; readonly certificate: TokenCertificate };

/** Whose hand signs: the leader's own, or the organisation's. `name` is the person's full name or the unit's. */
export type Wanted = { readonly holder: 'person' | 'organization'; readonly name: string };

/**
 * Every certificate with a key on every token, the fitting ones first: usable, of the wanted kind, of the wanted name. An issuer's
 * certificate that lies beside it has no key here and is nobody's hand.
 */
export function choicesOf(tokens: readonly TokenInfo[], wanted: Wanted): readonly Choice[] {
  // The issuers' own certificates lie on most tokens as well: no key, and nobody signs a document with them.
  const all = tokens.flatMap((token) => token.certificates.filter((one) => one.hasPrivateKey || one.usable !== 'wrong-usage').map((certificate) => ({ token, certificate })));
  return all.map((choice, index) => ({ choice, index, score: scoreOf(choice.certificate, wanted) })).sort((a, b) => b.score - a.score || a.index - b.index).map(({ choice }) => choice);
}

export function canSign(certificate: TokenCertificate): boolean {
  return certificate.hasPrivateKey && certificate.usable === 'ok';
}

function scoreOf(certificate: TokenCertificate, wanted: Wanted): number {
  return (canSign(certificate) ? 8 : 0) + (certificate.holder === wanted.holder ? 4 : 0) + (sameName(certificate.commonName, wanted.name) ? 2 : 0);
}

function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').trim().toLowerCase() === b.normalize('NFC').trim().toLowerCase();
}
