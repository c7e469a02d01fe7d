import type { CanvasElement, Content, TableCell } from 'pdfmake/interfaces.js';
import type { ChangeReport, PagePlace, SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { colours } from './colours.ts';
import { changeLabels, moment } from './report-words.ts';

/** For orientation: where people would rather look than read. Both stand for what the text says too. */

const stationsInRow = 6;
const mostStations = 4 * stationsInRow;

type Station = { readonly revision: number; readonly signatures: readonly number[]; readonly at: string | null; readonly kinds: readonly ChangeReport['kind'][] };

/** How often the file was saved, and what each time brought, from left to right. Null where it was saved once. */
export function drawTimeline({ signatures }: VerificationReport, width: number): Content | null {
  const stations = stationsOf(signatures);
  if (stations.length < 2) return null;
  const shown = stations.slice(0, mostStations);
  const cellWidth = width / stationsInRow;
  const rows: TableCell[][] = [];
  for (let from = 0; from < shown.length; from += stationsInRow) {
    const row = shown.slice(from, from + stationsInRow).map((station, index) => drawStation(station, cellWidth, from + index > 0, from + index < stations.length - 1));
    rows.push([...row, ...Array.from({ length: stationsInRow - row.length }, () => '')]);
  }
  const rest = Math.max(...signatures.map(({ revision }) => revision.of)) - shown.length;
  return {
    stack: [
      { layout: 'bare', table: { widths: Array.from({ length: stationsInRow }, () => cellWidth), dontBreakRows: true, body: rows } },
      ...(rest > 0 ? [{ text: `… và ${rest} lần lưu nữa.`, fontSize: 9, color: colours.quiet }] : []),
    ],
  };
}

function stationsOf(signatures: readonly SignatureReport[]): readonly Station[] {
  const count = Math.max(0, ...signatures.map(({ revision }) => revision.of));
  const kinds = new Map<number, Set<ChangeReport['kind']>>();
  for (const { revision, kind } of signatures.flatMap(({ changesAfter }) => changesAfter.changes)) {
    if (revision !== null) kinds.set(revision, (kinds.get(revision) ?? new Set()).add(kind));
  }
  return Array.from({ length: Math.min(count, 200) }, (_, index) => {
    const revision = index + 1;
    const own = signatures.flatMap((signature, at) => (signature.revision.index === revision ? [at] : []));
    const time = own.map((at) => signatures[at]?.time?.at ?? null).find((at) => at !== null) ?? null;
    return { revision, signatures: own, at: time, kinds: [...(kinds.get(revision) ?? [])] };
  });
}

function isUnlawful(kind: ChangeReport['kind']): boolean {
  return kind === 'forbidden' || kind === 'content-added';
}

const dotY = 8;

function drawStation({ revision, signatures, at, kinds }: Station, width: number, hasBefore: boolean, hasAfter: boolean): TableCell {
  const middle = width / 2;
  const isWrong = kinds.some(isUnlawful);
  const stroke = (x1: number, x2: number): CanvasElement => ({ type: 'line', x1, y1: dotY, x2, y2: dotY, lineWidth: 1, lineColor: colours.hairline });
  const canvas: CanvasElement[] = [...(hasBefore ? [stroke(0, middle - 8)] : []), ...(hasAfter ? [stroke(middle + 8, width)] : []), ...drawDot(middle, signatures.length > 0, isWrong)];
  const others = kinds.filter((kind) => kind !== 'signature' && !(kind === 'timestamp' && signatures.length > 0)).map((kind) => changeLabels[kind]);
  const brought = [...(signatures.length > 0 ? [`Chữ ký ${signatures.map((index) => index + 1).join(', ')}`] : []), ...others];
  return {
    stack: [
      { canvas, alignment: 'left' },
      { text: brought.length > 0 ? brought.join(', ') : revision === 1 ? 'Nội dung ban đầu' : changeLabels.resaved, bold: signatures.length > 0 || isWrong, margin: [2, 3, 2, 0] },
      ...(at === null || signatures.length === 0 ? [] : [{ text: moment(at), color: colours.quiet }]),
      { text: `lần lưu ${revision}`, color: colours.quiet },
    ],
    alignment: 'center', fontSize: 8.5, lineHeight: 1.05, margin: [0, 0, 0, 6],
  };
}

/** A signature is a full disc, a saving without one a ring, content that was added or forbidden a full diamond. */
function drawDot(x: number, isSigned: boolean, isWrong: boolean): readonly CanvasElement[] {
  if (isWrong) return [{ type: 'polyline', closePath: true, points: [{ x, y: dotY - 7 }, { x: x + 7, y: dotY }, { x, y: dotY + 7 }, { x: x - 7, y: dotY }], color: colours.bad }];
  if (isSigned) return [{ type: 'ellipse', x, y: dotY, r1: 6, r2: 6, color: colours.good }];
  return [{ type: 'ellipse', x, y: dotY, r1: 4.5, r2: 4.5, lineWidth: 1.2, lineColor: colours.quiet }];
}

type Sheet = { readonly width: number; readonly height: number; readonly inRow: number; readonly digits: number };

/** A few pages are drawn large enough to be recognized, many small enough to lie side by side. */
const largeSheet: Sheet = { width: 102, height: 144, inRow: 4, digits: 8 };
const smallSheet: Sheet = { width: 58, height: 82, inRow: 6, digits: 6.5 };
const mostPages = 2 * smallSheet.inRow;

type Mark = { readonly place: PagePlace; readonly signature: number | null };

/** The pages that carry signatures or were changed, with the places drawn to scale. Null where nothing shows on a page. */
export function drawPages({ signatures }: VerificationReport): Content | null {
  const marks: Mark[] = signatures.flatMap(({ place, changesAfter, look }, index): Mark[] => [
    ...(place === null ? [] : [{ place, signature: index }]),
    ...[...changesAfter.changes.flatMap((change) => (change.place !== null && isUnlawful(change.kind) ? [change.place] : [])), ...look.pages.flatMap(({ places }) => places)].slice(0, 200).map((changed) => ({ place: changed, signature: null })),
  ]);
  // what changed is drawn over what was signed
  marks.sort((a, b) => Number(a.signature === null) - Number(b.signature === null));
  const pages = [...new Set(marks.map(({ place }) => place.page))].sort((a, b) => a - b);
  if (pages.length === 0) return null;
  const shown = pages.slice(0, mostPages);
  const sheet = shown.length > largeSheet.inRow ? smallSheet : largeSheet;
  const rows: TableCell[][] = [];
  for (let from = 0; from < shown.length; from += sheet.inRow) {
    const row = shown.slice(from, from + sheet.inRow).map((page) => drawPage(page, marks.filter(({ place }) => place.page === page), sheet));
    rows.push([...row, ...Array.from({ length: sheet.inRow - row.length }, () => '')]);
  }
  const rest = pages.length - shown.length;
  const isChanged = marks.some(({ signature }) => signature === null);
  return {
    stack: [
      { layout: 'bare', table: { widths: Array.from({ length: sheet.inRow }, () => sheet.width + 14), dontBreakRows: true, body: rows } },
      { text: `Vị trí vẽ theo tỉ lệ trên khổ A4. Khung liền nét: chữ ký${isChanged ? '; khung nét đứt: chỗ khác với lúc ký' : ''}.${rest > 0 ? ` Còn ${rest} trang nữa không vẽ ở đây.` : ''}`, fontSize: 9, color: colours.quiet },
    ],
  };
}

function drawPage(page: number, marks: readonly Mark[], sheet: Sheet): TableCell {
  // The report does not say how large a page is: A4, turned where something would lie beyond it
  const right = Math.max(...marks.map(({ place }) => place.xMm + place.widthMm));
  const bottom = Math.max(...marks.map(({ place }) => place.yMm + place.heightMm));
  const isTurned = right > 211 && bottom <= 211;
  const [widthMm, heightMm] = isTurned ? [Math.max(297, right), Math.max(210, bottom)] : [Math.max(210, right), Math.max(297, bottom)];
  const scale = Math.min(sheet.width / widthMm, sheet.height / heightMm);
  const [width, height] = [widthMm * scale, heightMm * scale];
  const canvas: CanvasElement[] = [{ type: 'rect', x: 0, y: 0, w: width, h: height, lineWidth: 0.7, lineColor: colours.quiet, color: '#ffffff' }];
  for (const { place, signature } of marks) {
    const [x, y] = [clamp(place.xMm * scale, width), clamp(place.yMm * scale, height)];
    const [w, h] = [Math.max(3, clamp(place.widthMm * scale, width - x)), Math.max(3, clamp(place.heightMm * scale, height - y))];
    canvas.push({ type: 'rect', x, y, w, h, lineWidth: 0.9, lineColor: signature === null ? colours.bad : colours.good, ...(signature === null ? { dash: { length: 1.6 } } : {}) });
  }
  const labels = marks.flatMap(({ place, signature }): Content[] => (signature === null ? [] : [{ text: String(signature + 1), fontSize: sheet.digits, bold: true, color: colours.good, relativePosition: { x: clamp(place.xMm * scale, width) + 1.5, y: clamp(place.yMm * scale, height) - height + 0.3 } }])).slice(0, 8);
  const numbers = marks.flatMap(({ signature }) => (signature === null ? [] : [signature + 1]));
  return {
    stack: [
      { canvas },
      ...labels,
      { text: `Trang ${page}`, margin: [0, 3, 0, 0] },
      { text: numbers.length > 0 ? `Chữ ký ${numbers.slice(0, 8).join(', ')}${numbers.length > 8 ? ' …' : ''}` : 'Chỗ thay đổi', color: colours.quiet },
    ],
    fontSize: 8.5, lineHeight: 1.05, margin: [0, 0, 4, 6],
  };
}

function clamp(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), Math.max(most, 0)) : 0;
}
