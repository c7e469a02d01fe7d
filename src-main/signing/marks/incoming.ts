import type { Mark } from '../../ports/signing.ts';
import { measureText, type DrawRule, type DrawText, type Ink } from '../appearance/draw.ts';
import type { FontStyle } from '../appearance/fonts.ts';
import { balanceText, wrapText } from '../appearance/wrap.ts';
import { mmToPt } from '../geometry.ts';
import type { Layout } from './layout.ts';

/** NĐ 30/2020 App IV: a frame of 35 × 50 mm, lying. The decree names no colour; a stamp is printed in red, and what is written into it in black. */
export const incomingMm = { width: 50, height: 35 } as const;
const framePt = 1.1;
const linePt = 0.6;
const marginMm = 1.8;
/** Heights from the top: the organisation's name, then ĐẾN beside number and date, then two lines over the whole width. */
const nameMm = 9;
const middleMm = 22;
const wordMm = 15.5;
const valuePt = 10.5;
const step = 1.22;

type Row = { readonly label: string; readonly value: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

export function layOutIncoming(mark: Extract<Mark, { kind: 'incoming' }>): Layout {
  const [widthPt, heightPt] = [mmToPt(incomingMm.width), mmToPt(incomingMm.height)];
  const upright = (fromTopMm: number): number => heightPt - mmToPt(fromTopMm);
  const half = (nameMm + middleMm) / 2;
  const right = incomingMm.width - marginMm;
  const beside = [
    { label: 'Số:', value: mark.number, left: wordMm + marginMm, right, top: nameMm, bottom: half },
    { label: 'Ngày:', value: mark.date, left: wordMm + marginMm, right, top: half, bottom: middleMm },
  ];
  const [forward, file] = lowerRows(mark, right);
  const rows = [...beside.map((row) => writeRow(row, fittingSize([row]), upright)), ...[forward, file].map((row) => writeRow(row, fittingSize([forward, file]), upright))];
  const rule = (x: number, y: number, width: number, height: number): DrawRule => ({ x: mmToPt(x), y: upright(y + height), width: mmToPt(width), height: mmToPt(height), strokePt: linePt, ink: 'red' });
  return {
    widthMm: incomingMm.width,
    heightMm: incomingMm.height,
    drawing: {
      widthPt, heightPt, images: [],
      texts: [...writeName(mark.organization, upright), centred('ĐẾN', 17, 0, wordMm, (nameMm + middleMm) / 2, upright), ...rows.flatMap(({ texts }) => texts)],
      rules: [
        { x: framePt / 2, y: framePt / 2, width: widthPt - framePt, height: heightPt - framePt, strokePt: framePt, ink: 'red' },
        rule(0, nameMm, incomingMm.width, 0), rule(0, middleMm, incomingMm.width, 0), rule(wordMm, nameMm, 0, middleMm - nameMm),
        ...rows.flatMap(({ rules }) => rules),
      ],
    },
  };
}

/** Two rows share what is left; the one with more to say gets more of it. */
function lowerRows(mark: Extract<Mark, { kind: 'incoming' }>, right: number): readonly [Row, Row] {
  const rows = [{ label: 'Chuyển:', value: mark.forwardTo }, { label: 'Số và ký hiệu HS:', value: mark.fileCode }] as const;
  const all = incomingMm.height - middleMm;
  for (let size = valuePt; ; size -= 0.5) {
    const lines = rows.map(({ label, value }) => linesOf({ label, value, left: marginMm, right, top: 0, bottom: 0 }, size).length);
    if (size > 6 && mmToPt(all - 1.6) < (lines[0]! + lines[1]!) * size * step) continue;
    const border = middleMm + (all * lines[0]!) / (lines[0]! + lines[1]!);
    return [{ ...rows[0], left: marginMm, right, top: middleMm, bottom: border }, { ...rows[1], left: marginMm, right, top: border, bottom: incomingMm.height }];
  }
}

function fittingSize(rows: readonly Row[]): number {
  for (let size = valuePt; size > 6; size -= 0.5) if (rows.every((row) => linesOf(row, size).length * size * step <= mmToPt(row.bottom - row.top - 0.6))) return size;
  return 6;
}

function linesOf(row: Row, size: number): readonly string[] {
  return wrapText(row.value, size, 'regular', mmToPt(row.right - row.left), indentOf(row, size));
}

function indentOf(row: Row, size: number): number {
  return measureText(`${row.label} `, size, 'regular');
}

/** The label as cut into the stamp, what is written after it, and dots beneath to write on. */
function writeRow(row: Row, size: number, upright: (mm: number) => number): { readonly texts: readonly DrawText[]; readonly rules: readonly DrawRule[] } {
  const lines = linesOf(row, size);
  const indent = indentOf(row, size);
  const left = mmToPt(row.left);
  const width = mmToPt(row.right - row.left);
  const first = upright((row.top + row.bottom) / 2) + ((lines.length - 1) / 2) * size * step - size * 0.3;
  const texts: DrawText[] = [{ text: row.label, x: left, y: first, sizePt: size, font: 'regular', ink: 'red' }];
  const rules: DrawRule[] = [];
  for (const [i, text] of lines.entries()) {
    const x = left + (i === 0 ? indent : 0);
    const y = first - i * size * step;
    if (text !== '') texts.push({ text, x, y, sizePt: size, font: 'regular', widthPt: left + width - x + 0.01 });
    rules.push({ x, y: y - size * 0.2, width: left + width - x, height: 0, strokePt: 0.5, ink: 'red', dotted: true });
  }
  return { texts, rules };
}

function writeName(name: string, upright: (mm: number) => number): readonly DrawText[] {
  const text = name.toLocaleUpperCase('vi');
  const width = mmToPt(incomingMm.width - 2 * marginMm);
  for (let size = 9.5; ; size -= 0.5) {
    const lines = linesOfName(text, size, width);
    if (size > 5.5 && lines.length * size * step > mmToPt(nameMm - 0.8)) continue;
    const first = upright(nameMm / 2) + ((lines.length - 1) / 2) * size * step - size * 0.34;
    return lines.map((line, i): DrawText => ({ text: line, x: mmToPt(marginMm), y: first - i * size * step, sizePt: size, font: 'bold', ink: 'red', widthPt: width + 0.01, align: 'center' }));
  }
}

/** The name of a place begins a line of its own ("ỦY BAN NHÂN DÂN / XÃ SƠN TỊNH"), as on a letter's head. */
const beforePlace = /\s(?=(?:XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN)\s)/u;

function linesOfName(name: string, size: number, width: number): readonly string[] {
  const even = balanceText(name, size, 'bold', width);
  const [unit, ...rest] = name.split(beforePlace);
  const parted = [unit!, rest.join(' ')];
  return even.length === 2 && rest.length > 0 && parted.every((line) => measureText(line, size, 'bold') <= width) ? parted : even;
}

function centred(text: string, sizePt: number, leftMm: number, rightMm: number, middle: number, upright: (mm: number) => number, font: FontStyle = 'bold', ink: Ink = 'red'): DrawText {
  return { text, x: mmToPt(leftMm), y: upright(middle) - sizePt * 0.33, sizePt, font, ink, widthPt: mmToPt(rightMm - leftMm), align: 'center' };
}
