import { ArrowUp } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useLetter } from '../../app/shortcuts.ts';
import { replaceRoute } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { NothingHere } from './nothing-here.tsx';
import { RowContent } from './row.tsx';
import { useAnchor } from './use-anchor.ts';
import { useArrivals } from './use-arrivals.ts';
import { useDocumentList } from './use-document-list.ts';
import { useRowPx } from './use-row-px.ts';
import { useScroller } from './use-scroller.ts';
import { useSnippets } from './use-snippets.ts';
import type { ChosenDocuments } from './use-chosen.ts';
import { visibleRows } from './window.ts';

const overscan = 6;
/** Lines of contents are asked for by so many rows, so that scrolling asks seldom. */
const snippetRows = 20;

type ListProps = { readonly of: ListQuery; readonly selected: DocumentId | null; readonly chosen: ChosenDocuments; readonly onOpen?: () => void; readonly onPick?: () => void; readonly onClear: () => void };

/**
 * A folder as a list box that holds any number of rows: only those on the screen are in the page, the whole count is told to screen readers.
 * ↑↓ Home End PageUp PageDown choose, Shift adds a range, Ctrl+Space one more, Ctrl+A all, Esc none, Enter goes to the document.
 */
export function DocumentListBox({ of, selected, chosen, onOpen, onPick, onClear }: ListProps) {
  const t = useT();
  const id = useId();
  const { folder } = of;
  const box = useRef<HTMLDivElement>(null);
  const rowPx = useRowPx();
  // The total is not known before the first answer; the list then clips the window.
  const [total, setTotal] = useState(0);
  const scroller = useScroller(box, total, rowPx);
  const shown = visibleRows(scroller.topPx, scroller.heightPx, rowPx, Number.MAX_SAFE_INTEGER, overscan);
  const list = useDocumentList(of, shown);
  const count = list.total ?? 0;
  const asked = range(Math.floor(shown.first / snippetRows) * snippetRows, Math.min(count, Math.ceil(shown.last / snippetRows) * snippetRows));
  const snippets = useSnippets(asked.flatMap((index) => list.rowAt(index)?.document.id ?? []), of.query);
  useLayoutEffect(() => setTotal(count), [count]);
  const selectedIndex = selected ? list.indexOf(selected) : -1;

  // Where the person is, also while that row's page is still on its way or was scrolled out of what is held.
  const position = useRef(0);
  const [awaited, setAwaited] = useState<{ readonly index: number; readonly extend: boolean } | null>(null);
  if (selectedIndex >= 0 && awaited === null) position.current = selectedIndex;
  const arrived = awaited === null ? undefined : list.rowAt(awaited.index)?.document.id;
  useEffect(() => {
    if (!arrived || !awaited) return;
    setAwaited(null);
    if (awaited.extend) void chosen.extendTo(arrived);
    replaceRoute(folder, arrived);
  }, [arrived, awaited, chosen, folder]);

  const key = JSON.stringify(of);
  useEffect(() => {
    scroller.goTo(0);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another question begins at its top
  }, [key]);
  useAnchor({ of, list, scroller, rowPx });
  // What a narrowed list leaves out is not above it
  const narrowed = of.query !== '' || (of.quick ?? []).length > 0;
  const fresh = useArrivals(folder, scroller.topPx === 0 || narrowed);

  // A folder opens on its first document, so that one look says what is new.
  const first = list.rowAt(0)?.document.id;
  useEffect(() => {
    if (!selected && first) replaceRoute(folder, first);
  }, [selected, first, folder]);

  function choose(index: number, extend = false): void {
    const next = Math.max(0, Math.min(count - 1, index));
    position.current = next;
    setAwaited({ index: next, extend });
    scroller.show(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey) return;
    const { key: pressed } = event;
    if (event.ctrlKey || event.metaKey) {
      if (pressed === 'a') void chosen.all();
      else if (pressed === ' ' && selected) chosen.toggle(selected);
      else return;
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(scroller.heightPx / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
    const move = moves[pressed];
    if (move !== undefined) {
      event.preventDefault();
      if (!event.shiftKey) chosen.clear();
      choose(position.current + move, event.shiftKey);
    } else if (pressed === 'Enter') {
      event.preventDefault();
      onOpen?.();
    } else if (pressed === 'Escape' && chosen.count > 0) {
      event.preventDefault();
      chosen.clear();
    }
  }

  function onClick(event: MouseEvent, index: number, row: DocumentId | undefined): void {
    box.current?.focus();
    if (row && (event.ctrlKey || event.metaKey)) return chosen.toggle(row);
    if (!event.shiftKey) chosen.clear();
    choose(index, event.shiftKey);
    if (!event.shiftKey) onPick?.();
  }

  function step(by: 1 | -1): void {
    chosen.clear();
    choose(position.current + by);
  }
  useLetter('j', () => step(1));
  useLetter('k', () => step(-1));

  return (
    <>
      <ErrorNote error={list.error} />
      <div className="list-frame">
        {fresh.count > 0 && (
          <div className="list-fresh">
            <Button size="small" kind="strong" icon={ArrowUp} onPress={() => { scroller.goTo(0); fresh.seen(); }}>{t('list.fresh', { count: fresh.count })}</Button>
          </div>
        )}
        <div
          ref={box}
          className="list"
          role="listbox"
          tabIndex={0}
          aria-label={t(`nav.${folder}`)}
          aria-multiselectable
          aria-busy={list.total === null}
          aria-activedescendant={selectedIndex >= 0 ? `${id}-${selectedIndex}` : undefined}
          onScroll={scroller.onScroll}
          onKeyDown={onKeyDown}
        >
          <div className="list-whole" role="presentation" style={{ height: scroller.map.boxPx }}>
            {range(shown.first, Math.min(count, shown.last)).map((index) => {
              const row = list.rowAt(index);
              const isChosen = row !== undefined && (chosen.count > 0 ? chosen.has(row.document.id) : index === selectedIndex);
              return (
                <div
                  key={row?.document.id ?? index}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={isChosen}
                  aria-setsize={count}
                  aria-posinset={index + 1}
                  aria-label={row ? undefined : t('list.loading')}
                  className={`row${row && !row.read && row.document.direction === 'incoming' ? ' row-new' : ''}${index === selectedIndex ? ' row-open' : ''}`}
                  style={{ top: index * rowPx - scroller.shiftPx, height: rowPx }}
                  onClick={(event) => onClick(event, index, row?.document.id)}
                >
                  {row ? <RowContent row={row} folder={folder} foundIn={snippets.get(row.document.id)} /> : <span className="row-coming" aria-hidden />}
                </div>
              );
            })}
          </div>
        </div>
        {/* Beside the list box: what is in it are its options */}
        {list.total === 0 && <NothingHere of={of} onClear={onClear} />}
        {list.total === null && !list.error && <p className="list-loading" role="status">{t('list.loading')}</p>}
      </div>
    </>
  );
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}
