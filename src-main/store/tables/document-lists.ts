import type { Folder } from '../../../src-shared/contract/documents.ts';
import { incomingStages, outgoingStages, type DocumentState, type Stage } from '../../../src-shared/domain/document.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Organization, Person } from '../../../src-shared/domain/organization.ts';
import type { Verdict } from '../../../src-shared/domain/verdict.ts';
import type { DeskStore, ListedDocument, ListQuery } from '../../ports/store.ts';
import type { Read, ReadableDb } from '../driver.ts';
import { planList, type Bound, type ListAsk, type ListPlan, type Lookup } from './list-plan.ts';
import { createMatches, createWalk, type Match, type Walk } from './matches.ts';
import { syncByRank, syncRank } from './sync-rank.ts';

export type DocumentLists = {
  readonly find: (id: DocumentId) => ListedDocument | null;
  readonly list: (query: ListQuery & { readonly offset: number; readonly limit: number }) => { readonly total: number; readonly rows: readonly ListedDocument[] };
  readonly ids: (query: ListQuery, limit: number) => { readonly total: number; readonly ids: readonly DocumentId[] };
  readonly position: (query: ListQuery, id: DocumentId) => number | null;
  readonly counts: (me: string) => Readonly<Record<Folder, number>>;
  readonly load: (today: string) => ReadonlyMap<string, { readonly open: number; readonly overdue: number }>;
  readonly lastExamined: DeskStore['lastExamined'];
  /** Something that a list may hang on has changed: no count and no order is remembered beyond this. */
  readonly forget: () => void;
};

/** `among`: of what the list's order names, only what has the words, which are in too many documents to lead. */
type Prepared = { readonly plan: ListPlan; readonly key: string; readonly among: Match | null };
type Count = { readonly n: number };
type Row = { readonly state: string; readonly sync: number | null; readonly verdict: Verdict | null; readonly unread: number };

const columns = `
  d.state AS state,
  ${syncRank('d')} AS sync,
  (SELECT r.verdict FROM report r INDEXED BY report_newest WHERE r.sha256 = d.content_sha256 ORDER BY r.row DESC LIMIT 1) AS verdict,
  d.unread AS unread`;
const examinedSql = `
  SELECT h.sha256 AS sha256, (SELECT r.extent FROM report r INDEXED BY report_newest WHERE r.sha256 = h.sha256 ORDER BY r.row DESC LIMIT 1) AS extent
  FROM (SELECT DISTINCT content_sha256 AS sha256 FROM document INDEXED BY document_by_content WHERE content_sha256 > ? ORDER BY content_sha256 LIMIT ?) h`;
const newestFirst = 'd.listed_at_ms DESC, d.id DESC';

/** Pages further down than this are cut from the order of the whole list, which is read once and kept until something changes. */
const farOffset = 20_000;
/** A word in more documents than this does not lead: sorting what it finds would cost more than walking the list. */
const manyMatches = 3000;
/** Orders of lists kept at a time: 300,000 rows are about 2.4 MB. */
const keptOrders = 4;
const keptStatements = 64;

