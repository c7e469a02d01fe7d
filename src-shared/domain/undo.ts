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
      return true;
    case 'draft':
    case 'mark':
    case 'augment':
    case 'approve':
    case 'issue':
    case 'send':
      return false;
    default:
      return assertNever(type);
  }
}
