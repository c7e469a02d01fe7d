import type { SyncState } from '../../../src-shared/contract/documents.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { CatalogueState } from '../../../src-shared/domain/records/catalogue.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import type { OfficeState } from '../../../src-shared/domain/records/office.ts';
import type { RecordState } from '../../../src-shared/domain/records/record.ts';
import type { DeskStore } from '../../ports/store.ts';
import type { WritableDb } from '../driver.ts';
import { recordColumnNames, recordColumns, type RecordColumns } from './record-columns.ts';
import { syncByRank, syncRank } from './sync-rank.ts';

export type RecordTable = Pick<DeskStore, 'findRecord' | 'office' | 'catalogues' | 'dossiers' | 'dossiersOf'> & {
  readonly put: (state: RecordState) => void;
  readonly remove: (id: DocumentId) => void;
  /** Something was changed past this table, or was not after all. */
  readonly forget: () => void;
};

type Row = { readonly state: string; readonly sync: number | null };
type DossierQuery = { readonly year: number | null; readonly stage: string | null; readonly words: string; readonly offset: number; readonly limit: number };

const names = recordColumnNames.join(', ');
const matching = `
  FROM record r INDEXED BY record_list WHERE r.kind = 'dossier' AND (:year IS NULL OR r.year = :year) AND (:stage IS NULL OR r.stage = :stage)
    AND NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(r.words, w.value) = 0)`;

export function createRecords(db: WritableDb): RecordTable {
  const find = db.read<[string], Row>(`SELECT r.state AS state, ${syncRank('r')} AS sync FROM record r WHERE r.id = ?`);
  const put = db.write<[string, ...RecordColumns]>(`
    INSERT INTO record (id, ${names}) VALUES (?${', ?'.repeat(recordColumnNames.length)})
    ON CONFLICT (id) DO UPDATE SET ${recordColumnNames.map((name) => `${name} = excluded.${name}`).join(', ')}`);
  const remove = db.write<[string]>('DELETE FROM record WHERE id = ?');
  // one unit's, but for a desk that was given to another unit and has its first answer still before it
  const office = db.read<[], { state: string }>("SELECT state FROM record INDEXED BY record_list WHERE kind = 'office' ORDER BY unit IS (SELECT scope FROM standing) DESC, row LIMIT 1");
  const catalogues = db.read<[], { state: string }>("SELECT state FROM record INDEXED BY record_list WHERE kind = 'catalogue' ORDER BY year DESC, id");
  const count = db.read<[Omit<DossierQuery, 'offset' | 'limit'>], { n: number }>(`SELECT count(*) AS n ${matching}`);
  const page = db.read<[DossierQuery], Row>(`
    SELECT r.state AS state, ${syncRank('r')} AS sync FROM (SELECT r.row AS row ${matching} ORDER BY r.year DESC, r.code, r.id LIMIT :limit OFFSET :offset) page
      CROSS JOIN record r ON r.row = page.row ORDER BY r.year DESC, r.code, r.id`);
  const holding = db.read<[string], { state: string }>('SELECT r.state AS state FROM dossier_document d CROSS JOIN record r ON r.id = d.dossier WHERE d.document = ? ORDER BY r.year DESC, r.code, r.id');
  let known: { readonly office: OfficeState | null } | null = null;

  return {
    put: (state) => {
      const columns = recordColumns(state);
      if (find.get(state.id)?.state === columns[6]) return;
      put.run(state.id, ...columns);
      known = null;
    },
    remove: (id) => {
      remove.run(id);
      known = null;
    },
    forget: () => {
      known = null;
    },
    findRecord: (id) => toFound(find.get(id)),
    office: () => {
      const row = known === null ? office.get() : undefined;
      known ??= { office: row === undefined ? null : (JSON.parse(row.state) as OfficeState) };
      return known.office;
    },
    catalogues: () => catalogues.all().map(({ state }) => JSON.parse(state) as CatalogueState),
    dossiers: ({ text, stage, year, offset, limit }) => {
      const query = { year, stage, words: JSON.stringify(foldedWords(text).map((word) => ` ${word}`)) };
      const rows = page.all({ ...query, offset, limit }).map((row) => ({ state: JSON.parse(row.state) as DossierState, sync: syncOf(row) }));
      return { total: count.get(query)?.n ?? 0, rows };
    },
    dossiersOf: (document) => holding.all(document).map(({ state }) => JSON.parse(state) as DossierState),
  };
}

function toFound(row: Row | undefined): { readonly state: RecordState; readonly sync: SyncState } | null {
  return row === undefined ? null : { state: JSON.parse(row.state) as RecordState, sync: syncOf(row) };
}

function syncOf({ sync }: Row): SyncState {
  return syncByRank[sync ?? 0] ?? 'synced';
}
