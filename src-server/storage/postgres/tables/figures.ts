import type { Cell } from '../../../../src-shared/domain/figures/tally.ts';
import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { FigureChange, FigureCursor, FigureImport, FigureMonth, FigureTable, FrozenReport, ImportedCount } from '../../figure-table.ts';
import { statement, type Row, type Session } from '../session.ts';

const behind = statement('figure-behind', 'SELECT f.unit, f.counter FROM unit_feed AS f LEFT JOIN figure_cursor AS c ON c.unit = f.unit WHERE f.unit > $1 AND (c.seq IS NULL OR c.seq < f.counter OR c.rules <> $2) ORDER BY f.unit LIMIT $3');
const begin = statement('figure-begin', `INSERT INTO figure_cursor (unit, seq, rules, calendar, unread) SELECT u, 0, $2, '[]', 0 FROM unnest($1::text[]) AS u ON CONFLICT DO NOTHING`);
// in one order on every node, so that no two wait for each other
const own = statement('figure-own', 'SELECT unit, seq, rules, calendar, unread FROM figure_cursor WHERE unit = ANY ($1) ORDER BY unit FOR UPDATE');
const cursors = statement('figure-cursors', 'SELECT unit, seq, rules, calendar, unread FROM figure_cursor ORDER BY unit');
const changed = statement('figure-changed', `SELECT d.unit, d.id, d.seq, d.gone, f.body AS fact, e.events
  FROM (SELECT x.unit, x.id, x.seq, x.gone FROM figure_cursor AS c CROSS JOIN LATERAL (SELECT unit, id, seq, gone FROM document WHERE unit = c.unit AND seq > c.seq ORDER BY seq LIMIT $2) AS x WHERE c.unit = ANY ($1) ORDER BY x.unit, x.seq LIMIT $2) AS d
  LEFT JOIN figure_fact AS f ON f.unit = d.unit AND f.document = d.id
  CROSS JOIN LATERAL (SELECT '[' || coalesce(string_agg(body, ',' ORDER BY position), '') || ']' AS events FROM event WHERE unit = d.unit AND document = d.id) AS e ORDER BY d.unit, d.seq`);
const putFacts = statement('figure-put-facts', 'INSERT INTO figure_fact (unit, document, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT (unit, document) DO UPDATE SET body = excluded.body');
const dropFacts = statement('figure-drop-facts', 'DELETE FROM figure_fact AS f USING unnest($1::text[], $2::text[]) AS g (unit, document) WHERE f.unit = g.unit AND f.document = g.document');
const addDays = statement('figure-add-days', `INSERT INTO figure_day AS t (unit, day, figure, part, "by", n) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
  ON CONFLICT (unit, day, figure, part, "by") DO UPDATE SET n = t.n + excluded.n`);
const dropDays = statement('figure-drop-days', 'DELETE FROM figure_day WHERE n = 0 AND unit = ANY ($1)');
const addMonths = statement('figure-add-months', `INSERT INTO figure_month AS t (month, unit, figure, part, n)
  SELECT substr(day, 1, 7), unit, figure, part, sum(n) FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) AS c (unit, day, figure, part, "by", n) WHERE "by" = '' GROUP BY 1, 2, 3, 4
  ON CONFLICT (month, unit, figure, part) DO UPDATE SET n = t.n + excluded.n`);
