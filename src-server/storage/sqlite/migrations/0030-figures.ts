/**
 * Figures: a fact of each document, tallies by day (with one dimension, `by`) and by month (without), how far each unit's feed is counted, what was given up of a month, and counts from books before this program.
 */
export const figures = `
CREATE TABLE figure_cursor (unit TEXT PRIMARY KEY, seq INTEGER NOT NULL, rules INTEGER NOT NULL, calendar TEXT NOT NULL, unread INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE figure_fact (unit TEXT NOT NULL, document TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (unit, document)) STRICT, WITHOUT ROWID;
CREATE TABLE figure_day (
  unit TEXT NOT NULL, day TEXT NOT NULL, figure TEXT NOT NULL, part TEXT NOT NULL, "by" TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (unit, day, figure, part, "by")
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_day_overdue ON figure_day (unit, day, "by", n) WHERE figure = 'overdue';
CREATE TABLE figure_month (
  month TEXT NOT NULL, unit TEXT NOT NULL, figure TEXT NOT NULL, part TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (month, unit, figure, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure_report (unit TEXT NOT NULL, month TEXT NOT NULL, as_of TEXT NOT NULL, made_at INTEGER NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (unit, month)) STRICT, WITHOUT ROWID;
CREATE TABLE figure_import (id TEXT PRIMARY KEY, made_at INTEGER NOT NULL, made_by TEXT NOT NULL, source TEXT NOT NULL, counts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE figure_imported (
  unit TEXT NOT NULL, month TEXT NOT NULL, figure TEXT NOT NULL, n INTEGER NOT NULL, import TEXT NOT NULL REFERENCES figure_import (id), PRIMARY KEY (unit, month, figure)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_imported_by_import ON figure_imported (import);
`;
