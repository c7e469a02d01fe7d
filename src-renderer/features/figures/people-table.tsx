import { useT } from '../../i18n/context.tsx';
import { FigureNumber } from './figure-number.tsx';
import { LightPill } from './light-pill.tsx';
import type { Drill } from './place.ts';
import { peopleOf, type Told } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

type PeopleTableProps = { readonly told: Told; readonly onDrill: (drill: Drill, from: string) => void };

/** Who has what overdue, and how much of their work was in time (NĐ 30/2020 Art 24.1). */
export function PeopleTable({ told, onDrill }: PeopleTableProps) {
  const t = useT();
  const words = useFigureWords();
  const people = peopleOf(told);
  if (people.length === 0) return <p className="quiet">{t('figures.noPeople')}</p>;
  return (
    <div className="grid-scroll">
      <table className="grid figure-people" aria-label={t('figures.people')}>
        <thead>
          <tr>
            <th scope="col" className="grid-head grid-start">{t('figures.person')}</th>
            <th scope="col" className="grid-head grid-end">{t('figures.person.overdue')}</th>
            <th scope="col" className="grid-head grid-end">{t('figures.person.onTime')}</th>
            <th scope="col" className="grid-head grid-start">{t('figures.target')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, name, overdue, onTime }) => (
            <tr key={id} className="grid-row">
              <th scope="row" className="grid-cell grid-start figure-name">{name}</th>
              <td className="grid-cell grid-end"><FigureNumber at="person" figure="overdue" by={`person:${id}`} value={overdue} name={`${name}: ${t('figure.overdue')}`} onDrill={onDrill} /></td>
              <td className="grid-cell grid-end">
                <FigureNumber at="person" figure="on-time-task" by={`person:${id}`} value={onTime} name={`${name}: ${t('figure.on-time-task')}`} onDrill={onDrill} />
                {' '}<span className="quiet">{words.remarks({ figure: 'on-time-task', by: '', value: onTime, ahead: 0 }).join('; ')}</span>
              </td>
              <td className="grid-cell grid-start"><LightPill figure="on-time-task" value={onTime} told={told} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