export function createDocumentLists(db: ReadableDb, withBlobs: <T>(work: () => T) => T): DocumentLists {
  const findOne = db.read<[string], Row>(`SELECT ${columns} FROM document d WHERE d.id = ?`);
  const examined = db.read<[string, number], { readonly sha256: Sha256; readonly extent: VerificationReport['extent'] | null }>(examinedSql);
  const byRows = db.read<[string], Row>(`SELECT ${columns} FROM json_each(?) j CROSS JOIN document d ON d.row = j.value ORDER BY j.key`);
  const idsByRows = db.read<[string], { id: DocumentId }>('SELECT d.id AS id FROM json_each(?) j CROSS JOIN document d INDEXED BY document_by_row ON d.row = j.value ORDER BY j.key');
  const findRow = db.read<[string], { row: number; at: number }>('SELECT row, listed_at_ms AS at FROM document WHERE id = ?');
  const tallies = db.read<[], { direction: string; stage: string; documents: number }>('SELECT direction, stage, documents FROM tally');
  const myLoad = db.read<[string], Count>('SELECT coalesce(sum(documents), 0) AS n FROM load WHERE person = ?');
  const loads = db.read<[string], { person: string; open: number; overdue: number }>(
    "SELECT person, sum(documents) AS open, sum(iif(due <> '' AND due < ?, documents, 0)) AS overdue FROM load GROUP BY person HAVING sum(documents) > 0",
  );
  const matches = createMatches(db);
  const senders = db.read<[], Organization>('SELECT code, name FROM sender');
  const people = db.read<[], { json: string }>('SELECT json FROM person');

  const statements = new Map<string, Read<[Bound], unknown>>();
  const plans = new Map<string, { readonly plan: ListPlan; readonly many: boolean }>();
  const walks = new Map<string, Walk>();
  const totals = new Map<string, number>();
  const orders = new Map<string, Int32Array>();

  const lookupFor = (me: string): Lookup => ({
    offices: (words) => senders.all().filter(({ code, name }) => everyWordBegins(words, `${name} ${code}`)).map(({ code }) => code),
    people: (words) => {
      if (['toi', 'minh'].includes(foldedWords(words).join(' '))) return [me];
      return people.all().map(({ json }) => JSON.parse(json) as Person).filter(({ fullName }) => everyWordBegins(words, fullName)).map(({ id }) => id);
    },
  });

  return {
    find: (id) => {
      const row = findOne.get(id);
      return row === undefined ? null : toStored(row);
    },
    list: ({ offset, limit, ...query }) => {
      const { plan, key, among } = prepare(query);
      return reading(plan, () => {
        if (among !== null) {
          const walk = walkOf(plan, key, among);
          const total = plan.plain ? among.rows.length : walk.length();
          return { total, rows: byRows.all(JSON.stringify(walk.slice(offset, limit))).map(toStored) };
        }
        const total = count(query.folder, plan, key);
        if (offset >= total) return { total, rows: [] };
        const order = plan.searched || offset > farOffset ? orderOf(plan, key) : null;
        const rows = order === null ? statement<Row>(pageSql(plan)).all({ ...plan.bound, offset, limit }) : byRows.all(slice(order, offset, limit));
        return { total, rows: rows.map(toStored) };
      });
    },
    ids: (query, limit) => {
      const { plan, key, among } = prepare(query);
      if (among !== null) return reading(plan, () => {
        const walk = walkOf(plan, key, among);
        const ids = idsByRows.all(JSON.stringify(walk.slice(0, limit))).map((row) => row.id);
        return { total: plan.plain ? among.rows.length : walk.length(), ids };
      });
      return reading(plan, () => ({
        total: count(query.folder, plan, key),
        ids: idsByRows.all(slice(orderOf(plan, key), 0, limit)).map((row) => row.id),
      }));
    },
    position: (query, id) => {
      const { plan, key, among } = prepare(query);
      const found = findRow.get(id);
      if (found === undefined) return null;
      return reading(plan, () => {
        if (among !== null) {
          const index = walkOf(plan, key, among).indexOf(found.row);
          return index < 0 ? null : index;
        }
        if (plan.searched || orders.has(key)) {
          const index = orderOf(plan, key).indexOf(found.row);
          return index < 0 ? null : index;
        }
        const bound = { ...plan.bound, id, at: found.at };
        const inList = statement<Count>(`SELECT count(*) AS n FROM ${plan.source} WHERE ${plan.where} AND d.listed_at_ms = :at AND d.id = :id`).get(bound)?.n === 1;
        return inList ? (statement<Count>(`SELECT count(*) AS n FROM ${plan.source} WHERE ${plan.where} AND (d.listed_at_ms, d.id) > (:at, :id)`).get(bound)?.n ?? null) : null;
      });
    },
    counts: (me) => {
      return {
        incoming: tally('incoming', ['arrived']), signing: folderTotal('signing'), issuing: folderTotal('issuing'),
        outgoing: tally('outgoing', ['draft', 'returned']), tasks: myLoad.get(me)?.n ?? 0,
      };
    },
    load: (today) => new Map(loads.all(today).map(({ person, open, overdue }) => [person, { open, overdue }])),
    lastExamined: (after, limit) => {
      const contents = examined.all(after, limit);
      return { contents, next: contents.length < limit ? null : (contents.at(-1)?.sha256 ?? null) };
    },
    forget: () => {
      matches.forget();
      walks.clear();
      plans.clear();
      totals.clear();
      orders.clear();
    },
  };

  function prepare({ folder, me, text, quick, today }: ListQuery): Prepared {
    const ask: ListAsk = { folder, me, text, quick: quick ?? [], today: today ?? vietnamToday() };
    const key = JSON.stringify(ask);
    const known = plans.get(key);
    if (known !== undefined) return { plan: known.plan, key, among: known.many && known.plan.match !== null ? matches.of(known.plan.match) : null };
    const lookup = lookupFor(me);
    const plan = planList(ask, lookup);
    const match = plan.match === null ? null : matches.of(plan.match);
    const many = match !== null && match.rows.length > manyMatches;
    const prepared = match === null || many ? plan : planList(ask, lookup, [...match.rows]);
    keepNewest(plans, key, { plan: prepared, many }, keptStatements);
    return { plan: prepared, key, among: many ? match : null };
  }

  /** The list's own order, less what has not the words. */
  function walkOf(plan: ListPlan, key: string, among: Match): Walk {
    const known = walks.get(key);
    if (known !== undefined) return known;
    const read = db.readColumn<[Bound], number>(`${orderSql(plan)} LIMIT :limit OFFSET :offset`);
    const walk = createWalk((limit, offset) => read.all({ ...plan.bound, limit, offset }), among.has);
    keepNewest(walks, key, walk, keptOrders);
    return walk;
  }

  function reading<T>(plan: ListPlan, work: () => T): T {
    return plan.needsBlobs ? withBlobs(work) : work();
  }

  function count(folder: Folder, plan: ListPlan, key: string): number {
    if (plan.whole) return folderTotal(folder);
    if (plan.searched) return orderOf(plan, key).length;
    const known = totals.get(key);
    if (known !== undefined) return known;
    const total = statement<Count>(`SELECT count(*) AS n FROM ${plan.source} WHERE ${plan.where}`).get(plan.bound)?.n ?? 0;
    keepNewest(totals, key, total, keptStatements);
    return total;
  }

  function folderTotal(folder: Folder): number {
    switch (folder) {
      case 'incoming':
        return tally('incoming', incomingStages);
      case 'signing':
        return tally('outgoing', ['submitted']);
      case 'issuing':
        return tally('outgoing', ['approved', 'issued']);
      case 'outgoing':
        return tally('outgoing', outgoingStages);
      case 'tasks':
        throw new Error('whose work it is decides');
    }
  }

  function tally(direction: string, stages: readonly Stage[]): number {
    return tallies.all().filter((row) => row.direction === direction && stages.some((stage) => stage === row.stage)).reduce((sum, row) => sum + row.documents, 0);
  }

  function orderOf(plan: ListPlan, key: string): Int32Array {
    const known = orders.get(key);
    if (known !== undefined) return known;
    const order = Int32Array.from(db.readColumn<[Bound], number>(orderSql(plan)).all(plan.bound));
    keepNewest(orders, key, order, keptOrders);
    return order;
  }

  function statement<R>(sql: string): Read<[Bound], R> {
    const known = statements.get(sql);
    if (known !== undefined) return known as Read<[Bound], R>;
    const made = db.read<[Bound], R>(sql);
    keepNewest(statements, sql, made, keptStatements);
    return made;
  }
}

/** A page of the list; the inner query walks the index alone, so that a far page does not read the states it skips. */
export function pageSql(plan: ListPlan): string {
  return `SELECT ${columns} FROM (${orderSql(plan)} LIMIT :limit OFFSET :offset) page CROSS JOIN document d ON d.row = page.row ORDER BY ${newestFirst}`;
}

export function orderSql(plan: ListPlan): string {
  return `SELECT d.row AS row FROM ${plan.source} WHERE ${plan.where} ORDER BY ${newestFirst}`;
}

function slice(order: Int32Array, offset: number, limit: number): string {
  return JSON.stringify([...order.subarray(offset, offset + limit)]);
}

function everyWordBegins(words: string, text: string): boolean {
  const known = foldedWords(text);
  return foldedWords(words).every((word) => known.some((one) => one.startsWith(word)));
}

function keepNewest<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value ?? key);
}

function vietnamToday(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

function toStored(row: Row): ListedDocument {
  return {
    state: JSON.parse(row.state) as DocumentState,
    sync: syncByRank[row.sync ?? 0] ?? 'synced',
    verdict: row.verdict ?? 'unchecked',
    read: row.unread === 0,
  };
}
