import type { Migration } from '../migrate.ts';

/**
 * The figures of the office (ADR 0036, 0039): derived of the logs, so that all of it may be thrown away and made again.
 *
 * `figure_tally` is the tally of `domain/figures`, cell by cell; no cell of it is 0. `figure_given`: what each document or dossier added to it, so that it can be taken out again as it was put in, whatever program
 * put it in. `figure_entry`: from a figure to its documents; `bys` are the dimensions in which the document has this outcome, each between commas. `figure_due`: what has changed and was not counted again yet.
 * `figure_walk`: how far all of them have been looked at since the definitions or the office's calendar became others. Figures, units, parts and dimensions are written as numbers of `figure_word`, days as
 * 20261123: three million short rows instead of three million long ones.
 */
export const figures: Migration = {
  number: 220,
  name: 'figures',
  file: 'desk',
  sql: `
    CREATE TABLE figure_word (
      code INTEGER PRIMARY KEY,
      word TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE figure_tally (
      figure INTEGER NOT NULL,
      day INTEGER NOT NULL,
      unit INTEGER NOT NULL,
      dimension INTEGER NOT NULL,
      part INTEGER NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (figure, day, unit, dimension, part)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE figure_given (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      unit INTEGER NOT NULL,
      cells TEXT NOT NULL
    ) STRICT;
    CREATE TABLE figure_entry (
      figure INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('n', 'met', 'missed', 'unclear')),
      day INTEGER NOT NULL,
      given INTEGER NOT NULL,
      unit INTEGER NOT NULL,
      bys TEXT NOT NULL,
      PRIMARY KEY (figure, outcome, day, given)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE figure_due (
      id TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE figure_walk (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      basis TEXT NOT NULL,
      stage TEXT NOT NULL CHECK (stage IN ('documents', 'records', 'over')),
      after INTEGER NOT NULL,
      done INTEGER NOT NULL,
      total INTEGER NOT NULL
    ) STRICT;`,
};
