import fc from 'fast-check';
import { factChannels, factEnds, type DocumentFact, type DossierFact, type Fact, type SpanFact, type StepFact } from '../../../../src-shared/domain/figures/facts.ts';

/** Facts of every shape, impossible orders of time among them, over a few weeks, units, people and types: many meet in one cell. */
const minuteMs = 60_000;
const beginning = Date.parse('2026-09-28T00:00:00Z');
const day = fc.integer({ min: 0, max: 70 }).map((n) => new Date(beginning + n * 86_400_000).toISOString().slice(0, 10));
const instant = fc.integer({ min: 0, max: 70 * 1440 }).map((n) => new Date(beginning + n * minuteMs).toISOString());
const unit = fc.constantFrom('H48.60.12', 'H48.60.13', 'H48.14');
// as an office may name its people
const person = fc.constantFrom('dia-chinh', 'tu|phap', 'van:thu');
const id = fc.uuid();

function step(name: StepFact['step'], who: fc.Arbitrary<string | null>): fc.Arbitrary<StepFact> {
  return fc.record({ step: fc.constant(name), person: who, startedAt: instant, lateFrom: instant, doneAt: fc.option(instant) });
}
const steps = fc.tuple(
  ...(['acknowledge', 'register', 'present', 'issue', 'send', 'recall'] as const).map((name) => fc.option(step(name, fc.constant(null)))),
  fc.option(step('task', person)),
  fc.option(step('task', person)),
).map((some) => some.filter((one) => one !== null));
const span = (name: SpanFact['span']) => fc.option(fc.record({ span: fc.constant(name), endedOn: day, minutes: fc.option(fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.constantFrom(0, 15, 16, 112_500, 112_501, 400_000)), { freq: 20 }) }));

export const madeDocument: fc.Arbitrary<DocumentFact> = fc.record({
  of: fc.constant('document' as const), id, unit, kind: fc.constantFrom('bao-cao', 'cong-van', 'quyet-dinh'),
  arrivedOn: fc.option(day), channel: fc.option(fc.constantFrom(...factChannels)), sentOn: fc.option(day), signedByPerson: fc.boolean(), signedByOrganisation: fc.boolean(),
  steps, spans: fc.tuple(span('assign'), span('handle')).map((some) => some.filter((one) => one !== null)),
  end: fc.option(fc.record({ end: fc.constantFrom(...factEnds), on: day })),
});

export const madeDossier: fc.Arbitrary<DossierFact> = fc.record({
  of: fc.constant('dossier' as const), id, unit, keeper: person, openedOn: day, closedOn: fc.option(day), handedOverOn: fc.option(day), steps: fc.array(step('handover', fc.constant(null)), { maxLength: 1 }),
});

export const madeFact: fc.Arbitrary<Fact> = fc.oneof({ weight: 5, arbitrary: madeDocument }, { weight: 1, arbitrary: madeDossier });

export const madeFacts = (count: number, seed: number): readonly Fact[] => fc.sample(madeFact, { numRuns: count, seed });
