import type { Folder } from '../../../src-shared/contract/documents.ts';
import type { OutboxRow } from '../../../src-shared/contract/office.ts';
import type { CommandType } from '../../../src-shared/domain/document.ts';
import type { Screen } from '../../app/route.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';
import { vi } from '../../i18n/vi.ts';

type CommandKey = MessageKey & `command.${CommandType}`;

/** Which folder shows the document of a command: work on arrivals, or on our own documents. */
const incomingWork: ReadonlySet<string> = new Set(['register', 'present', 'assign', 'refuse', 'mark', 'receive', 'answerChange', 'sendBack', 'acceptTask', 'returnTask', 'reportProgress', 'requestExtension', 'answerExtension', 'finishTask', 'reopen', 'evaluate', 'passOn', 'remind']);

/** What is done to the office's own record, or to the list of dossiers, is of no document. */
const officeWork: ReadonlySet<string> = new Set(['giveGrant', 'endGrant', 'setDay', 'setBooks', 'setTargets']);
const catalogueWork: ReadonlySet<string> = new Set(['setCatalogue', 'approveCatalogue']);
const dossierWork: ReadonlySet<string> = new Set(['openDossier', 'editDossier', 'fileDocuments', 'unfileDocuments', 'closeDossier', 'reopenDossier', 'keepDossier', 'handOverDossier']);

export function folderOf(type: string): Folder {
  return incomingWork.has(type) ? 'incoming' : 'outgoing';
}

/** Where what was done can be looked at: a screen, and what to open on it. */
export function placeOf({ type, document }: Pick<OutboxRow, 'type' | 'document'>): { readonly screen: Screen; readonly id: string | null } {
  if (type === 'closeBook') return { screen: 'registers', id: null };
  if (officeWork.has(type)) return { screen: 'office', id: null };
  if (catalogueWork.has(type)) return { screen: 'dossiers', id: null };
  return dossierWork.has(type) ? { screen: 'dossiers', id: document } : { screen: folderOf(type), id: document };
}

/** What it was done to: a document's or a dossier's title; the office's and the year's list have none of their own. */
export function titleOfWork({ type, title }: Pick<OutboxRow, 'type' | 'title'>, t: Translate): string {
  if (officeWork.has(type) || type === 'closeBook') return t('nav.office');
  return catalogueWork.has(type) ? t('dossiers.year') : title;
}

/** A command by its own word; one that a newer server knows by its type. */
export function wordsOfCommand(type: string, t: Translate): string {
  return isKnownCommand(type) ? t(`command.${type}` as CommandKey) : t('command.other', { type });
}

export function isKnownCommand(type: string): type is CommandType {
  return Object.hasOwn(vi, `command.${type}`) && type !== 'other';
}
