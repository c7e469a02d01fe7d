import { vietnamDay } from '../vietnam-day.ts';
import type { DocumentFact, DossierFact, Fact, FactEnd, SpanFact, StepFact } from './facts.ts';
import { quartersOf } from './spread.ts';
import type { Count } from './tally.ts';

/**
 * Parts. Of a count and a stock: `n`. Of a share: `of`, `met`. Of a time: `n`, `minutes` (their sum, so that the average is exact) and `q:N` (how many took N quarters of an hour).
 * Of a share and a time also `unclear`: an order of times that cannot be, in no other part.
 */
type Formula = (fact: Fact) => readonly Count[];

export const sent: Formula = (fact) => (fact.of === 'document' && fact.sentOn !== null ? each(fact.sentOn, 'n', ['', kind(fact)]) : []);

export const received: Formula = (fact) =>
  fact.of === 'document' && fact.arrivedOn !== null ? each(fact.arrivedOn, 'n', ['', kind(fact), `channel:${fact.channel ?? 'other'}`]) : [];

export function signed(has: (fact: DocumentFact) => boolean): Formula {
  return (fact) => {
    if (fact.of !== 'document' || fact.sentOn === null) return [];
    const by = ['', kind(fact)];
    return [...each(fact.sentOn, 'of', by), ...(has(fact) ? each(fact.sentOn, 'met', by) : [])];
  };
}

export function stepOnTime(step: StepFact['step']): Formula {
  return (fact) =>
    fact.steps.filter((one) => one.step === step).flatMap((one) => {
      const by = dimensions(fact, one);
      const day = dueDay(one);
      if (isUnclear(one)) return each(day, 'unclear', by);
      return [...each(day, 'of', by), ...(one.doneAt !== null && one.doneAt < one.lateFrom ? each(day, 'met', by) : [])];
    });
}

/** Late, and not done to this day. */
export function undone(step: StepFact['step']): Formula {
  return (fact) => fact.steps.filter((one) => one.step === step && one.doneAt === null).flatMap((one) => each(dueDay(one), 'n', dimensions(fact, one)));
}

export function spanned(span: SpanFact['span']): Formula {
  return (fact) => {
    if (fact.of !== 'document') return [];
    const by = ['', kind(fact)];
    return fact.spans.filter((one) => one.span === span).flatMap(({ endedOn, minutes }) =>
      minutes === null ? each(endedOn, 'unclear', by) : [...each(endedOn, 'n', by), ...each(endedOn, 'minutes', by, minutes), ...each(endedOn, `q:${quartersOf(minutes)}`, by)],
    );
  };
}

export function ended(end: FactEnd): Formula {
  return (fact) => (fact.of === 'document' && fact.end?.end === end ? each(fact.end.on, 'n', ['', kind(fact)]) : []);
}

export function dossierCount(day: 'openedOn' | 'closedOn' | 'handedOverOn'): Formula {
  return (fact) => {
    const on = fact.of === 'dossier' ? fact[day] : null;
    return on === null || fact.of !== 'dossier' ? [] : each(on, 'n', ['', keeper(fact)]);
  };
}

function each(day: string, part: string, by: readonly string[], n = 1): readonly Count[] {
  return by.map((one) => ({ day, part, by: one, n }));
}

/** The last day on which the step was in time: midnight belongs to the day that it ends. */
function dueDay({ lateFrom }: StepFact): string {
  return vietnamDay(Date.parse(lateFrom) - 1);
}

function isUnclear({ startedAt, doneAt }: StepFact): boolean {
  return doneAt !== null && doneAt < startedAt;
}

function dimensions(fact: Fact, { person }: StepFact): readonly string[] {
  return ['', fact.of === 'document' ? kind(fact) : keeper(fact), ...(person === null ? [] : [`person:${person}`])];
}

function kind(fact: DocumentFact): string {
  return `kind:${fact.kind}`;
}

function keeper(fact: DossierFact): string {
  return `person:${fact.keeper}`;
}
