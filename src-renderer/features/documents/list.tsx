import { FileText, SearchX } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Folder } from '../../../src-shared/contract/documents.ts';
import { replaceRoute } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { RowContent } from './row.tsx';
import { useDocumentList } from './use-document-list.ts';
import { scrollToShow, visibleRows } from './window.ts';

const rowPx = 104;

type ListProps = { readonly folder: Folder; readonly query: string; readonly selected: string | null; readonly onOpen?: () => void };

/**
 * A folder as a list box that holds any number of rows: only those on the screen are in the page, the whole count is told to
 * screen readers. ↑↓ Home End PageUp PageDown choose, Enter goes to the document.
 */
export function DocumentListBox({ folder, query, selected, onOpen }: ListProps) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ topPx: 0, heightPx: 800 });
  // The total is not known before the first answer; the list then clips the window.
  const wanted = visibleRows(place.topPx, place.heightPx, rowPx, Number.MAX_SAFE_INTEGER, 6);
  const list = useDocumentList(folder, query, wanted);
  const total = list.total ?? 0;
  const shown = visibleRows(place.topPx, place.heightPx, rowPx, total, 6);
  const selectedIndex = selected ? list.indexOf(selected) : -1;
  // Where the person is, also while that row's page is still on its way or was scrolled out of what is held.
  const position = useRef(0);
  const [awaited, setAwaited] = useState<number | null>(null);
  if (selectedIndex >= 0 && awaited === null) position.current = selectedIndex;
  const arrived = awaited === null ? undefined : list.rowAt(awaited)?.document.id;
  useEffect(() => {
    if (!arrived) return;
    setAwaited(null);
    replaceRoute(folder, arrived);
  }, [arrived, folder]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setPlace({ topPx: element.scrollTop, heightPx: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [folder, query]);

  // A folder opens on its first document, so that one look says what is new.
  const first = list.rowAt(0)?.document.id;
  useEffect(() => {
    if (!selected && first) replaceRoute(folder, first);
  }, [selected, first, folder]);

  function choose(index: number): void {
    const next = Math.max(0, Math.min(total - 1, index));
    position.current = next;
    setAwaited(next);
    const element = box.current;
    if (element) element.scrollTop = scrollToShow(next, element.scrollTop, element.clientHeight, rowPx);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(place.heightPx / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      choose(position.current + move);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen?.();
    }
  }

  return (
    <>
      <ErrorNote error={list.error} />
      <div
        ref={box}
        className="list"
        role="listbox"
        tabIndex={0}
        aria-label={t(`nav.${folder}`)}
        aria-activedescendant={selectedIndex >= 0 ? `${id}-${selectedIndex}` : undefined}
        onScroll={(event) => setPlace({ topPx: event.currentTarget.scrollTop, heightPx: event.currentTarget.clientHeight })}
        onKeyDown={onKeyDown}
      >
        <div className="list-whole" role="presentation" style={{ height: total * rowPx }}>
          {range(shown.first, shown.last).map((index) => {
            const row = list.rowAt(index);
            return (
              <div
                key={row?.document.id ?? index}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === selectedIndex}
                aria-setsize={total}
                aria-posinset={index + 1}
                className={`row${row?.document.stage === 'arrived' ? ' row-new' : ''}`}
                style={{ top: index * rowPx, height: rowPx }}
                onClick={() => choose(index)}
              >
                {row && <RowContent row={row} folder={folder} />}
              </div>
            );
          })}
        </div>
        {list.total === 0 && (query ? <Empty icon={SearchX}>{t('list.noMatch', { query })}</Empty> : <Empty icon={FileText}>{t(`list.empty.${folder}`)}</Empty>)}
        {list.total === null && !list.error && <p className="list-loading">{t('list.loading')}</p>}
      </div>
    </>
  );
}

export function useFolderTotal(folder: Folder, query: string): number | null {
  return useDocumentList(folder, query, { first: 0, last: 1 }).total;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}
