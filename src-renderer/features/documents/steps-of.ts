import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentEvent, Stage } from '../../../src-shared/domain/document.ts';
import { formatInstant } from '../../i18n/format.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';
import type { Step } from '../../ui/step.ts';
import { fullNumber } from './names.ts';

type Plan = readonly { readonly key: MessageKey; readonly event: DocumentEvent['type'] }[];

const incoming: Plan = [
  { key: 'steps.arrived', event: 'arrived' },
  { key: 'steps.register', event: 'registered' },
  { key: 'steps.present', event: 'presented' },
  { key: 'steps.assign', event: 'assigned' },
];
const outgoing: Plan = [
  { key: 'steps.drafted', event: 'drafted' },
  { key: 'steps.submit', event: 'submitted' },
  { key: 'steps.approve', event: 'approved' },
  { key: 'steps.issue', event: 'issued' },
  { key: 'steps.send', event: 'sent' },
];

// How many steps of the plan are behind a document at each stage: a returned draft has only its drafting left standing.
const doneAt = { arrived: 1, registered: 2, presented: 3, assigned: 4, finished: 4, refused: 1, draft: 1, returned: 1, submitted: 2, approved: 3, issued: 4, sent: 5 } as const;
/** Ends that may come after any step: what was done until then stands, and nothing comes next. */
const ends = ['sent-back', 'recalled', 'replaced', 'voided'] as const satisfies readonly Stage[];
type End = (typeof ends)[number];

/** The document's way through the office: what is done, by whom and when, and what comes next. */
export function stepsOf(detail: DocumentDetail, t: Translate): readonly Step[] {
  const { document, history } = detail;
  const { stage } = document;
  const whole = document.direction === 'incoming' ? incoming : outgoing;
  const plan = isEnd(stage) ? whole.filter(({ event }) => history.some((entry) => isOf(entry, event))) : whole;
  const done = isEnd(stage) ? plan.length : doneAt[stage];
  const line = plan.flatMap(({ key, event }, index): readonly Step[] => [stepOf(key, event, index), ...(index < done ? marksAfter(index) : [])]);
  return isEnd(stage) ? [...line, { label: t(`stage.${stage}`), detail: document.reason ?? undefined, state: 'stopped' }] : line;

  function stepOf(key: MessageKey, event: DocumentEvent['type'], index: number): Step {
    const stopped = index === done && (document.stage === 'refused' || document.stage === 'returned');
    if (stopped) return { label: t(document.stage === 'refused' ? 'steps.refused' : 'steps.returned'), detail: document.reason ?? undefined, state: 'stopped' };
    const past = history.findLast((entry) => isOf(entry, event));
    const state = index < done ? 'done' : index === done ? 'current' : 'ahead';
    return { label: t(key), detail: state === 'done' && past ? describePast(past, detail, t) : undefined, state };
  }

  /** What was written or added after this step and before the next that is done: each stands where it happened. */
  function marksAfter(index: number): readonly Step[] {
    const at = (step: number): number => (step < done ? history.findLastIndex((entry) => isOf(entry, plan[step]?.event)) : history.length);
    return history.slice(at(index) + 1, Math.max(at(index) + 1, at(index + 1))).flatMap((entry): readonly Step[] => {
      const label = extraLabel(entry, t);
      return label === null ? [] : [{ label, detail: describePast(entry, detail, t), state: 'done' }];
    });
  }
}

function isEnd(stage: Stage): stage is End {
  return (ends as readonly Stage[]).includes(stage);
}

/** Paper is received by the clerk where other documents arrive by themselves. */
function isOf({ type }: DocumentEvent, event: DocumentEvent['type'] | undefined): boolean {
  return type === event || (event === 'arrived' && type === 'received');
}

/** A mark or long-term data: in no plan, and told all the same. */
function extraLabel(event: DocumentEvent, t: Translate): string | null {
  if (event.type === 'augmented') return t('augmented', { level: event.level });
  if (event.type !== 'marked') return null;
  return event.mark === 'comment' ? t('marked.comment', { text: event.text }) : t(`marked.${event.mark}`);
}

function describePast(event: DocumentEvent, { document }: DocumentDetail, t: Translate): string {
  const result = event.type === 'registered' ? t('steps.registered', { number: event.entry.number }) : event.type === 'issued' ? t('steps.issued', { number: fullNumber(document, t) }) : null;
  return [result, event.by?.fullName, formatInstant(event.at), checkOf(event, t)].filter(Boolean).join(' · ');
}

/** What the signatures were judged to be as it was registered, where that is worth a word. */
function checkOf(event: DocumentEvent, t: Translate): string | null {
  if (event.type !== 'registered' || event.check === undefined) return null;
  const { verdict, reason } = event.check;
  if (reason !== null) return t('registering.pastReason', { verdict: t(`verdict.${verdict}`), reason });
  return verdict === 'unchecked' ? t('registering.pastUnchecked') : null;
}
