import { fail, type Result } from '../result.ts';
import type { Command, CommandBody, ContentRef, DocumentCommand, DocumentEvent, DocumentState, LogEvent } from './document.ts';
import type { DocumentId } from './ids.ts';
import { applyCatalogue, decideCatalogue, type CatalogueCommand, type CatalogueEvent } from './records/catalogue-rules.ts';
import { applyDossier, decideDossier, type DossierCommand, type DossierEvent } from './records/dossier-rules.ts';
import { applyOffice, decideOffice, type OfficeCommand, type OfficeEvent } from './records/office-rules.ts';
import type { RecordCommandType, RecordEvent, RecordState } from './records/record.ts';
import { recordId } from './records/record-id.ts';
import { apply, decide, versionGroup, type DecisionContext } from './workflow.ts';

/** What a log folds into. Outbox, feed, snapshots and packages carry logs of either kind alike. */
export type LogState = DocumentState | RecordState;

export function isRecord(state: LogState): state is RecordState {
  return 'record' in state;
}

/** Which record a command or an event is of; null: it is a document's. */
const recordOfCommand = {
  giveGrant: 'office', endGrant: 'office', setDay: 'office', setBooks: 'office', closeBook: 'office', setTargets: 'office',
  setCatalogue: 'catalogue', approveCatalogue: 'catalogue',
  openDossier: 'dossier', editDossier: 'dossier', fileDocuments: 'dossier', unfileDocuments: 'dossier', closeDossier: 'dossier', reopenDossier: 'dossier', keepDossier: 'dossier', handOverDossier: 'dossier',
} as const satisfies Record<RecordCommandType, RecordState['record']>;
const recordOfEvent = {
  officeBegun: 'office', grantGiven: 'office', grantEnded: 'office', daySet: 'office', booksSet: 'office', bookClosed: 'office', targetsSet: 'office',
  catalogueSet: 'catalogue', catalogueApproved: 'catalogue',
  dossierOpened: 'dossier', dossierEdited: 'dossier', documentsFiled: 'dossier', documentsUnfiled: 'dossier', dossierClosed: 'dossier', dossierReopened: 'dossier', dossierKept: 'dossier', dossierHandedOver: 'dossier',
} as const satisfies Record<RecordEvent['type'], RecordState['record']>;

export function isRecordCommand<T extends { readonly type: CommandBody['type'] }>(command: T): command is T & { readonly type: RecordCommandType } {
  return command.type in recordOfCommand;
}

export function isRecordEvent(event: LogEvent): event is RecordEvent {
  return event.type in recordOfEvent;
}

/** The shared rule for whatever the command is of. A command of one kind on a log of another is refused: `not-found`. */
export function decideLog(state: LogState | null, command: Command, context: DecisionContext): Result<readonly LogEvent[]> {
  if (!isRecordCommand(command)) {
    if (state !== null && isRecord(state)) return fail('not-found', { what: 'document' });
    return decide(state, command as DocumentCommand, context);
  }
  const { actor, unit } = command;
  if (actor.unit !== unit) return fail('not-allowed');
  const kind = recordOfCommand[command.type];
  if (state !== null && (!isRecord(state) || state.record !== kind || state.unit.code !== unit)) return fail('not-found', { what: kind });
  // there is one of these in a unit, and everybody knows its name
  if (kind === 'office' && command.document !== recordId(unit, 'office')) return fail('not-found', { what: kind });
  if (command.type === 'setCatalogue' && command.document !== recordId(unit, `catalogue/${command.args.year}`)) return fail('not-found', { what: kind });
  if (kind === 'office') return decideOffice(state as Parameters<typeof decideOffice>[0], command as OfficeCommand, context.unit);
  if (kind === 'catalogue') return decideCatalogue(state as Parameters<typeof decideCatalogue>[0], command as CatalogueCommand, context.unit);
  return decideDossier(state as Parameters<typeof decideDossier>[0], command as DossierCommand, context.unit);
}

/** Total for logs whose first event is a birth; throws on another. */
export function applyLog(id: DocumentId, state: LogState | null, event: LogEvent): LogState {
  if (!isRecordEvent(event)) {
    if (state !== null && isRecord(state)) throw new Error(`${event.type} in the log of a ${state.record}`);
    return apply(id, state, event as DocumentEvent);
  }
  const kind = recordOfEvent[event.type];
  if (state !== null && (!isRecord(state) || state.record !== kind)) throw new Error(`${event.type} in the log of another thing`);
  if (kind === 'office') return applyOffice(id, state as Parameters<typeof applyOffice>[1], event as OfficeEvent);
  if (kind === 'catalogue') return applyCatalogue(id, state as Parameters<typeof applyCatalogue>[1], event as CatalogueEvent);
  return applyDossier(id, state as Parameters<typeof applyDossier>[1], event as DossierEvent);
}

export function replayLog(id: DocumentId, events: readonly LogEvent[]): LogState | null {
  return events.reduce<LogState | null>((state, event) => applyLog(id, state, event), null);
}

/** By which counter the command is judged (`versionGroup`), whatever it is of. */
export function versionGroupOf(type: CommandBody['type']): 'workflow' | 'assignment' | null {
  switch (type) {
    case 'giveGrant':
    case 'endGrant':
    case 'setDay':
    case 'closeBook':
    case 'openDossier':
    case 'fileDocuments':
    case 'unfileDocuments':
    // the office's books are set by whoever keeps them, and only one station does
    case 'setBooks':
    case 'setTargets':
      return null;
    case 'setCatalogue':
    case 'approveCatalogue':
    case 'editDossier':
    case 'closeDossier':
    case 'reopenDossier':
    case 'keepDossier':
    case 'handOverDossier':
      return 'workflow';
    default:
      return versionGroup(type);
  }
}

/** Every content that a command or an event names: its own first, then what is attached. */
export function contentsOf(named: Command['args'] | LogEvent): readonly ContentRef[] {
  const found: ContentRef[] = [];
  if ('content' in named && named.content !== null) found.push(named.content);
  if ('attachments' in named && named.attachments !== undefined) found.push(...named.attachments);
  if ('grant' in named && typeof named.grant === 'object' && named.grant.content !== null) found.push(named.grant.content);
  if ('minutes' in named && named.minutes !== null) found.push(named.minutes);
  return found;
}

/** Every content of which this state's unit keeps the bytes at hand. */
export function contentsOfState(state: LogState): readonly ContentRef[] {
  if (!isRecord(state)) return [state.content, ...state.attachments];
  switch (state.record) {
    case 'office': return state.grants.flatMap(({ content }) => (content === null ? [] : [content]));
    case 'dossier': return state.handOver === null || state.handOver.minutes === null ? [] : [state.handOver.minutes];
    case 'catalogue': return [];
    default: return state satisfies never;
  }
}
