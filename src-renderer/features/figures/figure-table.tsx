import { useRef } from 'react';
import type { FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { figureGroups } from '../../../src-shared/domain/figures/words.ts';
import { useT } from '../../i18n/context.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { FigureNumber } from './figure-number.tsx';
import { LightPill } from './light-pill.tsx';
import type { Drill } from './place.ts';
import { valueOf, type Told } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

type FigureTableProps = { readonly told: Told; readonly onDrill: (drill: Drill, from: string) => void };

/** Every figure, in the groups and the order of the printed report. */
export function FigureTable({ told, onDrill }: FigureTableProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  return (
    <div ref={box} className="grid-scroll" tabIndex={tabIndex}>
      <table className="grid figure-table" aria-label={t('figures.all')}>
        <thead>
          <tr>
            <th scope="col" className="grid-head grid-start">{t('figures.name')}</th>
            <th scope="col" className="grid-head grid-start">{t('figures.unitHead')}</th>
            <th scope="col" className="grid-head grid-end">{t('figures.now')}</th>
            <th scope="col" className="grid-head grid-end">{t('figures.then')}</th>
            <th scope="col" className="grid-head grid-end">{t('figures.change')}</th>
            <th scope="col" className="grid-head grid-start">{t('figures.target')}</th>
            <th scope="col" className="grid-head grid-start">{t('figures.remarks')}</th>
          </tr>
        </thead>
        {figureGroups.map(({ id, figures }) => (
          <tbody key={id}>
            <tr><th scope="rowgroup" colSpan={7} className="grid-cell grid-start figure-group">{t(`figures.group.${id}`)}</th></tr>
            {figures.map((figure) => <FigureLine key={figure} figure={figure} told={told} onDrill={onDrill} />)}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function FigureLine({ figure, told, onDrill }: FigureTableProps & { readonly figure: FigureId }) {
  const t = useT();
  const words = useFigureWords();
  const value = valueOf(told.report, figure);
  const earlier = told.before && valueOf(told.before, figure);
  const ahead = told.report.rows.find((row) => row.figure === figure && row.by === '')?.ahead ?? 0;
  const name = t(`figure.${figure}`);
  const aheadAt = `ahead ${figure}`;
  return (
    <tr className="grid-row">
      <th scope="row" className="grid-cell grid-start figure-name">{name}</th>
      <td className="grid-cell grid-start quiet">{words.unit(figure)}</td>
      <td className="grid-cell grid-end"><FigureNumber at="line" figure={figure} value={value} name={name} onDrill={onDrill} /></td>
      <td className="grid-cell grid-end">{earlier && words.number(earlier)}</td>
      <td className="grid-cell grid-end">{earlier && (words.change(value, earlier) ?? '–')}</td>
      <td className="grid-cell grid-start"><LightPill figure={figure} value={value} told={told} /></td>
      <td className="grid-cell grid-start quiet">
        {words.remarks({ figure, by: '', value, ahead }).join('; ')}
        {ahead > 0 && <button type="button" id={aheadAt} className="text-button" onClick={() => onDrill({ figure, by: '', part: 'ahead' }, aheadAt)}>{t('figures.ahead', { count: ahead })}</button>}
      </td>
    </tr>
  );
}
