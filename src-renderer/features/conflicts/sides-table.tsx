import type { ReactNode } from 'react';
import { useT } from '../../i18n/context.tsx';
import type { Difference, Field, Piece } from './differences.ts';

type SidesTableProps = {
  readonly labelledBy: string;
  readonly different: readonly Difference[];
  readonly label: (field: Field) => string;
  /** What they do not differ in, in words; null: nothing. */
  readonly same: string | null;
  readonly mine: ReactNode;
  readonly theirs: ReactNode;
  readonly chooseMine: ReactNode;
  readonly chooseTheirs: ReactNode;
};

/** Two versions in two columns, a row for each thing that they differ in; the choice of a version stands at the foot of its column. */
export function SidesTable({ labelledBy, different, label, same, mine, theirs, chooseMine, chooseTheirs }: SidesTableProps) {
  const t = useT();
  // Roles are said again, because narrow.css lays the rows out by itself
  return (
    <table className="sides" role="table" aria-labelledby={labelledBy}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col"><span className="sr-only">{t('conflicts.field')}</span></th>
          <th role="columnheader" scope="col" className="sides-mine">{mine}</th>
          <th role="columnheader" scope="col">{theirs}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {different.map(({ field, mine: a, theirs: b, list }) => (
          <tr role="row" key={field}>
            <th role="rowheader" scope="row">{label(field)}</th>
            <td role="cell" className="sides-mine"><Pieces pieces={a} list={list} /></td>
            <td role="cell"><Pieces pieces={b} list={list} /></td>
          </tr>
        ))}
        {same !== null && (
          <tr role="row" className="sides-same">
            <th role="rowheader" scope="row">{t('conflicts.same')}</th>
            <td role="cell" colSpan={2} aria-colspan={2}>{same}</td>
          </tr>
        )}
        <tr role="row" className="sides-choices">
          <th role="rowheader" scope="row"><span className="sr-only">{t('conflicts.choose')}</span></th>
          <td role="cell" className="sides-mine">{chooseMine}</td>
          <td role="cell">{chooseTheirs}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** What differs is marked by a line and a ground, and said to those who hear the screen. */
function Pieces({ pieces, list }: { readonly pieces: readonly Piece[]; readonly list: boolean }) {
  const t = useT();
  if (pieces.length === 0) return <span className="quiet">{t('conflicts.nothing')}</span>;
  const shown = pieces.map(({ text, changed }, at) => {
    const words = changed ? <mark className="changed"><span className="sr-only">{t('conflicts.differs')}{' '}</span>{text}</mark> : text;
    return list ? <li key={at}>{words}</li> : <span key={at}>{at > 0 && ' '}{words}</span>;
  });
  return list ? <ul>{shown}</ul> : <>{shown}</>;
}
