import type { LegalDeadlineView } from '../../../src-shared/contract/tasks.ts';
import type { DeadlineStep } from '../../../src-shared/domain/deadlines.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';

const words = {
  acknowledge: 'law.step.acknowledge', register: 'law.step.register', present: 'steps.present', number: 'law.step.number', issue: 'law.step.issue', send: 'law.step.send', recall: 'law.step.recall',
  task: 'law.step.task', 'handover-notice': 'law.step.handover-notice', handover: 'law.step.handover',
} as const satisfies Record<DeadlineStep, MessageKey>;

/** What is to be done, and by whom, in the reader's language; a step that this version does not know in the office's own words. */
export function stepWords({ step, what, who }: LegalDeadlineView, t: Translate): string {
  if (!(step in words)) return what;
  const says = t(words[step as DeadlineStep]);
  return who === null ? says : `${says} (${who})`;
}
