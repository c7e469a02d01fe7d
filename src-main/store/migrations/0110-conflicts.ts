import type { Migration } from '../migrate.ts';

/**
 * The losing version of a clash is the outbox's own row, so that it holds back what was done after it until a person settles it (sync.md rules 4, 7).
 * `lost_at_ms`: since when it is one; null for every other row. What was a conflict before this step is one.
 */
export const conflicts: Migration = {
  number: 110,
  name: 'conflicts',
  file: 'desk',
  sql: `
    ALTER TABLE outbox ADD COLUMN lost_at_ms INTEGER;
    UPDATE outbox SET lost_at_ms = unixepoch('now') * 1000 WHERE state = 'problem' AND json_extract(problem, '$.code') = 'sync.conflict' AND json_extract(command, '$.type') <> 'augment';
    CREATE INDEX outbox_lost ON outbox (lost_at_ms) WHERE lost_at_ms IS NOT NULL;
  `,
};
