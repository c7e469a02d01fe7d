import type { Cell } from '../../../../src-shared/domain/figures/tally.ts';
import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { FigureChange, FigureCursor, FigureImport, FigureMonth, FigureTable, FrozenReport, ImportedCount } from '../../figure-table.ts';
import type { Db } from '../open.ts';

type ChangedRow = Omit<FigureChange, 'events'> & { readonly events: string };

export function createFigures(db: Db): FigureTable {
  const behind = db.prepare('SELECT f.unit, f.counter FROM unit_feed AS f LEFT JOIN figure_cursor AS c ON c.unit = f.unit WHERE f.unit > ? AND (c.seq IS NULL OR c.seq < f.counter OR c.rules <> ?) ORDER BY f.unit LIMIT ?');
  const begin = db.prepare("INSERT OR IGNORE INTO figure_cursor (unit, seq, rules, calendar, unread) VALUES (?, 0, ?, '[]', 0)");
  const findCursor = db.prepare('SELECT unit, seq, rules, calendar, unread FROM figure_cursor WHERE unit = ?');
  const cursors = db.prepare('SELECT unit, seq, rules, calendar, unread FROM figure_cursor ORDER BY unit');
  const changed = db.prepare(`SELECT d.unit, d.id, d.seq, d.gone, f.body AS fact,
    (SELECT '[' || coalesce(group_concat(e.body, ',' ORDER BY e.position), '') || ']' FROM event AS e WHERE e.unit = d.unit AND e.document = d.id) AS events
    FROM document AS d LEFT JOIN figure_fact AS f ON f.unit = d.unit AND f.document = d.id WHERE d.unit = ? AND d.seq > (SELECT seq FROM figure_cursor WHERE unit = d.unit) ORDER BY d.seq LIMIT ?`);
  const putFact = db.prepare('INSERT INTO figure_fact (unit, document, body) VALUES (@unit, @id, @body) ON CONFLICT (unit, document) DO UPDATE SET body = excluded.body');
  const dropFact = db.prepare('DELETE FROM figure_fact WHERE unit = ? AND document = ?');
  const addDay = db.prepare('INSERT INTO figure_day (unit, day, figure, part, "by", n) VALUES (@unit, @day, @figure, @part, @by, @n) ON CONFLICT (unit, day, figure, part, "by") DO UPDATE SET n = n + excluded.n RETURNING n').pluck();
  const dropDay = db.prepare('DELETE FROM figure_day WHERE unit = @unit AND day = @day AND figure = @figure AND part = @part AND "by" = @by');
  const addMonth = db.prepare('INSERT INTO figure_month (month, unit, figure, part, n) VALUES (substr(@day, 1, 7), @unit, @figure, @part, @n) ON CONFLICT (month, unit, figure, part) DO UPDATE SET n = n + excluded.n RETURNING n').pluck();
  const dropMonth = db.prepare('DELETE FROM figure_month WHERE month = substr(@day, 1, 7) AND unit = @unit AND figure = @figure AND part = @part');
  const putCursor = db.prepare('UPDATE figure_cursor SET seq = @seq, rules = @rules, calendar = @calendar, unread = @unread WHERE unit = @unit');
  const forget = ['figure_fact', 'figure_day', 'figure_month'].map((table) => db.prepare(`DELETE FROM ${table} WHERE unit = ?`));
  const days = db.prepare('SELECT unit, day, figure, part, "by", n FROM figure_day WHERE unit = @unit AND day BETWEEN @from AND @to AND (@figure = \'\' OR figure = @figure) ORDER BY day, figure, part, "by"');
  const months = db.prepare('SELECT unit, month, figure, part, n FROM figure_month WHERE month IN (SELECT value FROM json_each(@months)) AND unit IN (SELECT value FROM json_each(@units)) ORDER BY month, unit, figure, part');
  const monthsTogether = db.prepare("SELECT month, figure, part, sum(n) AS n FROM figure_month WHERE month IN (SELECT value FROM json_each(?)) AND part NOT LIKE 'q:%' GROUP BY month, figure, part");
  const monthsSummed = db.prepare("SELECT unit, figure, part, sum(n) AS n FROM figure_month WHERE month IN (SELECT value FROM json_each(?)) AND part NOT LIKE 'q:%' GROUP BY unit, figure, part");
  const unitsIn = db.prepare('SELECT unit FROM figure_cursor AS c WHERE EXISTS (SELECT 1 FROM figure_month AS m WHERE m.month IN (SELECT value FROM json_each(?)) AND m.unit = c.unit) ORDER BY unit').pluck();
  const daysOfAll = db.prepare(`SELECT d.unit, d.day, d.figure, d.part, d.n FROM figure_cursor AS c CROSS JOIN figure_day AS d ON d.unit = c.unit WHERE d.day BETWEEN ? AND ? AND d."by" = '' AND d.part NOT LIKE 'q:%'`);
  const stock = db.prepare(`SELECT unit, sum(n) AS n FROM figure_day WHERE figure = ? AND "by" = '' AND day <= ? GROUP BY unit ORDER BY unit`);
  const freeze = db.prepare('INSERT OR IGNORE INTO figure_report (unit, month, as_of, made_at, cells) VALUES (@unit, @month, @asOf, @atMs, @cells)');
  const frozen = db.prepare('SELECT unit, month, as_of AS asOf, cells FROM figure_report WHERE unit = ? AND month = ?');
  const unfrozen = db.prepare('SELECT unit FROM figure_cursor AS c WHERE NOT EXISTS (SELECT 1 FROM figure_report AS r WHERE r.unit = c.unit AND r.month = ?) ORDER BY unit LIMIT ?').pluck();
  const putImport = db.prepare('INSERT INTO figure_import (id, made_at, made_by, source, counts) VALUES (@id, @atMs, @by, @source, @rows)');
  const findImported = db.prepare('SELECT 1 FROM figure_imported WHERE unit = @unit AND month = @month AND figure = @figure').pluck();
  const putImported = db.prepare('INSERT INTO figure_imported (unit, month, figure, n, import) VALUES (@unit, @month, @figure, @n, @id)');
  const imports = db.prepare('SELECT id, made_at AS atMs, made_by AS "by", source, counts AS rows FROM figure_import ORDER BY made_at, id');
  const imported = db.prepare('SELECT unit, month, figure, n FROM figure_imported WHERE month BETWEEN @from AND @to AND (@units = \'\' OR unit IN (SELECT value FROM json_each(@units))) ORDER BY month, unit, figure');
  const dropImported = db.prepare('DELETE FROM figure_imported WHERE import = ?');
  const dropImport = db.prepare('DELETE FROM figure_import WHERE id = ?');
  const hold = db.prepare(`INSERT INTO axis_lease (name, node, held_until) VALUES ('figures', @node, @untilMs)
    ON CONFLICT (name) DO UPDATE SET node = excluded.node, held_until = excluded.held_until WHERE axis_lease.node IN ('', excluded.node) OR axis_lease.held_until <= @nowMs`);
  const letGo = db.prepare("UPDATE axis_lease SET node = '', held_until = 0 WHERE name = 'figures' AND node = ?");

  return {
    behind: async (rules, after, limit) => behind.all(after, rules, limit) as { unit: OrganizationCode; counter: number }[],
    own: async (units, rules) => units.map((unit) => {
      begin.run(unit, rules);
      return findCursor.get(unit) as FigureCursor;
    }),
    changed: async (units, limit) => {
      const found: FigureChange[] = [];
      for (const unit of units) {
        if (found.length >= limit) break;
        for (const row of changed.all(unit, limit - found.length) as ChangedRow[]) found.push({ ...row, events: JSON.parse(row.events) as FigureChange['events'] });
      }
      return found;
    },
    putFacts: async (facts) => {
      for (const { unit, id, body } of facts) {
        if (body === null) dropFact.run(unit, id);
        else putFact.run({ unit, id, body });
      }
    },
    addCells: async (cells) => {
      for (const cell of cells) {
        if (addDay.get(cell) === 0) dropDay.run(cell);
        if (cell.by === '' && addMonth.get(cell) === 0) dropMonth.run(cell);
      }
    },
    putCursors: async (all) => {
      for (const cursor of all) putCursor.run(cursor);
    },
    forget: async (unit) => {
      for (const statement of forget) statement.run(unit);
    },
    cursors: async () => cursors.all() as FigureCursor[],
    days: async ({ units, from, to, figure }) => units.flatMap((unit) => days.all({ unit, from, to, figure: figure ?? '' }) as Cell[]),
    months: async (units, of) => months.all({ months: JSON.stringify(of), units: JSON.stringify(units) }) as FigureMonth[],
    monthsTogether: async (of) => monthsTogether.all(JSON.stringify(of)) as Omit<FigureMonth, 'unit'>[],
    monthsSummed: async (of) => monthsSummed.all(JSON.stringify(of)) as Omit<FigureMonth, 'month'>[],
    unitsIn: async (of) => unitsIn.all(JSON.stringify(of)) as OrganizationCode[],
    daysOfAll: async (from, to) => daysOfAll.all(from, to) as Omit<Cell, 'by'>[],
    stock: async (figure, to) => stock.all(figure, to) as { unit: OrganizationCode; n: number }[],
    freeze: async (reports, atMs) => {
      for (const report of reports) freeze.run({ ...report, atMs });
    },
    frozen: async (unit, month) => (frozen.get(unit, month) as FrozenReport | undefined) ?? null,
    unfrozen: async (month, limit) => unfrozen.all(month, limit) as OrganizationCode[],
    putImport: async (head, counts) => {
      if (counts.some((count) => findImported.get(count) === 1)) return false;
      putImport.run(head);
      for (const count of counts) putImported.run({ ...count, id: head.id });
      return true;
    },
    imports: async () => imports.all() as FigureImport[],
    imported: async (units, from, to) => imported.all({ units: units === null ? '' : JSON.stringify(units), from, to }) as ImportedCount[],
    dropImport: async (id) => {
      const { changes } = dropImported.run(id);
      dropImport.run(id);
      return changes;
    },
    hold: async (node, nowMs, untilMs) => hold.run({ node, nowMs, untilMs }).changes === 1,
    letGo: async (node) => void letGo.run(node),
  };
}
