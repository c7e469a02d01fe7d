import { plain } from '../plain-text.ts';
import { lineHeight, type Sheet, type Structure, type Style } from './sheet.ts';
import { printable } from './wrap.ts';

const nation = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
const motto = 'Độc lập - Tự do - Hạnh phúc';

/** Sizes of NĐ 30/2020 App I: bodies and the nation's name 12–13, motto and day 13–14. */
const styles = {
  parent: { font: 'regular', size: 12 }, body: { font: 'bold', size: 12 }, nation: { font: 'bold', size: 12 }, motto: { font: 'bold', size: 13 }, day: { font: 'italic', size: 13 },
  title: { font: 'bold', size: 14 }, subtitle: { font: 'regular', size: 13 }, note: { font: 'regular', size: 12 }, signer: { font: 'bold', size: 12 }, hint: { font: 'italic', size: 12 }, name: { font: 'bold', size: 13 },
} as const satisfies Record<string, Style>;

/** Room for a signature and a seal of 42 mm, which goes a third into it (App I, II.7 and II.8). */
const signatureRoom = 74;

export type Bodies = { readonly parentBody: string | null; readonly body: string; readonly placeAndDate: string };

/** NĐ 30/2020 App I, boxes 1, 2 and 4: who issues on the left, the nation on the right, place and day beneath it. Returns where it ends. */
export function drawLetterhead(sheet: Sheet, { parentBody, body, placeAndDate }: Bodies): number {
  const { left, top, width } = sheet;
  const rightWidth = Math.max(width * 0.54, sheet.measure(styles.nation)(nation) + 8);
  const leftWidth = width - rightWidth - 8;
  const leftBox = { x: left, width: leftWidth, align: 'center' as const };
  const rightBox = { x: left + width - rightWidth, width: rightWidth, align: 'center' as const };
  const header = sheet.element('Div', null);
  let y = top;
  if (parentBody !== null && parentBody !== '') y = paragraph(sheet, header, sheet.balance(capitals(parentBody), leftWidth, styles.parent), { ...leftBox, y }, styles.parent);
  const lines = sheet.balance(capitals(body), leftWidth, styles.body);
  y = paragraph(sheet, header, lines, { ...leftBox, y }, styles.body);
  // a third to a half of the line above it
  const length = Math.max(24, sheet.measure(styles.body)(lines.at(-1) ?? '') * 0.42);
  sheet.adorn(() => sheet.rule(left + (leftWidth - length) / 2, y + 2.5, left + (leftWidth + length) / 2, y + 2.5, 0.7));
  const leftEnd = y + 4;
  y = paragraph(sheet, header, [nation], { ...rightBox, y: top }, styles.nation);
  y = paragraph(sheet, header, [motto], { ...rightBox, y }, styles.motto);
  // as long as the motto
  const under = sheet.measure(styles.motto)(motto);
  sheet.adorn(() => sheet.rule(rightBox.x + (rightWidth - under) / 2, y + 2.5, rightBox.x + (rightWidth + under) / 2, y + 2.5, 0.7));
  if (placeAndDate !== '') y = paragraph(sheet, header, sheet.wrap(printable(placeAndDate), rightWidth, styles.day), { ...rightBox, y: y + 10 }, styles.day);
  header.end();
  return Math.max(leftEnd, y + 4);
}

export function drawTitle(sheet: Sheet, y: number, title: string, subtitle: string): number {
  const box = { x: sheet.left, width: sheet.width, align: 'center' as const };
  let at = paragraph(sheet, null, sheet.balance(capitals(title), sheet.width * 0.86, styles.title), { ...box, y: y + 14 }, styles.title, 'H1');
  if (subtitle !== '') {
    const width = sheet.width * 0.86;
    at = paragraph(sheet, null, sheet.balance(printable(subtitle), width, styles.subtitle), { ...box, x: sheet.left + (sheet.width - width) / 2, width, y: at + 2 }, styles.subtitle);
  }
  return at + 10;
}

export type Tail = { readonly notes: readonly string[]; readonly signers: readonly { readonly title: string; readonly name: string }[] };

