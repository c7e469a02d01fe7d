import type { Migration } from '../migrate.ts';

/**
 * Every content may have several reports, each in the form of its day, and what they lean on is kept beside them.
 *
 * `report.json`: text as it was written before this step, deflated bytes since; `row` is the order in which they were made. `verdict`, `checked_at` and
 * `extent` stand apart, so that a list reads a verdict along an index, and a report that only a newer version can read is still named.
 * `checked_at` null: kept before the time was noted. What is no report (there never was one) is not taken over: its content is examined anew.
 */
export const keptReports: Migration = {
  number: 70,
  name: 'kept reports',
  file: 'desk',
  sql: `
    ALTER TABLE report RENAME TO report_before;
    CREATE TABLE report (
      row INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL,
      checked_at TEXT,
      verdict TEXT NOT NULL,
      extent TEXT NOT NULL,
      json ANY NOT NULL
    ) STRICT;
    CREATE INDEX report_newest ON report (sha256, row, verdict);
    INSERT INTO report (sha256, checked_at, verdict, extent, json)
      SELECT sha256, json_extract(json, '$.checkedAt'), json_extract(json, '$.verdict'), coalesce(json_extract(json, '$.extent'), 'quick'), json FROM report_before
      WHERE CASE WHEN json_valid(json) THEN json_type(json, '$.verdict') ELSE NULL END = 'text' ORDER BY sha256;
    DROP TABLE report_before;

    CREATE TABLE evidence (
      row INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      der BLOB NOT NULL
    ) STRICT;
    CREATE TABLE report_evidence (
      report INTEGER NOT NULL REFERENCES report (row) ON DELETE CASCADE,
      evidence INTEGER NOT NULL REFERENCES evidence (row),
      PRIMARY KEY (report, evidence)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX report_evidence_by_evidence ON report_evidence (evidence);
  `,
};
