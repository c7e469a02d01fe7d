import { plainNumber } from '../../../src-shared/domain/figures/value-words.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { FigureChart } from './figure-chart.tsx';
import { valueOf, type ToldReport } from './told.ts';

const curves = ['received', 'sent'] as const;
const steps = ['on-time-acknowledge', 'on-time-register', 'on-time-present', 'on-time-task', 'on-time-issue', 'on-time-send'] as const;
const monthsShown = 12;

/** What came and went in the year up to the period's end, and which step is how much in time. */
export function FigureCharts({ report }: { readonly report: ToldReport }) {
  const t = useT();
  const { data, error } = useQuery('figures.months', { to: report.to, months: monthsShown, figures: [...curves] });
  const months = data?.months ?? [];
  // a step of which nothing fell due is no bar of nothing
  const judged = steps.map((figure) => ({ figure, percent: plainNumber(valueOf(report, figure)) })).filter(({ percent }) => percent !== null);
  return (
    <div className="figure-charts">
      <ErrorNote error={error} />
      {months.length > 0 && (
        <FigureChart
          title={t('figures.byMonth')} labelsAre={t('figures.monthHead')} names={months.map(({ from }) => `${from.slice(5, 7)}/${from.slice(0, 4)}`)}
          chart={{
            kind: 'lines', unit: 'count', labels: months.map(({ from }, at) => monthLabel(from, at === 0)),
            series: curves.map((figure, at) => ({ name: t(`figure.${figure}`), values: months.map(({ values }) => (values[at] === undefined ? null : plainNumber(values[at]))) })),
          }}
        />
      )}
      {judged.length > 0 && (
        <FigureChart
          title={t('figures.byStep')} labelsAre={t('figures.stepHead')}
          chart={{ kind: 'bars', unit: 'percent', labels: judged.map(({ figure }) => t(`figure.${figure}`)), series: [{ name: t('figures.onTimePercent'), values: judged.map(({ percent }) => percent) }] }}
        />
      )}
    </div>
  );
}

/** The year stands where it begins, so that twelve months have room beside each other. */
function monthLabel(from: string, first: boolean): string {
  const month = Number(from.slice(5, 7));
  return first || month === 1 ? `${month}/${from.slice(2, 4)}` : String(month);
}