/** How much room notes and signature places take below a table. */
export function tailHeight(sheet: Sheet, tail: Tail): number {
  const { titles, names, hints } = places(sheet, tail);
  const signatures = tail.signers.length === 0 ? 0 : 16 + mostOf(titles) * styles.signer.size * lineHeight + (hints ? styles.hint.size * lineHeight : 0) + signatureRoom + mostOf(names) * styles.name.size * lineHeight;
  return notesHeight(sheet, tail) + signatures;
}

/** Notes go over as many pages as they need; places for signatures stay together on one. */
export async function drawTail(sheet: Sheet, from: number, tail: Tail): Promise<number> {
  let y = from + (tail.notes.length === 0 ? 0 : 6);
  for (const note of tail.notes) {
    const lines = sheet.wrap(printable(note), sheet.width, styles.note);
    const element = sheet.element('P', null);
    for (let at = 0; at < lines.length; ) {
      const fit = Math.floor((sheet.bottom - y) / (styles.note.size * lineHeight));
      if (fit < 1) {
        await sheet.turn();
        y = sheet.top;
        continue;
      }
      const part = lines.slice(at, at + fit);
      sheet.tell(element, 'P', () => void (y = sheet.write(part, { x: sheet.left, y, width: sheet.width, align: 'left' }, styles.note)));
      at += part.length;
    }
    element.end();
    y += 2;
  }
  if (tail.signers.length === 0) return y;
  if (y + tailHeight(sheet, { ...tail, notes: [] }) > sheet.bottom) {
    await sheet.turn();
    y = sheet.top;
  }
  return drawSigners(sheet, y + 16, tail);
}

function drawSigners(sheet: Sheet, from: number, tail: Tail): number {
  const { titles, names, column, hints } = places(sheet, tail);
  const nameY = from + mostOf(titles) * styles.signer.size * lineHeight + (hints ? styles.hint.size * lineHeight : 0) + signatureRoom;
  let end = nameY;
  for (const [index, { name }] of tail.signers.entries()) {
    // who signs alone signs at the right (App I, box 7)
    const box = { x: sheet.left + sheet.width - (tail.signers.length - index) * column, width: column, align: 'center' as const };
    const place = sheet.element('Div', null);
    const y = paragraph(sheet, place, titles[index] ?? [], { ...box, y: from }, styles.signer);
    if (name === '') paragraph(sheet, place, ['(Ký, ghi rõ họ tên)'], { ...box, y }, styles.hint);
    else end = Math.max(end, paragraph(sheet, place, names[index] ?? [], { ...box, y: nameY }, styles.name));
    place.end();
  }
  return end;
}

/** Lines under one element of the structure; returns where they end. */
export function paragraph(sheet: Sheet, parent: Structure | null, lines: readonly string[], at: { readonly x: number; readonly y: number; readonly width: number; readonly align: 'left' | 'center' | 'right' }, style: Style, type = 'P'): number {
  const element = sheet.element(type, parent);
  let end = at.y;
  sheet.tell(element, type, () => void (end = sheet.write(lines, at, style)));
  element.end();
  return end;
}

function places(sheet: Sheet, { signers }: Tail): { readonly titles: readonly (readonly string[])[]; readonly names: readonly (readonly string[])[]; readonly column: number; readonly hints: boolean } {
  const column = sheet.width / Math.max(2, signers.length);
  return {
    column,
    titles: signers.map(({ title }) => sheet.balance(capitals(title), column - 16, styles.signer)),
    names: signers.map(({ name }) => sheet.wrap(plain(name, 200), column - 16, styles.name)),
    hints: signers.some(({ name }) => name === ''),
  };
}

function notesHeight(sheet: Sheet, { notes }: Tail): number {
  return notes.reduce((sum, note) => sum + sheet.wrap(printable(note), sheet.width, styles.note).length * styles.note.size * lineHeight + 2, notes.length === 0 ? 0 : 6);
}

function capitals(text: string): string {
  return plain(text, 300).toLocaleUpperCase('vi');
}

function mostOf(lists: readonly (readonly string[])[]): number {
  return lists.reduce((most, lines) => Math.max(most, lines.length), 0);
}
