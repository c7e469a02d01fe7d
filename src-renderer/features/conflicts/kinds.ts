import type { Conflict } from '../../../src-shared/contract/conflicts.ts';

const signing: ReadonlySet<string> = new Set(['approve', 'issue', 'mark', 'augment']);

/** A signature was set upon bytes that meanwhile carry another one. */
export function isNewSignature({ type, mine, theirs }: Conflict): boolean {
  return signing.has(type) && mine.content !== null && theirs.content !== null && mine.content.sha256 !== theirs.content.sha256;
}

/** Two went on from one draft: each is a version of its own, and no program puts them together. */
export function isForkedDraft({ type, choices }: Conflict): boolean {
  return choices.includes('keep-both') && !signing.has(type);
}