const dropMonths = statement('figure-drop-months', 'DELETE FROM figure_month WHERE n = 0 AND unit = ANY ($1)');
const putCursors = statement('figure-put-cursors', `UPDATE figure_cursor AS c SET seq = g.seq, rules = g.rules, calendar = g.calendar, unread = g.unread
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[]) AS g (unit, seq, rules, calendar, unread) WHERE c.unit = g.unit`);
const forget = ['figure_fact', 'figure_day', 'figure_month'].map((table) => statement(`forget-${table}`, `DELETE FROM ${table} WHERE unit = $1`));
const days = statement('figure-days', `SELECT unit, day, figure, part, "by", n FROM figure_day WHERE unit = ANY ($1) AND day BETWEEN $2 AND $3 AND ($4 = '' OR figure = $4) ORDER BY unit, day, figure, part, "by"`);
const months = statement('figure-months', 'SELECT unit, month, figure, part, n FROM figure_month WHERE month = ANY ($1) AND unit = ANY ($2) ORDER BY month, unit, figure, part');
const monthsTogether = statement('figure-months-together', `SELECT month, figure, part, sum(n)::bigint AS n FROM figure_month WHERE month = ANY ($1) AND part NOT LIKE 'q:%' GROUP BY month, figure, part`);
const monthsSummed = statement('figure-months-summed', `SELECT unit, figure, part, sum(n)::bigint AS n FROM figure_month WHERE month = ANY ($1) AND part NOT LIKE 'q:%' GROUP BY unit, figure, part`);
const unitsIn = statement('figure-units-in', 'SELECT unit FROM figure_cursor AS c WHERE EXISTS (SELECT 1 FROM figure_month AS m WHERE m.month = ANY ($1) AND m.unit = c.unit) ORDER BY unit');
const daysOfAll = statement('figure-days-of-all', `SELECT d.unit, d.day, d.figure, d.part, d.n FROM figure_cursor AS c CROSS JOIN LATERAL (SELECT * FROM figure_day WHERE unit = c.unit AND day BETWEEN $1 AND $2 AND "by" = '' AND part NOT LIKE 'q:%') AS d`);
// the partial index is for this one figure: named in the text, since a parameter would not be recognised
const overdue = statement('figure-overdue', `SELECT unit, sum(n)::bigint AS n FROM figure_day WHERE figure = 'overdue' AND "by" = '' AND day <= $1 GROUP BY unit ORDER BY unit`);
const stock = statement('figure-stock', `SELECT unit, sum(n)::bigint AS n FROM figure_day WHERE figure = $2 AND "by" = '' AND day <= $1 GROUP BY unit ORDER BY unit`);
const freeze = statement('figure-freeze', `INSERT INTO figure_report (unit, month, as_of, made_at, cells) SELECT g.unit, g.month, g.as_of, $5, g.cells FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g (unit, month, as_of, cells) ON CONFLICT DO NOTHING`);
const frozen = statement('figure-frozen', 'SELECT unit, month, as_of AS "asOf", cells FROM figure_report WHERE unit = $1 AND month = $2');
const unfrozen = statement('figure-unfrozen', 'SELECT unit FROM figure_cursor AS c WHERE NOT EXISTS (SELECT 1 FROM figure_report AS r WHERE r.unit = c.unit AND r.month = $1) ORDER BY unit LIMIT $2');
const importLock = statement('figure-import-lock', 'SELECT pg_advisory_xact_lock(1986096756, 2)');
const findImported = statement('figure-find-imported', 'SELECT 1 AS n FROM figure_imported AS i JOIN unnest($1::text[], $2::text[], $3::text[]) AS g (unit, month, figure) USING (unit, month, figure) LIMIT 1');
const putImport = statement('figure-put-import', 'INSERT INTO figure_import (id, made_at, made_by, source, counts) VALUES ($1, $2, $3, $4, $5)');
const putImported = statement('figure-put-imported', 'INSERT INTO figure_imported (unit, month, figure, n, import) SELECT g.unit, g.month, g.figure, g.n, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS g (unit, month, figure, n)');
const imports = statement('figure-imports', 'SELECT id, made_at AS "atMs", made_by AS "by", source, counts AS rows FROM figure_import ORDER BY made_at, id');
const imported = statement('figure-imported', 'SELECT unit, month, figure, n FROM figure_imported WHERE month BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR unit = ANY ($3)) ORDER BY month, unit, figure');
const dropImported = statement('figure-drop-imported', 'DELETE FROM figure_imported WHERE import = $1');
const dropImport = statement('figure-drop-import', 'DELETE FROM figure_import WHERE id = $1');
const hold = statement('figure-hold', `INSERT INTO axis_lease (name, node, held_until) VALUES ('figures', $1, $3)
  ON CONFLICT (name) DO UPDATE SET node = excluded.node, held_until = excluded.held_until WHERE axis_lease.node IN ('', excluded.node) OR axis_lease.held_until <= $2`);
const letGo = statement('figure-let-go', `UPDATE axis_lease SET node = '', held_until = 0 WHERE name = 'figures' AND node = $1`);

