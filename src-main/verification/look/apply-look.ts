import type { ChangeReport, LookReport, PagePlace, Problem, SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { LookPort, LookQuestion } from '../../ports/verification.ts';
import { describeProblem, type ProblemCode } from '../messages.ts';

/** What may be seen where it came after the signature. What was added beside it (notes, stamps) is amber by itself, and is seen. */
const lawfulKinds: readonly ChangeReport['kind'][] = ['signature', 'timestamp', 'field-filled', 'empty-signature-field'];

/** Stage 5 of signing.md §6: compares the pages as each signer saw them with the pages as they are, all signatures in one question, and says so in their reports. */
export async function applyLook(input: ByteSource, signatures: readonly SignatureReport[], look: LookPort | undefined): Promise<readonly SignatureReport[]> {
  if (look === undefined) return signatures;
  const asked = signatures.flatMap((signature) => {
    const { signedBytes } = signature;
    return signedBytes === null || signature.changesAfter.status === 'none' ? [] : [{ signature, question: questionOf(signature, signedBytes, signatures) }];
  });
  const answers = asked.length === 0 ? [] : await look.compare(input, asked.map(({ question }) => question));
  const found = new Map(asked.map(({ signature }, i) => [signature, answers[i]]));
  return signatures.map((signature) => {
    const answer = found.get(signature);
    if (answer !== undefined) return withLook(signature, answer);
    // Nobody knows which version was signed
    return signature.look.status === 'not-compared' ? withLook(signature, { ...signature.look, reason: 'unreadable' }) : signature;
  });
}

function questionOf(signature: SignatureReport, earlierBytes: number, all: readonly SignatureReport[]): LookQuestion {
  const changed = signature.changesAfter.changes;
  // What is not lawful first: that is what the answer is wanted for
  const pages = [...changed.filter(({ kind }) => !lawfulKinds.includes(kind)), ...changed].flatMap(({ page }) => page ?? []);
  return { earlierBytes, lawful: lawfulPlaces(signature, all), pages: [...new Set(pages)] };
}

/** Where later changes of a lawful kind show, and where later signatures do. */
function lawfulPlaces(signature: SignatureReport, all: readonly SignatureReport[]): readonly PagePlace[] {
  const changed = signature.changesAfter.changes.flatMap(({ kind, place }) => (lawfulKinds.includes(kind) && place !== null ? [place] : []));
  const later = all.flatMap(({ revision, place }) => (revision.index > signature.revision.index && place !== null ? [place] : []));
  return [...changed, ...later];
}

const notes: Readonly<Record<NonNullable<LookReport['reason']>, ProblemCode>> = {
  off: 'look.not-compared', pages: 'look.pages', time: 'look.time', size: 'look.size', unreadable: 'look.unreadable', fault: 'look.fault',
};

/** A changed look makes it amber at best. Not compared is said and weighs nothing: the four stages before have examined every object. */
function withLook(signature: SignatureReport, look: LookReport): SignatureReport {
  const others = signature.problems.filter(({ code }) => code !== 'look.not-compared');
  const own: Problem[] = [];
  if (look.status === 'changed') own.push({ ...describeProblem('look.changed'), message: describePages(look) });
  if (look.reason !== null) own.push(describeProblem(notes[look.reason]));
  const isGood = signature.verdict === 'valid' || signature.verdict === 'valid-extended';
  return { ...signature, look, problems: [...others, ...own], verdict: look.status === 'changed' && isGood ? 'changed' : signature.verdict };
}

/** More are said by their count. */
const maxNamed = 8;

function describePages({ pages }: LookReport): string {
  const named = pages.slice(0, maxNamed).map(({ page }) => page).join(', ');
  const more = pages.length > maxNamed ? ` và ${pages.length - maxNamed} trang khác` : '';
  return `Sau khi ký, hình ảnh trang ${named}${more} đã khác đi, ở chỗ không phải chữ ký hay trường được điền.`;
}
