import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { BoardRow } from '../../../src-shared/contract/tasks.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useSettings } from '../../app/settings.tsx';
import { useT } from '../../i18n/context.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useScroller } from '../documents/use-scroller.ts';
import { visibleRows } from '../documents/window.ts';
import { BoardNothing } from './board-nothing.tsx';
import { BoardRowContent } from './board-row.tsx';
import { keyOf, type BoardPlace, type BoardView } from './board-view.ts';
import { useOfficeCalendar } from './days-left.ts';
import { placeNow, useBoard } from './use-board.ts';
import { useRemPx } from './use-rem-px.ts';

const overscan = 6;
/** A line where there is room for columns, a card of three lines where there is not. In rem. */
const rowRem = { line: { comfortable: 4.25, compact: 3.25 }, card: { comfortable: 6.5, compact: 5 } } as const;
const leastLineRem = 46;

type BoardListProps = {
  readonly view: BoardView;
  /** The document that is open beside it; null on the board alone. */
  readonly open: DocumentId | null;
  readonly place: BoardPlace;
  readonly onPlace: (place: BoardPlace) => void;
  /** With a document open every step shows the next one; on the board alone it is Enter, or a press. */
  readonly onOpen: (row: BoardRow) => void;
  readonly onEscape?: () => void;
  readonly nameOf: (person: string) => string;
};

/** The board as a list box that holds any number of rows; the whole count is told to screen readers. ↑↓ Home End PageUp PageDown move, Enter opens, Esc goes back to the board. */
export function BoardList({ view, open, place, onPlace, onOpen, onEscape, nameOf }: BoardListProps) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { settings: { density } } = useSettings();
  const calendar = useOfficeCalendar();
  const remPx = useRemPx();
  const widthPx = useWidth(box);
  const shape = widthPx >= leastLineRem * remPx ? 'line' : 'card';
  const rowPx = Math.round(rowRem[shape][density] * remPx);
  const [total, setTotal] = useState(0);
  const scroller = useScroller(box, total, rowPx);
  const shown = visibleRows(scroller.topPx, scroller.heightPx, rowPx, Number.MAX_SAFE_INTEGER, overscan);
  const board = useBoard(view, shown);
  const count = board.total ?? 0;
  useLayoutEffect(() => setTotal(count), [count]);
  const held = board.rowAt(placeNow(board, place.key, place.index));
  const current = open !== null && held?.document.id !== open ? board.indexOf((row) => row.document.id === open) : placeNow(board, place.key, place.index);

  // Come back from a document, or to another view: the row that the person was at is in sight
  const settled = scroller.map.wholePx === count * rowPx && count > 0;
  const shownFor = useRef<string | null>(null);
  const viewKey = JSON.stringify(view);
  useLayoutEffect(() => {
    if (!settled || shownFor.current === viewKey) return;
    shownFor.current = viewKey;
    if (place.index === 0) scroller.goTo(0);
    else scroller.show(place.index);
  }, [settled, viewKey, place.index, scroller]);

  // A row that was moved to and is still on its way is opened when it is here
  const [awaited, setAwaited] = useState<number | null>(null);
  const arrived = awaited === null ? undefined : board.rowAt(awaited);
  useEffect(() => {
    if (arrived === undefined || awaited === null) return;
    setAwaited(null);
    onPlace({ index: awaited, key: keyOf(arrived) });
    if (open !== null) onOpen(arrived);
  }, [arrived, awaited, open, onOpen, onPlace]);

  function move(to: number): void {
    const next = Math.max(0, Math.min(count - 1, to));
    scroller.show(next);
    const row = board.rowAt(next);
    onPlace({ index: next, key: row ? keyOf(row) : null });
    setAwaited(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return;
    const page = Math.max(1, Math.floor(scroller.heightPx / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
    const by = moves[event.key];
    const row = board.rowAt(current);
    if (by !== undefined) move(Math.max(0, current) + by);
    else if (event.key === 'Enter' && row) onOpen(row);
    else if (event.key === 'Escape' && onEscape) onEscape();
    else return;
    event.preventDefault();
  }

  function press(index: number, row: BoardRow | undefined): void {
    box.current?.focus();
    if (!row) return;
    onPlace({ index, key: keyOf(row) });
    onOpen(row);
  }

  return (
    <>
      <ErrorNote error={board.error} />
      <div className="list-frame">
        <div
          ref={box}
          className={`list board-list board-${shape}`}
          role="listbox"
          tabIndex={0}
          aria-label={t('board.label')}
          aria-busy={board.total === null}
          aria-activedescendant={count > 0 && current >= 0 ? `${id}-${current}` : undefined}
          onScroll={scroller.onScroll}
          onKeyDown={onKeyDown}
        >
          <div className="list-whole" role="presentation" style={{ height: scroller.map.boxPx }}>
            {range(shown.first, Math.min(count, shown.last)).map((index) => {
              const row = board.rowAt(index);
              return (
                <div
                  key={row ? keyOf(row) : index}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === current}
                  aria-setsize={count}
                  aria-posinset={index + 1}
                  aria-label={row ? undefined : t('list.loading')}
                  className={`row board-row${row?.due === 'late' ? ' board-row-late' : ''}${open !== null && index === current ? ' row-open' : ''}`}
                  style={{ top: index * rowPx - scroller.shiftPx, height: rowPx }}
                  onClick={() => press(index, row)}
                >
                  {row ? <BoardRowContent row={row} name={view.person === null ? nameOf(row.task.person) : ''} calendar={calendar} /> : <span className="row-coming" aria-hidden />}
                </div>
              );
            })}
          </div>
        </div>
        {board.total === 0 && <BoardNothing view={view} />}
        {board.total === null && !board.error && <p className="list-loading" role="status">{t('list.loading')}</p>}
      </div>
    </>
  );
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidthPx(element.clientWidth);
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return widthPx;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}
