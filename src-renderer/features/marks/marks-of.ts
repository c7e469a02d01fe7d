import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { markKinds, type MarkKind } from '../../../src-shared/domain/mark.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { canMark } from '../../../src-shared/domain/workflow.ts';

/** Written once: a second dấu đến or a second number on an annex would only contradict the first. */
const once: ReadonlySet<MarkKind> = new Set(['incoming', 'appendix']);

/** What this person may write on this document now. */
export function marksOf({ document, history }: Pick<DocumentDetail, 'document' | 'history'>, role: Role): readonly MarkKind[] {
  const written = new Set(history.flatMap((event) => (event.type === 'marked' ? [event.mark] : [])));
  return markKinds.filter((kind) => canMark(document, kind, role) && !(once.has(kind) && written.has(kind)));
}

/** Whose key signs it: the leader's own hand for a bút phê, the office's for all else (NĐ 30/2020 Art 33.2). */
export function holderOf(kind: MarkKind): 'person' | 'organization' {
  return kind === 'comment' ? 'person' : 'organization';
}
