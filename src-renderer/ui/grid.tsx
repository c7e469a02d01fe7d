import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';

export type GridColumn<T> = {
  readonly id: string;
  readonly name: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand to the right. */
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** The column that names the row to whoever hears it. */
  readonly rowHeader?: boolean;
};

export type GridSort = { readonly column: string; readonly direction: 'ascending' | 'descending' };

type GridProps<T> = {
  readonly label: string;
  readonly columns: readonly GridColumn<T>[];
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  /** Enter, or two clicks, on a row. */
  readonly onOpen?: (id: string) => void;
  /** Said when there is no row. */
  readonly empty: ReactNode;
};

/** A table of some hundred rows at most: columns that sort, rows that can be chosen and opened by keyboard. Long lists are virtual and stand elsewhere. */
export function Grid<T>({ label, columns, rows, rowId, sort, onSort, selected = null, onSelect, onOpen, empty }: GridProps<T>) {
  const header = columns.some((column) => column.rowHeader) ? null : columns[0]?.id;
  return (
    <div className="grid-scroll">
      <Table
        aria-label={label}
        className="grid"
        selectionMode={onSelect ? 'single' : 'none'}
        selectionBehavior="replace"
        selectedKeys={selected === null ? [] : [selected]}
        {...(onSelect ? { onSelectionChange: (keys) => { const [key] = keys === 'all' ? [] : keys; if (key !== undefined) onSelect(String(key)); } } : {})}
        {...(onOpen ? { onRowAction: (key) => onOpen(String(key)) } : {})}
        {...(sort ? { sortDescriptor: sort } : {})}
        {...(onSort ? { onSortChange: ({ column, direction }) => onSort({ column: String(column), direction }) } : {})}
      >
        <TableHeader>
          {columns.map((column) => (
            <Column key={column.id} id={column.id} isRowHeader={column.rowHeader ?? column.id === header} allowsSorting={column.sortable === true && onSort !== undefined} className={`grid-head grid-${column.align ?? 'start'}`}>
              {({ allowsSorting, sortDirection }) => (
                <span className="grid-head-words">
                  {column.name}
                  {allowsSorting && (sortDirection === 'ascending' ? <ArrowUp aria-hidden size={14} strokeWidth={2} /> : sortDirection === 'descending' ? <ArrowDown aria-hidden size={14} strokeWidth={2} /> : <ArrowUpDown aria-hidden className="grid-unsorted" size={14} strokeWidth={2} />)}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => empty}>
          {rows.map((row) => (
            <Row key={rowId(row)} id={rowId(row)} className="grid-row">
              {columns.map((column) => <Cell key={column.id} className={`grid-cell grid-${column.align ?? 'start'}`}>{column.cell(row)}</Cell>)}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
