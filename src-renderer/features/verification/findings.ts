import type { SignatureReport } from '../../../src-shared/contract/verification.ts';

/** What decides nothing by itself, and what time, proofs and look say in lines of their own. */
const aside = /^(?:time\.(?!future)|timestamp\.|look\.|revocation\.not-checked$|cms\.(?:ber|no-signing-certificate)$)/;
/** What every change that is named says better. */
const summed = /^changes\.(?:content-added|forbidden)$/;

export type Findings = { readonly open: readonly string[]; readonly folded: readonly string[] };

/** Sentences of a signature's findings: those that speak against it, and those that are good to know. Nothing is said twice. */
export function findingsOf({ problems, changesAfter }: Pick<SignatureReport, 'problems' | 'changesAfter'>): Findings {
  const told = new Set(changesAfter.changes.map(({ message }) => message));
  const named = changesAfter.changes.some(({ kind }) => kind === 'content-added' || kind === 'forbidden');
  const kept = problems.filter(({ code, message }) => !told.has(message) && !(named && summed.test(code)));
  const say = (isAside: boolean): readonly string[] => [...new Set(kept.filter(({ code }) => aside.test(code) === isAside).map(({ message }) => message))];
  return { open: say(false), folded: say(true) };
}
