import type { Page } from 'playwright-core';
import { wordsOf, type Word } from './judge.ts';
import type { Blank, Truth } from './truth.ts';

type Piece = { readonly text: string; readonly left: number; readonly right: number };
type Row = { readonly pieces: readonly Piece[]; readonly top: number; readonly bottom: number };

/** Words whose boxes nearly touch are one word that the producer cut ("S|ơ|n"). */
const joinMm = 0.5;
/** Between two columns. */
const columnMm = 14;
const spaceMm = 1.15;
/** Liberation Serif's box is this many sizes high. */
const boxPerSize = 1.107;

/** Each word where it stands in the fixture: the same letter by another producer. */
export function placedHtml(pdf: Uint8Array, pages: number): string {
  return sheet(pages, (page) => linesOf(wordsOf(pdf, page)).flatMap((line) => {
    // A word borrowed from another font has a taller box; the line's own is the lowest
    const own = line.toSorted((a, b) => a.bottom - a.top - (b.bottom - b.top))[0]!;
    return line.map((word) => `<span style="position:absolute;white-space:pre;line-height:1;left:${word.left}mm;top:${own.top}mm;font-size:${(own.bottom - own.top) / boxPerSize}mm">${escape(word.text)}</span>`);
  }).join(''));
}

/** The same words as one types them: rows that flow, two columns as a table, blanks as runs of spaces, kept distances between rows. */
export function flowingHtml(pdf: Uint8Array, pages: number): string {
  return sheet(pages, (page) => {
    let end = 0;
    return rowsOf(wordsOf(pdf, page)).map((row) => {
      const html = `<div class="row" style="margin-top:${Math.max(0, row.top - end).toFixed(2)}mm">${row.pieces.map((piece, i) => cell(piece, row.pieces[i - 1]?.right ?? 0)).join('')}</div>`;
      end = Math.max(end, row.top) + 5.4;
      return html;
    }).join('');
  });
}

/** What Chromium itself says of where blanks and the signer's lines came to stand. `signer`: text of the title's last line and of the name. */
export async function truthOf(page: Page, signer: { readonly page: number; readonly title: string; readonly name: string }): Promise<Truth> {
  const found = await page.evaluate(({ signer: wanted }) => {
    const mm = 25.4 / 96;
    const sheets = [...document.querySelectorAll('section')];
    const rangesOf = (sheetIndex: number, pattern: RegExp): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }[] => {
      const section = sheets[sheetIndex]!;
      const base = section.getBoundingClientRect();
      return [...section.querySelectorAll('.cell')].flatMap((one) => {
        const node = one.firstChild;
        const match = node === null ? null : pattern.exec((node.textContent ?? '').normalize('NFC'));
        if (node === null || match === null) return [];
        return match.indices!.slice(1).map((span) => {
          const range = document.createRange();
          range.setStart(node, span![0]);
          range.setEnd(node, span![1]);
          const box = range.getBoundingClientRect();
          return { left: (box.left - base.left) * mm, right: (box.right - base.left) * mm, top: (box.top - base.top) * mm, bottom: (box.bottom - base.top) * mm };
        });
      });
    };
    const exact = (text: string): RegExp => new RegExp(`^\\s*(${text})\\s*$`, 'd');
    return {
      number: rangesOf(0, /Số:(\s+)\//d)[0]!, date: rangesOf(0, /ngày(\s+)tháng(\s+)năm/d),
      title: rangesOf(wanted.page - 1, exact(wanted.title)).at(-1)!, name: rangesOf(wanted.page - 1, exact(wanted.name)).at(-1)!,
    };
  }, { signer });
  const blank = (box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }): Blank => ({ left: box.left, right: box.right, middle: (box.top + box.bottom) / 2 });
  const { title, name } = found;
  return { number: blank(found.number), day: blank(found.date[0]!), month: blank(found.date[1]!), signer: { page: signer.page, axis: (title.left + title.right + name.left + name.right) / 4, below: title.bottom, above: name.top } };
}

function sheet(pages: number, body: (page: number) => string): string {
  const sections = Array.from({ length: pages }, (_, i) => `<section>${body(i + 1)}</section>`).join('');
  return `<!doctype html><meta charset="utf-8"><style>
    @page { size: 210mm 297mm; margin: 0 }
    * { margin: 0; padding: 0 }
    body { width: 210mm; font-family: 'Liberation Serif', 'Times New Roman', serif }
    section { position: relative; width: 210mm; height: 296.9mm; overflow: hidden; break-after: page }
    section:last-child { break-after: auto }
    .row { display: flex; height: 5.4mm; font-size: 13pt; line-height: 5.4mm; white-space: pre }
    .cell { flex: none }
  </style>${sections}`;
}

function cell(piece: Piece, from: number): string {
  return `<span class="cell" style="position:absolute;left:${piece.left}mm" data-from="${from}">${escape(piece.text)}</span>`;
}

function linesOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const rows: Word[][] = [];
  for (const word of words.toSorted((a, b) => a.top - b.top || a.left - b.left)) {
    const middle = (word.top + word.bottom) / 2;
    const row = rows.findLast((one) => middle > one[0]!.top + 1 && middle < one[0]!.bottom - 1);
    if (row === undefined) rows.push([word]);
    else row.push(word);
  }
  return rows;
}

/** Words of one line, in columns. */
function rowsOf(words: readonly Word[]): readonly Row[] {
  return linesOf(words).map((row) => {
    const pieces: { text: string; left: number; right: number }[] = [];
    for (const word of row.toSorted((a, b) => a.left - b.left)) {
      const last = pieces.at(-1);
      const gap = last === undefined ? Infinity : word.left - last.right;
      if (last === undefined || gap > columnMm) pieces.push({ text: word.text, left: word.left, right: word.right });
      else {
        last.text += (gap < joinMm ? '' : ' '.repeat(Math.max(1, Math.round(gap / spaceMm)))) + word.text;
        last.right = word.right;
      }
    }
    return { pieces, top: Math.min(...row.map((word) => word.top)), bottom: Math.max(...row.map((word) => word.bottom)) };
  }).toSorted((a, b) => a.top - b.top);
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
