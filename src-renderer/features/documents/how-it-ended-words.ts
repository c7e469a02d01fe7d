import type { DocumentState, Stage } from '../../../src-shared/domain/document.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** Where the way through the office broke off, and is told of above everything else; null: it goes on, or ended as it should. The compiler asks about a new stage. */
export const brokeOff = {
  draft: null, submitted: null, approved: null, issued: null, sent: null, arrived: null, registered: null, presented: null, assigned: null, finished: null,
  returned: 'info.reasonReturned', refused: 'info.reasonRefused', recalled: 'stage.recalled', 'sent-back': 'stage.sent-back', voided: 'stage.voided', replaced: 'stage.replaced',
} as const satisfies Record<Stage, MessageKey | null>;

/** The title of what is said, and why, as it was written; null: nothing is said. Of one that was replaced, the document in its place says it. */
export function endOf({ stage, reason, supersededBy }: Pick<DocumentState, 'stage' | 'reason' | 'supersededBy'>): { readonly title: MessageKey; readonly reason: string | null } | null {
  const title = brokeOff[stage];
  return title === null || (stage === 'replaced' && supersededBy.length > 0) ? null : { title, reason };
}
