import { assertNever } from '../result.ts';
import type { CommandType } from './document.ts';

/**
 * What is held for some seconds before it is sent, so that it can be taken back. A signature and a printed number cannot; what is sent is
 * asked about before; a draft takes nothing from anybody.
 */
export function canBeTakenBack(type: CommandType): boolean {
  switch (type) {
    case 'register':
    case 'present':
    case 'assign':
    case 'refuse':
    case 'submit':
    case 'revise':
    case 'returnToDrafter':
    case 'edit':
    case 'sendBack':
    case 'answerChange':
    case 'acceptTask':
    case 'returnTask':
    case 'reportProgress':
    case 'requestExtension':
    case 'answerExtension':
    case 'finishTask':
    case 'reopen':
    case 'evaluate':
    case 'passOn':
    case 'fileDocuments':
    case 'unfileDocuments':
    case 'editDossier':
    case 'closeDossier':
    case 'setDay':
    case 'setTargets':
      return true;
    case 'draft':
    case 'mark':
    case 'augment':
    case 'approve':
    case 'issue':
    case 'send':
    case 'receive':
    // others have read it by the time that one thinks better of it
    case 'comment':
    case 'remind':
    // asked about before, since others act on it
    case 'voidNumber':
    case 'askChange':
    case 'giveGrant':
    case 'endGrant':
    case 'setBooks':
    case 'closeBook':
    case 'setCatalogue':
    case 'approveCatalogue':
    case 'openDossier':
    case 'reopenDossier':
    case 'keepDossier':
    case 'handOverDossier':
      return false;
    default:
      return assertNever(type);
  }
}
