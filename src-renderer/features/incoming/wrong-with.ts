import type { SignatureReport, VerificationReport } from '../../../src-shared/contract/verification.ts';
import { findingsOf } from '../verification/findings.ts';
import type { Translate } from '../../i18n/translate.ts';

/** What is wrong with a document, in one sentence, and what was found behind it. */
export type Wrong = { readonly tone: 'bad' | 'warn'; readonly sentence: string; readonly details: readonly string[] };

const worst = ['invalid', 'indeterminate', 'changed'] as const;

/** Of the signature that is worst; of the file, where no signature could be read in it. */
export function wrongWith(report: Pick<VerificationReport, 'signatures' | 'problems'>, t: Translate): Wrong {
  const signature = worst.map((verdict) => report.signatures.find((one) => one.verdict === verdict)).find((one) => one !== undefined);
  const ofFile = report.problems.map(({ message }) => message);
  if (signature === undefined) return { tone: 'bad', sentence: t('registering.unreadable'), details: ofFile };
  const found = [...signature.changesAfter.changes.filter(({ kind }) => kind === 'content-added' || kind === 'forbidden').map(({ message }) => message), ...findingsOf(signature).open];
  return { tone: signature.verdict === 'changed' ? 'warn' : 'bad', sentence: t(`registering.wrong.${kindOf(signature)}`, { name: signature.signer?.commonName || t('registering.someone') }), details: [...new Set([...found, ...ofFile])] };
}

function kindOf({ verdict, integrity, changesAfter, trust }: SignatureReport): 'added' | 'altered' | 'forbidden' | 'revoked' | 'invalid' | 'unproven' {
  if (verdict === 'changed') return 'added';
  if (verdict === 'indeterminate') return 'unproven';
  if (integrity === 'broken') return 'altered';
  if (changesAfter.status === 'forbidden') return 'forbidden';
  return trust.revocation === 'revoked' ? 'revoked' : 'invalid';
}
