import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { mostSeries, type Chart, type ChartColours } from '../domain/chart.ts';
import { plainSvg } from './plain-svg.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, LabelLayout, SVGRenderer]);

/** `widthPx`, `heightPx`: of the drawing; `formatValue` writes a number as its readers write it. */
export type DrawOptions = { readonly widthPx: number; readonly heightPx: number; readonly fontPx: number; readonly fontFamily: string; readonly colours: ChartColours; readonly formatValue: (value: number) => string };

/** Series differ in their signs and strokes too, so that they are told apart without colour. */
const signs = ['circle', 'rect', 'triangle', 'diamond'] as const;
const strokes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const;

/** More bars than these stand too close for a number over each. */
const mostNumbered = 24;

/** One SVG without script, style or outer reference, as it may stand in a page of a strict policy and on paper. Throws RangeError for more series than can be told apart. */
export function drawChart(chart: Chart, options: DrawOptions): string {
  if (chart.series.length > mostSeries) throw new RangeError(`a chart has at most ${mostSeries} series`);
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: options.widthPx, height: options.heightPx });
  try {
    drawing.setOption(optionsOf(chart, options));
    return plainSvg(drawing.renderToSVGString());
  } finally {
    drawing.dispose();
  }
}

function optionsOf(chart: Chart, { widthPx, fontPx, fontFamily, colours, formatValue }: DrawOptions): EChartsCoreOption {
  const words = { color: colours.quiet, fontSize: fontPx, fontFamily };
  const several = chart.series.length > 1;
  const numbered = chart.labels.length * chart.series.length <= mostNumbered;
  // long names of units stand beside their bars, months below theirs
  const lying = chart.kind === 'bars' && chart.labels.some((label) => label.length > 12);
  // the library guesses at widths of letters with marks, and would leave out every other month
  const fits = chart.labels.reduce((sum, label) => sum + label.length + 1, 0) * fontPx * 0.5 < widthPx * 0.9;
  const names = { type: 'category', data: [...chart.labels], inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.quiet } }, axisLabel: { ...words, color: colours.ink, ...(fits || lying ? { interval: 0 } : {}), ...(lying ? { width: fontPx * 18, overflow: 'break', lineHeight: fontPx * 1.25 } : {}) } };
  const values = {
    type: 'value', min: 0, ...(chart.unit === 'percent' ? { max: 100 } : {}), minInterval: chart.unit === 'count' ? 1 : 0,
    axisLabel: { ...words, formatter: formatValue }, splitLine: { lineStyle: { color: colours.line } },
  };
  return {
    animation: false,
    textStyle: { fontFamily, fontSize: fontPx },
    legend: { show: several, top: 0, left: 0, itemGap: fontPx * 1.5, textStyle: { ...words, color: colours.ink }, data: chart.series.map(({ name }) => name) },
    grid: { top: ((several ? 2.6 : 1.6) + (chart.aim && lying ? 1.2 : 0)) * fontPx, left: fontPx / 2, right: fontPx * (chart.aim && !lying ? 2 + chart.aim.name.length * 0.55 : lying ? 5 : 2), bottom: fontPx / 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: chart.series.map(({ name, values: data }, at) => ({
      type: chart.kind === 'bars' ? 'bar' : 'line',
      name,
      data: data.map((value) => value ?? '-'),
      color: colours.series[at],
      emphasis: { disabled: true },
      // two curves that meet write one number over the other; the table has both
      labelLayout: { hideOverlap: true },
      label: { show: numbered, position: lying ? 'right' : 'top', ...words, color: colours.ink, textBorderWidth: 0, formatter: ({ value }: { readonly value: unknown }) => (typeof value === 'number' ? formatValue(value) : '') },
      ...(chart.kind === 'bars' ? { barMaxWidth: fontPx * 2.5, barGap: '12%' } : { symbol: signs[at], symbolSize: fontPx * 0.6, lineStyle: { width: 2, type: strokes[at] } }),
      ...(chart.aim && at === 0
        ? { markLine: { silent: true, symbol: 'none', lineStyle: { color: colours.aim, type: 'dashed', width: 1.5 }, label: { ...words, color: colours.aim, textBorderWidth: 0, position: lying ? 'start' : 'end', formatter: chart.aim.name }, data: [lying ? { xAxis: chart.aim.value } : { yAxis: chart.aim.value }] } }
        : {}),
    })),
  };
}
