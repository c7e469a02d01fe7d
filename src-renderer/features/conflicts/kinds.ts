import type { Conflict } from '../../../src-shared/contract/conflicts.ts';
import type { Field } from './differences.ts';

const signing: ReadonlySet<string> = new Set(['approve', 'issue', 'mark', 'augment']);

/** A signature was set upon bytes that meanwhile carry another one. */
export function isNewSignature({ type, mine, theirs }: Conflict): boolean {
  return signing.has(type) && mine.content !== null && theirs.content !== null && mine.content.sha256 !== theirs.content.sha256;
}

/** Two went on from one draft: each is a version of its own, and no program puts them together. */
export function isForkedDraft({ type, choices }: Conflict): boolean {
  return choices.includes('keep-both') && !signing.has(type);
}

/** The words of a side are a reason, a number, a title: named by what was done, where both sides did the same. */
export type Label = Field | 'number' | 'title' | 'recipients' | 'reason';

const labels: Readonly<Record<string, Label>> = { draft: 'title', issue: 'number', register: 'number', send: 'recipients', refuse: 'reason', returnToDrafter: 'reason' };

export function labelOf(field: Field, { type, mine, theirs }: Conflict): Label {
  return field === 'text' && mine.stage !== null && mine.stage === theirs.stage ? labels[type] ?? 'text' : field;
}
