import { assertNever, fail, ok, type Result } from '../../result.ts';
import { handOverDay, isHandedOver, longestKept } from '../deadlines/hand-over.ts';
import type { DocumentId } from '../ids.ts';
import type { Organization } from '../organization.ts';
import type { DossierState } from './dossier.ts';
import type { RecordCommand, RecordEvent } from './record.ts';

export type DossierCommand = RecordCommand & { readonly type: 'openDossier' | 'editDossier' | 'fileDocuments' | 'unfileDocuments' | 'closeDossier' | 'reopenDossier' | 'keepDossier' | 'handOverDossier' };
export type DossierEvent = RecordEvent & { readonly type: 'dossierOpened' | 'dossierEdited' | 'documentsFiled' | 'documentsUnfiled' | 'dossierClosed' | 'dossierReopened' | 'dossierKept' | 'dossierHandedOver' };

/** The day by which it goes to the archive; null while its work goes on, and where it is kept for less than five years (`deadlines/hand-over.ts`). */
export function handOverDue({ endDate, construction, keptUntil, retention }: Pick<DossierState, 'endDate' | 'construction' | 'keptUntil' | 'retention'>): string | null {
  if (endDate === null || !isHandedOver(retention === 'permanent' ? null : retention)) return null;
  return handOverDay({ endedOn: endDate, construction, keptUntil });
}

/** Errors: `not-allowed`, `not-found`, `dossier.exists`, `dossier.stage`, `dossier.empty`, `dossier.dates`, `dossier.kept-too-long`. */
export function decideDossier(state: DossierState | null, command: DossierCommand, unit: Organization): Result<readonly DossierEvent[]> {
  const { actor } = command;
  const meta = { at: command.at, by: actor, command: command.id };
  if (actor.role === 'administrator') return fail('not-allowed');
  if (command.type === 'openDossier') return state === null ? ok([{ ...meta, type: 'dossierOpened', ...command.args, unit }]) : fail('dossier.exists');
  if (state === null) return fail('not-found', { what: 'dossier' });
  const mine = actor.role !== 'officer' || state.keeper === actor.person;
  const wrongStage = fail('dossier.stage', { stage: state.stage });
  switch (command.type) {
    case 'editDossier':
      return !mine ? fail('not-allowed') : state.stage === 'handed-over' ? wrongStage : ok([{ ...meta, type: 'dossierEdited', ...command.args }]);
    case 'fileDocuments':
      // whoever works on a document may put it where it belongs
      return state.stage === 'open' ? ok([{ ...meta, type: 'documentsFiled', ...command.args }]) : wrongStage;
    case 'unfileDocuments':
      return !mine ? fail('not-allowed') : state.stage === 'open' ? ok([{ ...meta, type: 'documentsUnfiled', ...command.args }]) : wrongStage;
    case 'closeDossier':
      if (!mine) return fail('not-allowed');
      if (state.stage !== 'open') return wrongStage;
      if (state.documents.length === 0) return fail('dossier.empty');
      return command.args.endDate < state.startDate ? fail('dossier.dates') : ok([{ ...meta, type: 'dossierClosed', ...command.args }]);
    case 'reopenDossier':
      return !mine ? fail('not-allowed') : state.stage === 'closed' ? ok([{ ...meta, type: 'dossierReopened', ...command.args }]) : wrongStage;
    case 'keepDossier': {
      if (!mine) return fail('not-allowed');
      if (state.stage !== 'closed' || state.endDate === null) return wrongStage;
      const longest = longestKept({ endedOn: state.endDate, construction: state.construction });
      return command.args.until > longest ? fail('dossier.kept-too-long') : ok([{ ...meta, type: 'dossierKept', ...command.args }]);
    }
    case 'handOverDossier':
      if (actor.role !== 'clerk' && state.keeper !== actor.person) return fail('not-allowed');
      return state.stage === 'closed' ? ok([{ ...meta, type: 'dossierHandedOver', ...command.args }]) : wrongStage;
    default:
      return assertNever(command);
  }
}

export function applyDossier(id: DocumentId, state: DossierState | null, event: DossierEvent): DossierState {
  if (event.type === 'dossierOpened') {
    const { unit, code, title, retention, keeper, startDate, construction, rights, note, year, catalogueCode } = event;
    return {
      record: 'dossier', id, unit, code, title, retention, keeper, startDate, construction, rights, note, year, catalogueCode, stage: 'open', endDate: null, pages: null,
      documents: [], keptUntil: null, handOver: null, versions: { workflow: 1, assignment: 0 }, createdAt: event.at, updatedAt: event.at,
    };
  }
  if (state === null) throw new Error(`the log of ${id} begins with ${event.type}`);
  const next = { ...state, updatedAt: event.at };
  const moved = { ...next, versions: { ...next.versions, workflow: next.versions.workflow + 1 } };
  switch (event.type) {
    case 'dossierEdited': {
      const { code, title, retention, keeper, startDate, construction, rights, note } = event;
      return {
        ...moved,
        code: code ?? moved.code, title: title ?? moved.title, retention: retention ?? moved.retention, keeper: keeper ?? moved.keeper,
        startDate: startDate ?? moved.startDate, construction: construction ?? moved.construction, rights: rights ?? moved.rights, note: note ?? moved.note,
      };
    }
    case 'documentsFiled':
      return { ...next, documents: [...new Set([...next.documents, ...event.documents])] };
    case 'documentsUnfiled':
      return { ...next, documents: next.documents.filter((one) => !event.documents.includes(one)) };
    case 'dossierClosed':
      return { ...moved, stage: 'closed', endDate: event.endDate, pages: event.pages };
    case 'dossierReopened':
      return { ...moved, stage: 'open', endDate: null };
    case 'dossierKept':
      return { ...moved, keptUntil: event.until };
    case 'dossierHandedOver':
      return { ...moved, stage: 'handed-over', handOver: { receiver: event.receiver, date: event.date, minutes: event.minutes } };
    default:
      return assertNever(event);
  }
}
