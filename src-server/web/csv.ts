import { figureIds } from '../../src-shared/domain/figures/definitions.ts';
import { figureWords } from '../../src-shared/domain/figures/words.ts';
import type { FiguresResponse } from '../../src-shared/protocol/figures.ts';
import { numberWords } from './words.ts';

/** What the page shows, for a spreadsheet: every unit that may be seen in a line, a mark of UTF-8 at the front. RFC 4180. */
export function figuresCsv(view: FiguresResponse): Uint8Array {
  const head = ['Mã', 'Đơn vị', ...figureIds.map((id) => figureWords[id])];
  const units = view.all ?? [{ ...view.unit, figures: view.figures }];
  const lines = units.map(({ code, name, figures }) => [code, name, ...figureIds.map((id) => numberWords(id, figures.find(({ figure }) => figure === id)?.number ?? null).replaceAll('.', ''))]);
  const average = ['', 'Trung bình', ...figureIds.map((id) => numberWords(id, view.figures.find(({ figure }) => figure === id)?.average ?? null, true).replaceAll('.', ''))];
  return Buffer.from(`\uFEFF${[head, ...lines, average].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`, 'utf8');
}

/** Nothing that a spreadsheet would reckon with. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
