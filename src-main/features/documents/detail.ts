import type { DocumentDetail, DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { DocumentState, Stage } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { commandRules } from '../../../src-shared/domain/workflow.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ListedDocument } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';

type Action = DocumentDetail['actions'][number];

export function toRow(context: DeskContext, stored: ListedDocument): DocumentRow {
  return {
    document: stored.state,
    sync: stored.sync,
    contentHere: context.blobs.has(stored.state.content.sha256),
    verdict: stored.verdict,
    read: stored.read,
  };
}

export function readDetail(context: DeskContext, id: DocumentId): Result<DocumentDetail> {
  const stored = context.store.findDocument(id);
  if (stored === null) return fail('not-found', { what: 'document' });
  return ok({ ...toRow(context, stored), history: [...context.store.readHistory(id)], actions: actionsFor(stored.state, context.role), undo: undoOf(context, id) });
}

function undoOf(context: DeskContext, id: DocumentId): DocumentDetail['undo'] {
  return context.store.undoable(id).map(({ command, type, until }) => ({ command, type, until: new Date(until).toISOString() }));
}

const asked = ['register', 'present', 'assign', 'refuse', 'revise', 'submit', 'approve', 'returnToDrafter', 'issue', 'send'] as const satisfies readonly (Action & keyof typeof commandRules)[];

/** What this role may do with the document now: the shared rules, plus answering what was registered. */
export function actionsFor(state: DocumentState, role: Role): Action[] {
  const actions: Action[] = asked.filter((name) => {
    const rule: { readonly roles: readonly Role[]; readonly stages: readonly Stage[] } = commandRules[name];
    return rule.roles.includes(role) && rule.stages.includes(state.stage) && !(name === 'revise' && (state.stage === 'submitted' || state.stage === 'approved'));
  });
  // NĐ 30/2020 Art 22.1: what is not registered need not be handled
  if (state.direction === 'incoming' && (state.stage === 'registered' || state.stage === 'presented' || state.stage === 'assigned')) actions.push('reply');
  return actions;
}
