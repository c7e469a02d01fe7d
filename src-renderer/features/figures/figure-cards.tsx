import type { AppState } from '../../app/app-state.ts';
import { useT } from '../../i18n/context.tsx';
import { cardsOf } from './cards.ts';
import { FigureNumber } from './figure-number.tsx';
import { LightPill } from './light-pill.tsx';
import type { Drill } from './place.ts';
import { valueOf, type Told } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

type FigureCardsProps = { readonly app: AppState; readonly told: Told; readonly onDrill: (drill: Drill, from: string) => void };

/** The few figures that this role looks at first, large, each beside the period before it. */
export function FigureCards({ app, told, onDrill }: FigureCardsProps) {
  const t = useT();
  const words = useFigureWords();
  return (
    <ul className="figure-cards" aria-label={t('figures.first')}>
      {cardsOf(app.role, app.me.id).map(({ figure, by }) => {
        const row = { figure, by, value: valueOf(told.report, figure, by), ahead: 0 };
        const earlier = told.before && valueOf(told.before, figure, by);
        const change = earlier && words.change(row.value, earlier);
        const name = by === '' ? t(`figure.${figure}`) : t('figures.mine', { name: t(`figure.${figure}`) });
        return (
          <li key={`${figure} ${by}`} className="figure-card">
            <h2>{name}</h2>
            <p className="figure-large"><FigureNumber at="card" figure={figure} by={by} value={row.value} name={name} onDrill={onDrill} /> <span className="quiet">{words.unit(figure)}</span></p>
            <p className="quiet">{words.remarks(row).join('; ')}</p>
            {earlier && <p className="quiet">{change === null ? t('figures.noBefore') : t('figures.before', { change: change ?? '', before: words.number(earlier) })}</p>}
            <LightPill figure={figure} value={row.value} told={told} />
          </li>
        );
      })}
    </ul>
  );
}
