import { CircleHelp, CircleSlash, Undo2, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { LineMark } from '../../../src-shared/contract/registers.ts';
import { goTo, hrefOf } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { useRowPx } from '../documents/use-row-px.ts';
import { useScroller, type Scroller } from '../documents/use-scroller.ts';
import { visibleRows, type Window } from '../documents/window.ts';
import type { Book } from './books.ts';
import type { Line, Lines } from './use-lines.ts';

const overscan = 6;
/** Of the height of a row in the lists of documents: three lines of small type, and two where the person wants more on the screen. */
const rowShare = 0.62;

/** A day is never broken: columns that are centred and as wide as this hold one. */
const dateWidth = 8;
const dateRem = 5.5;

/** Beside the words of “Ghi chú”, which say the same. */
const marks = { void: CircleSlash, recalled: Undo2, unknown: CircleHelp } as const satisfies Record<LineMark, LucideIcon>;

export type TableWindow = { readonly box: React.RefObject<HTMLDivElement | null>; readonly rowPx: number; readonly scroller: Scroller; readonly shown: Window };

/** Which rows of a register of `total` lines stand in the box. `part`: another one begins at its top. */
export function useTableWindow(total: number, part: string): TableWindow {
  const box = useRef<HTMLDivElement>(null);
  const rowPx = Math.round(useRowPx() * rowShare);
  const scroller = useScroller(box, total, rowPx);
  const { goTo: scrollTo } = scroller;
  useEffect(() => scrollTo(0), [scrollTo, part]);
  return { box, rowPx, scroller, shown: visibleRows(scroller.topPx, scroller.heightPx, rowPx, Number.MAX_SAFE_INTEGER, overscan) };
}

type RegisterTableProps = { readonly book: Book; readonly lines: Lines; readonly view: TableWindow; readonly label: string };

/** The register with the decree's columns, any number of lines: only those on the screen are in the page, the whole count is told to screen readers. */
export function RegisterTable({ book, lines, view: { box, rowPx, scroller, shown }, label }: RegisterTableProps) {
  const t = useT();
  const { first } = lines;
  if (first === null) return null;
  const { columns } = first.table;
  const grid = { gridTemplateColumns: columns.map(({ width, align }) => `minmax(${align === 'center' && width >= dateWidth ? dateRem : 0}rem, ${width}fr)`).join(' ') };
  const last = Math.min(first.total, shown.last);
  return (
    <div ref={box} className="register-box" role="region" aria-label={label} tabIndex={0} onScroll={scroller.onScroll}>
      <div className="register-table" role="table" aria-label={label} aria-rowcount={first.total + 1} aria-colcount={columns.length}>
        <div className="register-head" role="rowgroup">
          <div role="row" aria-rowindex={1} className="register-row" style={grid}>
            {columns.map(({ title }, at) => <div key={title} role="columnheader" aria-colindex={at + 1} className="register-cell">{title}<small aria-hidden>({at + 1})</small></div>)}
          </div>
        </div>
        <div role="rowgroup" className="register-rows" style={{ height: scroller.map.boxPx }}>
          {Array.from({ length: Math.max(0, last - shown.first) }, (_, at) => shown.first + at).map((index) => {
            const line = lines.at(index);
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className={`register-row${line?.mark ? ` register-${line.mark}` : ''}${line?.id ? ' register-opens' : ''}`}
                style={{ ...grid, top: index * rowPx - scroller.shiftPx, height: rowPx }}
                onClick={() => line?.id && openLine(book, line.id)}
              >
                {line ? <Cells book={book} line={line} centred={columns.map(({ align }) => align)} /> : <div role="cell" className="register-cell quiet">{t('registers.loading')}</div>}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function openLine(book: Book, id: string): void {
  goTo(book.register === 'outgoing' ? 'outgoing' : 'incoming', id);
}

type CellsProps = { readonly book: Book; readonly line: Line; readonly centred: readonly string[] };

/** The number leads to its document; void and recalled ones say so in words beside it. */
function Cells({ book, line, centred }: CellsProps) {
  const t = useT();
  const numberAt = book.register === 'incoming' ? 1 : 0;
  return line.cells.map((text, at): ReactNode => {
    const whole = text === '' ? {} : { title: text };
    const isNumber = at === numberAt;
    const isLast = at === line.cells.length - 1;
    return (
      <div key={at} role="cell" aria-colindex={at + 1} className={`register-cell register-${centred[at] ?? 'left'}`} {...whole}>
        {isNumber && line.id
          ? <a href={hrefOf(book.register === 'outgoing' ? 'outgoing' : 'incoming', line.id)} aria-label={t('registers.open', { number: text })} onClick={(event) => event.stopPropagation()}>{text}</a>
          : isLast && line.mark ? <LineNote mark={line.mark} text={text} /> : <span className="register-words">{text}</span>}
      </div>
    );
  });
}

function LineNote({ mark, text }: { readonly mark: LineMark; readonly text: string }) {
  const Icon = marks[mark];
  return <span className="register-words"><Icon aria-hidden size={14} strokeWidth={2} /> {text}</span>;
}
