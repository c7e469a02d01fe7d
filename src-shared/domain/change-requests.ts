import type { DocumentState, RecipientState } from './document.ts';

/** What a sender asks of those who have its document. */
export type Change = 'recall' | 'update';

/**
 * Whether a receiver can be asked this now (QĐ 28/2018 Art 8.2; QCVN 102). It must have come to have the document and not have given it back.
 * - A recall overtakes an update that still waits for its answer: what must not stand cannot wait until somebody has agreed to its new title. Only a recall that waits, or was agreed to, is not asked twice.
 * - An update waits for the answer to the one before it; else what the earlier one put right would never reach the receiver.
 * A recall that was not agreed to (16) may be asked again.
 */
export function canBeAsked({ status, asked }: Pick<RecipientState, 'status' | 'asked'>, change: Change): boolean {
  switch (status) {
    case 'planned':
    case '02':
      return false;
    case '13':
      return change === 'recall' && asked !== 'recall';
    case '15':
      return asked !== 'recall';
    default:
      return true;
  }
}

/** It is asked back from this receiver, or was given up there; what is left of the document concerns it no more. */
export function isAskedBackFrom({ status, asked }: Pick<RecipientState, 'status' | 'asked'>): boolean {
  return (status === '13' || status === '15') && asked === 'recall';
}

/** Whether the document is still anywhere that it was sent to, and not asked back from there: it is in force then, whoever else was asked to give it up. */
export function isStillOut({ recipients }: Pick<DocumentState, 'recipients'>): boolean {
  return recipients.some((one) => one.status !== 'planned' && one.status !== '02' && !isAskedBackFrom(one));
}
