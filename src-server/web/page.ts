import { drawChart } from '../../src-shared/charts/draw-chart.ts';
import { paperColours, type Chart } from '../../src-shared/domain/chart.ts';
import { findFigure, figureIds, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { periodNames, type PeriodName } from '../../src-shared/domain/figures/periods.ts';
import { tenths, wholes } from '../../src-shared/domain/figures/value-words.ts';
import { figureGroups, figureUnit, figureWords } from '../../src-shared/domain/figures/words.ts';
import type { FiguresResponse } from '../../src-shared/protocol/figures.ts';
import { drawing, html, type Html } from './html.ts';
import { rankUnits } from './ranking.ts';
import { dayWords, monthWords, numberWords, periodWords } from './words.ts';

/** `own`: the unit of whoever looks. `ranked`: the figure by which all units stand. */
export type PageParts = { readonly view: FiguresResponse; readonly period: PeriodName; readonly person: string; readonly own: { readonly code: string; readonly name: string }; readonly ranked: FigureId };

const cards: readonly FigureId[] = ['received', 'sent', 'signed-both', 'on-time-task', 'overdue'];

export function frame(title: string, body: Html, bar: Html | null = null): Html {
  return html`<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Văn Thư</title><link rel="stylesheet" href="/figures/style.css"></head>
<body><header class="bar"><strong>Văn Thư · Số liệu</strong>${bar}</header>
<main>${body}</main></body>
</html>
`;
}

export function signInPage(fault: string | null, user = ''): Html {
  return frame('Đăng nhập', html`<div class="door"><h1>Xem số liệu</h1>
<p class="quiet">Dùng tên và mật khẩu như trong chương trình Văn Thư. Trang này chỉ để xem.</p>
${fault !== null && html`<p class="fault" role="alert">${fault}</p>`}
<form method="post" action="/figures/sign-in">
<label>Tên đăng nhập<input name="user" value="${user}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" required${user === '' && html` autofocus`}></label>
<label>Mật khẩu<input name="password" type="password" autocomplete="current-password" maxlength="1000" required${user !== '' && html` autofocus`}></label>
<button class="strong">Đăng nhập</button>
</form></div>`);
}

export function faultPage(fault: string): Html {
  return frame('Không xem được', html`<h1>Không xem được</h1><p class="fault" role="alert">${fault}</p><p><a href="/figures">Về trang số liệu</a></p>`);
}

export function figuresPage({ view, period, person, own, ranked }: PageParts): Html {
  const other = view.unit.code !== own.code;
  const query = (more: Readonly<Record<string, string>>): string => `/figures?${new URLSearchParams({ period, ...(other ? { unit: view.unit.code } : {}), ...more }).toString()}`;
  const days = view.from === view.to ? `Tháng ${monthWords(view.from)}` : `Từ tháng ${monthWords(view.from)} đến tháng ${monthWords(view.to)}`;
  const runs = view.to === view.asOf.slice(0, 7);
  const body = html`
${other && html`<p class="noprint"><a href="/figures?${new URLSearchParams({ period }).toString()}">← Về ${own.name}</a></p>`}
<h1>${view.unit.name}</h1>
<p class="quiet">${days}${runs && `, tính đến ngày ${dayWords(view.asOf)}`} · trung bình của ${wholes(view.units, 'vi-VN')} đơn vị trong tỉnh</p>
<nav aria-label="Kỳ"><ul class="periods">${periodNames.map((name) => html`<li><a href="${query({ period: name })}"${name === period && html` aria-current="page"`}>${periodWords[name]}</a></li>`)}</ul></nav>
<ul class="cards" aria-label="Số liệu chính">${cards.map((figure) => card(view, figure))}</ul>
<div class="charts">${flows(view)}${onTime(view)}</div>
<h2 id="all">Tất cả số liệu</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="all"><table aria-labelledby="all">
<thead><tr><th scope="col">Chỉ tiêu</th><th scope="col">Đơn vị tính</th><th scope="col" class="number">${view.unit.name}</th><th scope="col" class="number">Trung bình</th></tr></thead>
${figureGroups.map(({ name, figures }) => html`<tbody><tr><th scope="rowgroup" colspan="4">${name}</th></tr>${figures.map((figure) => line(view, figure))}</tbody>`)}
</table></div>
<p class="noprint"><a href="/figures/figures.csv?${new URLSearchParams({ period, ...(other ? { unit: view.unit.code } : {}) }).toString()}" download>Tải về dạng CSV</a></p>
${view.all !== null && ranking(view, ranked, period, own.code)}`;
  return frame(`Số liệu của ${view.unit.name}`, body, html`<span class="who">${person} · ${own.name}</span><form method="post" action="/figures/sign-out"><button>Đăng xuất</button></form>`);
}

function valueOf(view: FiguresResponse, figure: FigureId): FiguresResponse['figures'][number] {
  return view.figures.find((one) => one.figure === figure) ?? { figure, number: null, met: null, of: null, average: null };
}

function unitWords(figure: FigureId): string {
  const definition = findFigure(figure);
  return definition === null ? '' : figureUnit(definition);
}

function card(view: FiguresResponse, figure: FigureId): Html {
  const { number, met, of, average } = valueOf(view, figure);
  return html`<li><span>${figureWords[figure]}</span><b>${numberWords(figure, number)} <small>${unitWords(figure)}</small></b>
<span class="quiet">${of !== null && of > 0 && `${wholes(met ?? 0, 'vi-VN')}/${wholes(of, 'vi-VN')} · `}trung bình ${numberWords(figure, average, true)}</span></li>`;
}

function line(view: FiguresResponse, figure: FigureId): Html {
  const { number, average } = valueOf(view, figure);
  return html`<tr><th scope="row">${figureWords[figure]}</th><td>${unitWords(figure)}</td><td class="number">${numberWords(figure, number)}</td><td class="number">${numberWords(figure, average, true)}</td></tr>`;
}

function flows(view: FiguresResponse): Html {
  return chart('Văn bản đến và đi theo tháng', view, 'count', (['received', 'sent'] as const).map((figure) => ({ name: figureWords[figure], values: seriesOf(view, figure, 'number') })));
}

function onTime(view: FiguresResponse): Html {
  return chart(`${figureWords['on-time-task']} (%)`, view, 'percent', [{ name: view.unit.name, values: seriesOf(view, 'on-time-task', 'number') }, { name: 'Trung bình', values: seriesOf(view, 'on-time-task', 'average') }]);
}

function seriesOf(view: FiguresResponse, figure: FigureId, what: 'number' | 'average'): readonly (number | null)[] {
  return view.months.map(({ figures }) => figures.find((one) => one.figure === figure)?.[what] ?? null);
}

/** A drawing, and behind it the same as a table. */
function chart(title: string, { months }: FiguresResponse, unit: Chart['unit'], series: Chart['series']): Html {
  const write = (value: number): string => (unit === 'count' || Number.isInteger(value) ? wholes(value, 'vi-VN') : tenths(value, 'vi-VN'));
  const labels = months.map(({ month }, at) => (at === 0 || month.endsWith('-01') ? `${Number(month.slice(5))}/${month.slice(2, 4)}` : String(Number(month.slice(5)))));
  const svg = drawChart({ kind: 'lines', unit, labels, series }, { widthPx: 560, heightPx: 260, fontPx: 14, fontFamily: 'Be Vietnam Pro, Segoe UI, Noto Sans, sans-serif', colours: paperColours, formatValue: write });
  return html`<section><h2>${title}</h2><div role="img" aria-label="Biểu đồ: ${title}. Các số nằm trong bảng ngay dưới.">${drawing(svg)}</div>
<details><summary>Xem bằng bảng</summary><table><thead><tr><th scope="col">Tháng</th>${series.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${months.map(({ month }, at) => html`<tr><th scope="row">${monthWords(month)}</th>${series.map(({ values }) => html`<td class="number">${told(values[at] ?? null, write)}</td>`)}</tr>`)}</tbody></table></details></section>`;
}

function told(value: number | null, write: (value: number) => string): string {
  return value === null ? '–' : write(value);
}

function ranking(view: FiguresResponse, figure: FigureId, period: PeriodName, own: string): Html {
  const share = findFigure(figure)?.kind === 'share';
  return html`<h2 id="ranking">Các đơn vị trong tỉnh</h2>
<form class="ask" method="get" action="/figures"><input type="hidden" name="period" value="${period}"><label>Xếp theo<select name="figure">${figureIds.map((id) => html`<option value="${id}"${id === figure && html` selected`}>${figureWords[id]}</option>`)}</select></label><button>Xếp</button></form>
<div class="scroll" tabindex="0" role="region" aria-labelledby="ranking"><table aria-labelledby="ranking">
<thead><tr><th scope="col" class="number">Thứ tự</th><th scope="col">Đơn vị</th><th scope="col" class="number">${figureWords[figure]} (${unitWords(figure)})</th>${share && html`<th scope="col" class="number">Trên tổng số</th><th scope="col"><span>Mức</span></th>`}</tr></thead>
<tbody>${rankUnits(view.all ?? [], figure).map(({ rank, code, name, number, met, of }) => html`<tr${code === own && html` class="own"`}><td class="number">${rank ?? '–'}</td><th scope="row"><a href="/figures?${new URLSearchParams({ period, unit: code }).toString()}">${name}</a></th><td class="number">${numberWords(figure, number)}</td>${share && html`<td class="number">${of === null || of === 0 ? '–' : `${wholes(met ?? 0, 'vi-VN')}/${wholes(of, 'vi-VN')}`}</td><td>${number !== null && html`<meter min="0" max="100" value="${number}" aria-label="${numberWords(figure, number)} phần trăm"></meter>`}</td>`}</tr>`)}</tbody></table></div>`;
}
