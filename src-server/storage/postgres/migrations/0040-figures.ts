/**
 * Figures: a fact of each document, tallies by day (with one dimension, `by`) and by month (without), how far each unit's feed is counted, what was given up of a month, and counts from books before this program.
 */
export const figures = `
CREATE TABLE figure_cursor (unit text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL, rules bigint NOT NULL, calendar text NOT NULL, unread bigint NOT NULL);
CREATE TABLE figure_fact (unit text COLLATE "C" NOT NULL, document text COLLATE "C" NOT NULL, body text NOT NULL, PRIMARY KEY (unit, document));
CREATE TABLE figure_day (
  unit text COLLATE "C" NOT NULL, day text COLLATE "C" NOT NULL, figure text COLLATE "C" NOT NULL, part text COLLATE "C" NOT NULL, "by" text COLLATE "C" NOT NULL, n bigint NOT NULL, PRIMARY KEY (unit, day, figure, part, "by")
);
CREATE INDEX figure_day_overdue ON figure_day (unit, day) WHERE figure = 'overdue';
CREATE TABLE figure_month (
  month text COLLATE "C" NOT NULL, unit text COLLATE "C" NOT NULL, figure text COLLATE "C" NOT NULL, part text COLLATE "C" NOT NULL, n bigint NOT NULL, PRIMARY KEY (month, unit, figure, part)
);
-- rows that came to nothing are found without a walk
CREATE INDEX figure_day_nothing ON figure_day (unit) WHERE n = 0;
CREATE INDEX figure_month_nothing ON figure_month (unit) WHERE n = 0;
CREATE TABLE figure_report (unit text COLLATE "C" NOT NULL, month text COLLATE "C" NOT NULL, as_of text COLLATE "C" NOT NULL, made_at bigint NOT NULL, cells text NOT NULL, PRIMARY KEY (unit, month));
CREATE TABLE figure_import (id text COLLATE "C" PRIMARY KEY, made_at bigint NOT NULL, made_by text COLLATE "C" NOT NULL, source text NOT NULL, counts bigint NOT NULL);
CREATE TABLE figure_imported (
  unit text COLLATE "C" NOT NULL, month text COLLATE "C" NOT NULL, figure text COLLATE "C" NOT NULL, n bigint NOT NULL, import text COLLATE "C" NOT NULL REFERENCES figure_import (id), PRIMARY KEY (unit, month, figure)
);
CREATE INDEX figure_imported_by_import ON figure_imported (import);
`;
