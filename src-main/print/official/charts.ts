import { drawChart } from '../../../src-shared/charts/draw-chart.ts';
import { paperColours } from '../../../src-shared/domain/chart.ts';
import type { CaptionedChart } from '../../ports/printing.ts';
import { paragraph } from './front.ts';
import { lineHeight, type Sheet, type Style } from './sheet.ts';
import { printable } from './wrap.ts';

const captionStyle = { font: 'italic', size: 12 } as const satisfies Style;
const fontPt = 10;
/** A third of a page of A4 standing: two of them and a short table share one page. */
const shape = 0.42;
const formatted = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** Each chart over its caption, the two never on two pages. Returns where the last one ends. */
export async function drawCharts(sheet: Sheet, from: number, charts: readonly CaptionedChart[]): Promise<number> {
  let y = from;
  for (const { chart, caption } of charts) {
    const lines = sheet.balance(printable(caption), sheet.width * 0.9, captionStyle);
    const height = Math.round(Math.min(sheet.width * shape, (sheet.bottom - sheet.top) * 0.8));
    const whole = 12 + height + 4 + lines.length * captionStyle.size * lineHeight;
    if (y + whole > sheet.bottom) {
      await sheet.turn();
      y = sheet.top;
    }
    const svg = drawChart(chart, {
      widthPx: Math.round(sheet.width), heightPx: height, fontPx: fontPt, fontFamily: 'Tinos', colours: paperColours,
      formatValue: (value) => `${formatted.format(value)}${chart.unit === 'percent' ? ' %' : ''}`,
    });
    const draw = await sheet.picture(svg, sheet.left, y + 12);
    const figure = sheet.element('Figure', null, { alt: caption });
    sheet.tell(figure, 'Figure', draw);
    figure.end();
    y = paragraph(sheet, null, lines, { x: sheet.left, y: y + 12 + height + 4, width: sheet.width, align: 'center' }, captionStyle, 'Caption');
  }
  return y;
}
