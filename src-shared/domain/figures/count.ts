import { figures } from './definitions.ts';
import type { Fact } from './facts.ts';
import { tallyOf, type Cell, type Tally } from './tally.ts';

/** Everything that one document or dossier adds to every figure. */
export function countFact(fact: Fact): readonly Cell[] {
  return figures.flatMap(({ id, formula }) => formula(fact).map((count) => ({ ...count, unit: fact.unit, figure: id })));
}

export function countFacts(facts: Iterable<Fact>): Tally {
  return tallyOf(allCells(facts));
}

function* allCells(facts: Iterable<Fact>): Generator<Cell> {
  for (const fact of facts) yield* countFact(fact);
}
