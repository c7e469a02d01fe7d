import type { FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { useT } from '../../i18n/context.tsx';
import type { Drill } from './place.ts';
import { drillOf, type Value } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

type FigureNumberProps = {
  /** Where on the screen it stands: the keyboard comes back to it from its documents. */
  readonly at: string;
  readonly figure: FigureId;
  readonly by?: string;
  readonly value: Value;
  /** What it is of, for whoever hears it alone. */
  readonly name: string;
  readonly onDrill: (drill: Drill, from: string) => void;
};

/** A number that opens on its documents; plain where there are none. */
export function FigureNumber({ at, figure, by = '', value, name, onDrill }: FigureNumberProps) {
  const t = useT();
  const words = useFigureWords();
  const number = words.number(value);
  const drill = drillOf(figure, value, by);
  const id = `${at} ${figure} ${by}`;
  if (drill === null) return <span className="figure-number">{number}</span>;
  return <button type="button" id={id} className="figure-number figure-opens" aria-label={t('figures.open', { name, number, unit: words.unit(figure) })} onClick={() => onDrill(drill, id)}>{number}</button>;
}