export function createFigures(session: Session): FigureTable {
  return {
    behind: (rules, after, limit) => session.query<Row & { unit: OrganizationCode; counter: number }>(behind, [after, rules, limit]),
    own: async (units, rules) => {
      await session.run(begin, [[...units].sort(), rules]);
      return session.query<Row & FigureCursor>(own, [units]);
    },
    changed: async (units, limit) =>
      (await session.query<Row & Omit<FigureChange, 'events'> & { events: string }>(changed, [units, limit])).map((row) => ({ ...row, events: JSON.parse(row.events) as FigureChange['events'] })),
    putFacts: async (facts) => {
      const [kept, gone] = [facts.filter(({ body }) => body !== null), facts.filter(({ body }) => body === null)];
      if (kept.length > 0) await session.run(putFacts, [kept.map(({ unit }) => unit), kept.map(({ id }) => id), kept.map(({ body }) => body)]);
      if (gone.length > 0) await session.run(dropFacts, [gone.map(({ unit }) => unit), gone.map(({ id }) => id)]);
    },
    addCells: async (cells) => {
      if (cells.length === 0) return;
      const values = [cells.map(({ unit }) => unit), cells.map(({ day }) => day), cells.map(({ figure }) => figure), cells.map(({ part }) => part), cells.map(({ by }) => by), cells.map(({ n }) => n)];
      const units = [...new Set(cells.map(({ unit }) => unit))];
      await Promise.all([session.run(addDays, values), session.run(dropDays, [units]), session.run(addMonths, values), session.run(dropMonths, [units])]);
    },
    putCursors: async (all) =>
      void (await session.run(putCursors, [all.map(({ unit }) => unit), all.map(({ seq }) => seq), all.map(({ rules }) => rules), all.map(({ calendar }) => calendar), all.map(({ unread }) => unread)])),
    forget: async (unit) => void (await Promise.all(forget.map((one) => session.run(one, [unit])))),
    cursors: () => session.query<Row & FigureCursor>(cursors, []),
    days: ({ units, from, to, figure }) => session.query<Row & Cell>(days, [units, from, to, figure ?? '']),
    months: (units, of) => session.query<Row & FigureMonth>(months, [of, units]),
    monthsTogether: (of) => session.query<Row & Omit<FigureMonth, 'unit'>>(monthsTogether, [of]),
    monthsSummed: (of) => session.query<Row & Omit<FigureMonth, 'month'>>(monthsSummed, [of]),
    unitsIn: async (of) => (await session.query<{ unit: OrganizationCode }>(unitsIn, [of])).map(({ unit }) => unit),
    daysOfAll: (from, to) => session.query<Row & Omit<Cell, 'by'>>(daysOfAll, [from, to]),
    stock: (figure, to) => session.query<Row & { unit: OrganizationCode; n: number }>(figure === 'overdue' ? overdue : stock, figure === 'overdue' ? [to] : [to, figure]),
    freeze: async (reports, atMs) => void (await session.run(freeze, [reports.map(({ unit }) => unit), reports.map(({ month }) => month), reports.map(({ asOf }) => asOf), reports.map(({ cells }) => cells), atMs])),
    frozen: async (unit, month) => (await session.query<Row & FrozenReport>(frozen, [unit, month]))[0] ?? null,
    unfrozen: async (month, limit) => (await session.query<{ unit: OrganizationCode }>(unfrozen, [month, limit])).map(({ unit }) => unit),
    putImport: async ({ id, atMs, by, source, rows }, counts) => {
      await session.query(importLock, []);
      const keys = [counts.map(({ unit }) => unit), counts.map(({ month }) => month), counts.map(({ figure }) => figure)];
      if ((await session.query(findImported, keys)).length > 0) return false;
      await session.run(putImport, [id, atMs, by, source, rows]);
      await session.run(putImported, [...keys, counts.map(({ n }) => n), id]);
      return true;
    },
    imports: () => session.query<Row & FigureImport>(imports, []),
    imported: (units, from, to) => session.query<Row & ImportedCount>(imported, [from, to, units]),
    dropImport: async (id) => {
      const gone = await session.run(dropImported, [id]);
      await session.run(dropImport, [id]);
      return gone;
    },
    hold: async (node, nowMs, untilMs) => (await session.run(hold, [node, nowMs, untilMs])) === 1,
    letGo: async (node) => void (await session.run(letGo, [node])),
  };
}
