import type { DocumentDetail, DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ListedDocument } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';
import { maySignByGrant, rolesToday } from '../grants/in-force.ts';
import { actionsFor } from './actions.ts';

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
  return ok({ ...toRow(context, stored), history: [...context.store.readHistory(id)], actions: actionsToday(context, stored), undo: undoOf(context, id) });
}

function actionsToday(context: DeskContext, { state }: ListedDocument): DocumentDetail['actions'] {
  const actions = actionsFor(state, { person: context.me.id, roles: rolesToday(context) });
  const approves = !actions.includes('approve') && maySignByGrant(context) && actionsFor(state, { person: context.me.id, roles: ['leader'] }).includes('approve');
  return approves ? [...actions, 'approve'] : actions;
}

function undoOf(context: DeskContext, id: DocumentId): DocumentDetail['undo'] {
  return context.store.undoable(id).map(({ command, type, until }) => ({ command, type, until: new Date(until).toISOString() }));
}
