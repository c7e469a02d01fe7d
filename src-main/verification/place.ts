import type { PagePlace } from '../../src-shared/contract/verification.ts';
import { attempt, dictOf, entryOf, type Box, type Page, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { Field } from './fields.ts';
import { findPageNumber, pagesInOrder } from './page-order.ts';

const mmPerPoint = 25.4 / 72;
/** Pages searched for a widget that does not name its own. */
const maxSearched = 5000;

/** Where something is seen: a page from 1, and the part of it, where it has one. */
export type Spot = { readonly page: number; readonly place: PagePlace | null };

/** Where a signature shows: page from 1, millimetres from the top left of the page as displayed. Null when it shows nowhere. Throws `pdf.broken` on damage. */
export function findPlace(file: PdfFile, field: Field): PagePlace | null {
  return findSpots(file, field.widgets).find(({ place }) => place !== null)?.place ?? null;
}

/** One for each widget that lies on a page. Throws `pdf.broken` on damage. */
export function findSpots(file: PdfFile, widgets: readonly number[]): readonly Spot[] {
  return widgets.flatMap((num) => {
    const widget = file.readObject(num);
    if (file.get(widget, 'Rect').kind !== 'array') return [];
    const page = pageOfWidget(file, num, entryOf(widget, 'P'));
    const spot = page === null ? null : spotOn(file, page, file.get(widget, 'Rect'));
    return spotsOf(spot);
  });
}

/** `page`: the object's number. Never throws: a page that cannot be found is not said. */
export function spotOn(file: PdfFile, page: number, rect: PdfObject): Spot | null {
  const found = attempt(() => {
    const number = findPageNumber(file, page);
    const shown = number === null ? null : file.findPage(number - 1);
    if (number === null || shown === null) return null;
    const box = boxOf(file, rect);
    return { page: number, place: box === null ? null : { page: number, ...displayed(shown, box) } };
  });
  return found.ok ? found.value : null;
}

export function spotsOf(spot: Spot | null): readonly Spot[] {
  return spot === null ? [] : [spot];
}

function pageOfWidget(file: PdfFile, widget: number, hint: PdfObject): number | null {
  const holds = (page: number): boolean => {
    const list = file.get(file.readObject(page), 'Annots');
    return list.kind === 'array' && list.items.some((item) => item.kind === 'ref' && item.num === widget);
  };
  if (hint.kind === 'ref' && dictOf(file.resolve(hint)) !== null) return holds(hint.num) ? hint.num : null;
  for (const page of pagesInOrder(file, maxSearched)) if (holds(page)) return page;
  return null;
}

/** Sorted; null when it has no area. */
function boxOf(file: PdfFile, rect: PdfObject): Box | null {
  const array = file.resolve(rect);
  if (array.kind !== 'array' || array.items.length !== 4) return null;
  const [a = 0, b = 0, c = 0, d = 0] = array.items.map((item) => file.resolve(item)).map((item) => (item.kind === 'number' ? item.value : 0));
  return a === c || b === d ? null : [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** Box, rotation and user unit of the page (14.11.2) applied to `[left, bottom, right, top]`. */
function displayed(page: Page, rect: Box): Omit<PagePlace, 'page'> {
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
