import { findFigure, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import type { FiguresResponse, ToldFigure } from '../../src-shared/protocol/figures.ts';

export type Ranked = Pick<ToldFigure, 'number' | 'met' | 'of'> & { readonly code: string; readonly name: string; /** Alike, alike; null: nothing to judge, at the end. */ readonly rank: number | null };

/** Of these less is better. */
const lessIsBetter: ReadonlySet<FigureId> = new Set(['overdue', 'recalled', 'replaced', 'voided', 'sent-back', 'refused']);

/** The best first: the highest share, the shortest time, the least left undone; of what is only counted the most. */
export function rankUnits(units: NonNullable<FiguresResponse['all']>, figure: FigureId): readonly Ranked[] {
  const rising = findFigure(figure)?.kind === 'time' || lessIsBetter.has(figure);
  const told = units.map(({ code, name, figures }) => {
    const found = figures.find((one) => one.figure === figure);
    return { code, name, number: found?.number ?? null, met: found?.met ?? null, of: found?.of ?? null };
  });
  const judged = told.filter((one): one is typeof one & { readonly number: number } => one.number !== null).toSorted((a, b) => (rising ? a.number - b.number : b.number - a.number) || a.name.localeCompare(b.name, 'vi'));
  let rank = 0;
  const ranked = judged.map((one, at): Ranked => {
    if (at === 0 || judged[at - 1]?.number !== one.number) rank = at + 1;
    return { ...one, rank };
  });
  return [...ranked, ...told.filter(({ number }) => number === null).toSorted((a, b) => a.name.localeCompare(b.name, 'vi')).map((one): Ranked => ({ ...one, rank: null }))];
}
