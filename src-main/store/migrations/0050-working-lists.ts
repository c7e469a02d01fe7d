import type { Migration } from '../migrate.ts';

/**
 * What lists are narrowed and counted by, without reading the states of 300,000 documents, and what a person leaves on their own machine.
 *
 * `document`: `dated_on` is the day of arrival or of issue (`yyyy-mm-dd`, Vietnam); `due` is the deadline for as long as the work is open, that
 * is neither refused nor answered by a letter of ours that went out; `unread` is for the person whose desk this is (`mark` keeps it per person).
 * `tally` and `load` are counted by the writers, so that a figure in the rail costs nothing.
 * `outbox.held_until_ms`: what may still be taken back is not sent before then.
 */
export const workingLists: Migration = {
  number: 50,
  name: 'working lists',
  file: 'desk',
  sql: `
    ALTER TABLE document ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    ALTER TABLE document ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
    ALTER TABLE document ADD COLUMN arrival_number INTEGER;
    ALTER TABLE document ADD COLUMN dated_on TEXT NOT NULL DEFAULT '';
    ALTER TABLE document ADD COLUMN deadline TEXT;
    ALTER TABLE document ADD COLUMN in_reply_to TEXT;
    ALTER TABLE document ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE document ADD COLUMN due TEXT;
    ALTER TABLE document ADD COLUMN unread INTEGER NOT NULL DEFAULT 1;
    UPDATE document SET
      kind = json_extract(state, '$.kind'),
      urgency = json_extract(state, '$.urgency'),
      arrival_number = json_extract(state, '$.arrival.number'),
      dated_on = coalesce(
        json_extract(state, CASE direction WHEN 'incoming' THEN '$.arrival.arrivalDate' ELSE '$.issuedDate' END),
        date(json_extract(state, '$.createdAt'), '+7 hours')),
      deadline = json_extract(state, '$.assignment.deadline'),
      in_reply_to = json_extract(state, '$.inReplyTo');
    CREATE INDEX document_answers ON document (in_reply_to, direction, stage) WHERE in_reply_to IS NOT NULL;
    UPDATE document SET open = 1 WHERE direction = 'incoming' AND stage <> 'refused' AND NOT EXISTS (
      SELECT 1 FROM document answer WHERE answer.in_reply_to = document.id AND answer.direction = 'outgoing' AND answer.stage IN ('issued', 'sent'));
    UPDATE document SET due = deadline WHERE open = 1;

    DROP INDEX document_by_direction;
    CREATE INDEX document_list ON document (direction, listed_at_ms DESC, id DESC, stage, kind, issuing_office, dated_on);
    CREATE INDEX document_by_row ON document (row, direction, listed_at_ms, id, stage, kind, issuing_office, dated_on);
    CREATE INDEX document_by_deadline ON document (direction, listed_at_ms DESC, id DESC, deadline, due) WHERE deadline IS NOT NULL;
    CREATE INDEX document_unread ON document (direction, listed_at_ms DESC, id DESC, stage) WHERE unread = 1;
    CREATE INDEX document_express ON document (direction, listed_at_ms DESC, id DESC, stage) WHERE urgency = 'express';
    CREATE INDEX document_numbered ON document (number) WHERE number IS NOT NULL;
    CREATE INDEX document_arrival_number ON document (arrival_number) WHERE arrival_number IS NOT NULL;

    CREATE TABLE sender (
      code TEXT PRIMARY KEY,
      name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO sender (code, name) SELECT issuing_office, json_extract(state, '$.from.name') FROM document;

    CREATE TABLE tally (
      direction TEXT NOT NULL,
      stage TEXT NOT NULL,
      documents INTEGER NOT NULL,
      PRIMARY KEY (direction, stage)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO tally (direction, stage, documents) SELECT direction, stage, count(*) FROM document GROUP BY direction, stage;
    CREATE TRIGGER tally_added AFTER INSERT ON document BEGIN
      INSERT INTO tally (direction, stage, documents) VALUES (NEW.direction, NEW.stage, 1) ON CONFLICT DO UPDATE SET documents = documents + 1;
    END;
    CREATE TRIGGER tally_removed AFTER DELETE ON document BEGIN
      UPDATE tally SET documents = documents - 1 WHERE direction = OLD.direction AND stage = OLD.stage;
    END;
    CREATE TRIGGER tally_moved AFTER UPDATE OF direction, stage ON document WHEN NEW.direction <> OLD.direction OR NEW.stage <> OLD.stage BEGIN
      UPDATE tally SET documents = documents - 1 WHERE direction = OLD.direction AND stage = OLD.stage;
      INSERT INTO tally (direction, stage, documents) VALUES (NEW.direction, NEW.stage, 1) ON CONFLICT DO UPDATE SET documents = documents + 1;
    END;

    CREATE TABLE load (
      person TEXT NOT NULL,
      due TEXT NOT NULL,
      documents INTEGER NOT NULL,
      PRIMARY KEY (person, due)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO load (person, due, documents)
      SELECT person, coalesce(due, ''), count(DISTINCT document) FROM assignee JOIN document ON document.row = assignee.document
      WHERE part IN ('lead', 'support') AND open = 1 GROUP BY 1, 2;

    CREATE TABLE mark (
      person TEXT NOT NULL,
      document TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (person, document, sha256)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE directive (
      command_id TEXT PRIMARY KEY,
      text TEXT NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE kept_form (
      person TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (person, key)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE outbox ADD COLUMN held_until_ms INTEGER;
  `,
};
