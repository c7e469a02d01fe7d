import { entryOf, type Page, type PdfFile } from '../pdf/index.ts';
import type { SignatureReport } from '../../src-shared/contract/verification.ts';
import type { Field } from './fields.ts';

const mmPerPoint = 25.4 / 72;
/** Pages searched for a widget; a signature further on is reported without its place. */
const maxPages = 5000;

/** Where a signature shows: page from 1, millimetres from the top left of the page as displayed. Null when it shows nowhere. Throws `pdf.broken` on damage. */
export function findPlace(file: PdfFile, field: Field): SignatureReport['place'] {
  for (const num of field.widgets) {
    const widget = file.readObject(num);
    const rect = file.get(widget, 'Rect');
    if (rect.kind !== 'array' || rect.items.length !== 4) continue;
    const [a = 0, b = 0, c = 0, d = 0] = rect.items.map((item) => file.resolve(item)).map((item) => (item.kind === 'number' ? item.value : 0));
    if (a === c || b === d) continue;
    const found = findPageOf(file, num, entryOf(widget, 'P'));
    if (found !== null) return { page: found.index + 1, ...displayed(found.page, [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]) };
  }
  return null;
}

function findPageOf(file: PdfFile, widget: number, hint: ReturnType<typeof entryOf>): { readonly index: number; readonly page: Page } | null {
  for (let index = 0; index < Math.min(file.pageCount, maxPages); index += 1) {
    const page = file.findPage(index);
    if (page === null) return null;
    if (hint.kind === 'ref' && hint.num !== page.num) continue;
    const list = file.get(page.dict, 'Annots');
    if (list.kind === 'array' && list.items.some((item) => item.kind === 'ref' && item.num === widget)) return { index, page };
  }
  return null;
}

/** Box, rotation and user unit of the page (14.11.2) applied to `[left, bottom, right, top]`. */
function displayed(page: Page, rect: readonly [number, number, number, number]): { readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number } {
  const [left, bottom, right, top] = page.cropBox;
  const [x0, y0, x1, y1] = rect;
  const [x, y, width, height] = {
    0: [x0 - left, top - y1, x1 - x0, y1 - y0],
    90: [y0 - bottom, x0 - left, y1 - y0, x1 - x0],
    180: [right - x1, y0 - bottom, x1 - x0, y1 - y0],
    270: [top - y1, right - x1, y1 - y0, x1 - x0],
  }[page.rotate] ?? [0, 0, 0, 0];
  const mm = (points: number | undefined): number => Math.round((points ?? 0) * page.userUnit * mmPerPoint * 100) / 100;
  return { xMm: mm(x), yMm: mm(y), widthMm: mm(width), heightMm: mm(height) };
}
