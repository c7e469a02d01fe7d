import type { Placement } from '../../../src-shared/contract/signing.ts';
import { AppFailure } from '../../../src-shared/result.ts';
import type { Mark } from '../../ports/signing.ts';
import type { PageRoom } from '../places/find-room.ts';
import { commentSizesPt, fitComment, layOutComment } from './comment.ts';
import { createFreePlaces, type Area, type Point, type Search } from './free-place.ts';
import { incomingMm, layOutIncoming } from './incoming.ts';
import type { Layout } from './layout.ts';
import { layOutLine } from './line.ts';
import { lineParts } from './words.ts';

export type PlacedMark = { readonly place: Placement; readonly layout: Layout };

/** Widths that a line of text is set in, the first that finds room at the top: one line, else a few at the right. */
const lineWidthsMm = [110, 80, 62, 48] as const;
const commentWidthsMm = [75, 95, 120, 165] as const;
/** NĐ 30/2020 App I.I.3: the right margin is 15–20 mm; lines at the top end where the text beneath them ends. */
const rightMarginMm = 16;
const leftMarginMm = 30;
const topMm = 8;
/** How far down a mark at the top may slip before another shape of it is tried. */
const topZoneMm = 30;
const gapMm = 4;
const aside = 2.5;
/** Air about a mark: as it looks well, else what must be. */
const clearancesMm = [5, 3, 1.2] as const;

/** Where a person put it: its corner is obeyed, its size is the mark's own (the width of a text is the frame's), kept on the page. */
export function placeWhereAsked(mark: Mark, at: Date, { page, rect }: Placement, area: Area): PlacedMark {
  const layout = mark.kind === 'incoming' ? layOutIncoming(mark) : mark.kind === 'comment' ? fitComment(mark, at, rect.width, rect.height) : layOutLine(lineParts(mark, at), rect.width);
  const isLine = mark.kind === 'copy' || mark.kind === 'appendix';
  const left = isLine ? rect.x + rect.width - layout.widthMm : rect.x;
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));
  const x = clamp(left, area.widthMm - layout.widthMm);
  const y = clamp(rect.y, area.heightMm - layout.heightMm);
  return { place: { page, rect: { x, y, width: layout.widthMm, height: layout.heightMm } }, layout };
}

/** Where the mark belongs, clear of all that is on the page. Throws `AppFailure(mark.no-room)`. */
export function placeWhereFree(mark: Mark, at: Date, rooms: readonly PageRoom[]): PlacedMark {
  const found = mark.kind === 'incoming' ? placeIncoming(mark, rooms) : mark.kind === 'comment' ? placeComment(mark, at, rooms) : placeLine(lineParts(mark, at), rooms);
  if (found === null) throw new AppFailure('mark.no-room');
  return found;
}

/** Beneath number and notation, beneath the subject where it stands there, or beneath the date (the decree's three places); else as near as can be. */
function placeIncoming(mark: Extract<Mark, { kind: 'incoming' }>, rooms: readonly PageRoom[]): PlacedMark | null {
  const layout = layOutIncoming(mark);
  return firstOf(rooms, (room) => {
    const anchors = [room.head.subject, room.head.number, room.head.date].flatMap((box) => (box === null ? [] : [{ x: box.x + box.width / 2 - incomingMm.width / 2, y: box.y + box.height + gapMm }]));
    const from = anchors.length > 0 ? anchors : [{ x: leftMarginMm, y: 50 }];
    // The decree's own order counts for a few millimetres: a place beneath the number beats an equal one beneath the date
    return search(room, layout, (at) => Math.min(...from.map((anchor, i) => distance(at, anchor) + i * 4)));
  });
}

function placeLine(parts: readonly string[], rooms: readonly PageRoom[]): PlacedMark | null {
  const [room] = rooms;
  if (room === undefined) return null;
  const layouts = lineWidthsMm.filter((width) => width < room.widthMm - 20).map((width) => layOutLine(parts, width));
  const toRight = (layout: Layout) => (at: Point): number => distance(at, { x: room.widthMm - rightMarginMm - layout.widthMm, y: topMm });
  for (const layout of layouts) {
    const top = search(room, layout, (at) => (at.y > topZoneMm || at.x + layout.widthMm < room.widthMm * 0.75 ? Infinity : toRight(layout)(at)));
    if (top !== null) return top;
  }
  for (const layout of layouts) {
    const anywhere = search(room, layout, toRight(layout));
    if (anywhere !== null) return anywhere;
  }
  return null;
}

function placeComment(mark: Extract<Mark, { kind: 'comment' }>, at: Date, rooms: readonly PageRoom[]): PlacedMark | null {
  for (const sizePt of commentSizesPt) {
    for (const widthMm of commentWidthsMm) {
      const layout = layOutComment(mark, at, widthMm, sizePt);
      const found = firstOf(rooms, (room) => search(room, layout, (point) => distance(point, { x: leftMarginMm, y: room.heightMm * 0.55 })));
      if (found !== null) return found;
    }
  }
  return null;
}

function firstOf(rooms: readonly PageRoom[], look: (room: PageRoom) => PlacedMark | null): PlacedMark | null {
  for (const room of rooms) {
    const found = look(room);
    if (found !== null) return found;
  }
  return null;
}

function search(room: PageRoom, layout: Layout, cost: Search['cost']): PlacedMark | null {
  for (const clearMm of clearancesMm) {
    const rect = createFreePlaces(room, room.ink, clearMm)({ width: layout.widthMm, height: layout.heightMm, cost });
    if (rect !== null) return { place: { page: room.page, rect }, layout };
  }
  return null;
}

/** Going aside costs more than going down: a mark looks well beneath what it belongs to, and on its margin. */
function distance(a: Point, b: Point): number {
  return Math.hypot((a.x - b.x) * aside, a.y - b.y);
}
