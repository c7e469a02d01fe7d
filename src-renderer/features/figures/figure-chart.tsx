import { useEffect, useId, useRef, useState } from 'react';
import type { Chart, ChartColours } from '../../../src-shared/domain/chart.ts';
import { tenths, wholes } from '../../../src-shared/domain/figures/value-words.ts';
import { useSettings } from '../../app/settings.tsx';
import { useT } from '../../i18n/context.tsx';
import { useFigureWords } from './use-figure-words.ts';

/** By meaning, so that a drawing wears whatever theme the page does. */
const colours: ChartColours = { ink: 'var(--ink)', quiet: 'var(--ink-2)', line: 'var(--line-2)', ground: 'var(--surface)', aim: 'var(--bad)', series: ['var(--accent)', 'var(--warn)', 'var(--ok)', 'var(--bad)'] };

type FigureChartProps = {
  readonly title: string;
  readonly chart: Chart;
  /** What `labels` are: the head of the table's first column. */
  readonly labelsAre: string;
  /** In the table, where a label is shortened in the drawing. */
  readonly names?: readonly string[];
};

/** A drawing, and behind it the same as a table. What draws is loaded when the first one is shown; without it the table stands open. */
export function FigureChart({ title, chart, labelsAre, names = chart.labels }: FigureChartProps) {
  const t = useT();
  const { locale } = useFigureWords();
  const { settings } = useSettings();
  const box = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  const [failed, setFailed] = useState(false);
  const titleId = useId();
  const drawing = JSON.stringify(chart);
  const lines = chart.kind === 'bars' ? Math.max(4, chart.labels.length) : 8;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setWidthPx(Math.floor(element.clientWidth)));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element || widthPx < 1) return;
    let gone = false;
    import('../../../src-shared/charts/draw-chart.ts').then(({ drawChart }) => {
      if (gone) return;
      const fontPx = Number.parseFloat(getComputedStyle(element).fontSize);
      const svg = drawChart(JSON.parse(drawing) as Chart, {
        widthPx, heightPx: Math.round(fontPx * (3 + lines * 2.4)), fontPx, fontFamily: 'Be Vietnam Pro', colours,
        formatValue: (value) => (chart.unit === 'count' ? wholes(value, locale) : Number.isInteger(value) ? wholes(value, locale) : tenths(value, locale)),
      });
      // no HTML is made of it: what is no drawing is nothing
      element.replaceChildren(document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true));
    }).catch(() => !gone && setFailed(true));
    return () => {
      gone = true;
    };
    // the text size is the root's, and asks for another drawing
  }, [drawing, widthPx, lines, locale, chart.unit, settings.textSize]);

  const say = (value: number | null): string => (value === null ? '–' : chart.unit === 'count' ? wholes(value, locale) : tenths(value, locale));
  return (
    <section className="figure-chart" aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {!failed && <div ref={box} className="figure-drawing" role="img" aria-label={t('figures.drawing', { title })} style={{ minHeight: `${3 + lines * 2.4}em` }} />}
      <details open={failed}>
        <summary>{t('line.table')}</summary>
        <div className="grid-scroll">
          <table className="grid" aria-label={title}>
            <thead><tr><th scope="col" className="grid-head grid-start">{labelsAre}</th>{chart.series.map(({ name }) => <th key={name} scope="col" className="grid-head grid-end">{name}</th>)}</tr></thead>
            <tbody>
              {names.map((label, at) => (
                <tr key={label} className="grid-row"><th scope="row" className="grid-cell grid-start figure-name">{label}</th>{chart.series.map(({ name, values }) => <td key={name} className="grid-cell grid-end">{say(values[at] ?? null)}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
