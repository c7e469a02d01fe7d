import type { Folder } from '../../../src-shared/contract/documents.ts';
import type { CommandType } from '../../../src-shared/domain/document.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';
import { vi } from '../../i18n/vi.ts';

type CommandKey = MessageKey & `command.${CommandType}`;

/** Which folder shows the document of a command: work on arrivals, or on our own documents. */
const incomingWork: ReadonlySet<string> = new Set(['register', 'present', 'assign', 'refuse', 'mark', 'receive', 'answerChange', 'sendBack', 'acceptTask', 'returnTask', 'reportProgress', 'requestExtension', 'answerExtension', 'finishTask', 'reopen', 'evaluate', 'passOn', 'remind']);

export function folderOf(type: string): Folder {
  return incomingWork.has(type) ? 'incoming' : 'outgoing';
}

/** A command by its own word; one that a newer server knows by its type. */
export function wordsOfCommand(type: string, t: Translate): string {
  return isKnownCommand(type) ? t(`command.${type}` as CommandKey) : t('command.other', { type });
}

export function isKnownCommand(type: string): type is CommandType {
  return Object.hasOwn(vi, `command.${type}`) && type !== 'other';
}
