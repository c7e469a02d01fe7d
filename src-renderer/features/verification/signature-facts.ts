import type { RevocationReport, SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { Locale, Translate } from '../../i18n/translate.ts';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { describeError, errorTexts, type ErrorCode } from '../../../src-shared/errors.ts';

export type SignatureFact = { readonly key: 'organization' | 'reason' | 'time' | 'whole' | 'certificate' | 'standing' | 'issuedBy' | 'level' | 'look' | 'after'; readonly lines: readonly string[] };

/** All that was found of one signature, in the order that a person asks: who, when, whole or not, and then by whose word. */
export function signatureFacts(signature: SignatureReport, t: Translate, locale: Locale): readonly SignatureFact[] {
  const { signer, integrity, coverage, revision, trust, level, chain, changesAfter } = signature;
  const organization = signer && signer.organization !== signer.commonName ? signer.organization : '';
  const facts: readonly SignatureFact[] = [
    { key: 'organization', lines: [organization] },
    { key: 'reason', lines: [signature.reason ?? ''] },
    { key: 'time', lines: [timeOf(signature.time, t)] },
    { key: 'whole', lines: [`${t(`signatures.integrity.${integrity}`)}, ${t(`signatures.coverage.${coverage}`, revision)}`] },
    { key: 'certificate', lines: [t(`signatures.trust.${trust.status}`), trust.detail, signer ? t('signatures.validFor', { from: formatDate(signer.notBefore), to: formatDate(signer.notAfter) }) : ''] },
    { key: 'issuedBy', lines: chain.length > 0 ? chain.map(({ commonName }) => commonName) : [signer?.issuer ?? ''] },
    { key: 'standing', lines: signature.revocations.length > 0 ? signature.revocations.map((one) => standingOf(one, t, locale)) : [capital(t(`signatures.revocation.${trust.revocation}`))] },
    { key: 'level', lines: [level === 'unknown' ? '' : t(`level.${level}`)] },
    { key: 'after', lines: [t(`signatures.changes.${changesAfter.status}`)] },
    { key: 'look', lines: lookOf(signature.look, t) },
  ];
  return facts.map(({ key, lines }) => ({ key, lines: lines.filter((line) => line !== '') })).filter(({ lines }) => lines.length > 0);
}

/** What the time leans on, in words. */
export function timeOf(time: SignatureReport['time'], t: Translate): string {
  if (time === null) return t('signatures.noTime');
  const at = formatInstant(time.at);
  if (time.claimed !== undefined) return t('signatures.timeStampedLater', { claimed: formatInstant(time.claimed), time: at });
  return t(time.proven ? 'signatures.timeProven' : 'signatures.timeClaimed', { time: at });
}

/** One certificate: revoked or not, and whose word that is, from when and from where. */
function standingOf({ commonName: name, status, revokedAt, kind, source, thisUpdate, unasked }: RevocationReport, t: Translate, locale: Locale): string {
  const said = status !== 'revoked' ? t(`signatures.standing.${status}`, { name }) : revokedAt === null ? t('signatures.standing.revokedSometime', { name }) : t('signatures.standing.revoked', { name, time: formatInstant(revokedAt) });
  const proof = kind !== null && source !== null && thisUpdate !== null ? t(`signatures.proof.${kind}`, { time: formatInstant(thisUpdate), source: t(`signatures.source.${source}`) }) : '';
  return [said, proof, status === 'unproven' ? whyUnasked(unasked, t, locale) : ''].filter(Boolean).join(', ');
}

const reasons = ['revocation.offline', 'revocation.no-address', 'revocation.unreachable', 'revocation.timeout', 'revocation.invalid'] as const;

/** Why nobody could be asked, in few words; another code's own sentence. A kept report may know a reason that this version no longer has. */
export function whyUnasked(code: string | null, t: Translate, locale: Locale): string {
  const known = reasons.find((one) => one === code);
  if (known !== undefined) return t(`report.why.${known}`);
  return code !== null && isErrorCode(code) ? describeError({ code }, locale) : '';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTexts, code);
}

export function lookOf({ status, reason, pages, compared }: SignatureReport['look'], t: Translate): readonly string[] {
  const why = reason === null ? '' : t(`signatures.lookWhy.${reason}`);
  const partly = why === '' ? '' : t('signatures.look.partly', { count: compared, why });
  switch (status) {
    case 'nothing-later': return [];
    case 'not-compared': return [t('signatures.look.not-compared', { why: why || t('signatures.lookWhy.off') })];
    case 'same': return [t('signatures.look.same'), partly];
    case 'changed': return [t('signatures.look.changed', { pages: pages.map(({ page }) => page).join(', ') }), partly];
  }
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}
