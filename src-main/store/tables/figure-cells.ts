import { countFact } from '../../../src-shared/domain/figures/count.ts';
import type { Fact } from '../../../src-shared/domain/figures/facts.ts';
import { entriesOf, type Outcome } from '../../../src-shared/domain/figures/outcomes.ts';
import type { Cell } from '../../../src-shared/domain/figures/tally.ts';
import type { WritableDb } from '../driver.ts';
import type { FigureWords } from './figure-words.ts';

/** A cell in the numbers of `figure_word`. */
export type Coded = readonly [figure: number, day: number, unit: number, by: number, part: number, n: number];

export type FigureCells = {
  /** What this document or dossier adds from now on; null: nothing. Tells of every cell that is another one to `moved`; writes what it is of a figure, and not the tally. */
  readonly give: (id: string, fact: Fact | null, moved: (cell: Coded) => void) => void;
};

type Given = { readonly row: number; readonly unit: number; readonly cells: string };
type EntryKey = [figure: number, outcome: Outcome, day: number, given: number];

export function createFigureCells(db: WritableDb, words: FigureWords): FigureCells {
  const find = db.read<[string], Given>('SELECT row, unit, cells FROM figure_given WHERE id = ?');
  const insert = db.write<[string, number, string]>('INSERT INTO figure_given (id, unit, cells) VALUES (?, ?, ?)');
  const update = db.write<[number, string, number]>('UPDATE figure_given SET unit = ?, cells = ? WHERE row = ?');
  const remove = db.write<[number]>('DELETE FROM figure_given WHERE row = ?');
  const addEntry = db.write<[...EntryKey, unit: number, bys: string]>('INSERT INTO figure_entry (figure, outcome, day, given, unit, bys) VALUES (?, ?, ?, ?, ?, ?)');
  const removeEntry = db.write<EntryKey>('DELETE FROM figure_entry WHERE figure = ? AND outcome = ? AND day = ? AND given = ?');

  return {
    give: (id, fact, moved) => {
      const before = find.get(id);
      const cells = fact === null ? [] : countFact(fact);
      const text = written(cells);
      const unit = fact === null || cells.length === 0 ? null : words.codeOf(`unit:${fact.unit}`);
      if (before === undefined ? unit === null : before.cells === text && before.unit === unit) return;
      if (before !== undefined) takeOut(before, moved);
      if (unit === null) return before === undefined ? undefined : void remove.run(before.row);
      let row = before?.row;
      if (row === undefined) row = Number(insert.run(id, unit, text).lastInsertRowid);
      else update.run(unit, text, row);
      for (const [figure, day, by, part, n] of read(text)) moved([figure, day, unit, by, part, n]);
      for (const { figure, outcome, day, bys } of entriesOf(cells)) addEntry.run(words.codeOf(`figure:${figure}`), outcome, dayNumber(day), row, unit, `,${bys.map(byCode).join(',')},`);
    },
  };

  function takeOut({ row, unit, cells }: Given, moved: (cell: Coded) => void): void {
    const coded = [...read(cells)];
    for (const [figure, day, by, part, n] of coded) moved([figure, day, unit, by, part, -n]);
    // which outcomes it was is in its cells, whatever the definitions say by now
    const told = coded.map(([figure, day, by, part, n]): Cell => ({ unit: '', figure: String(figure), day: String(day), by: String(by), part: words.wordOf(part).slice('part:'.length), n }));
    for (const { figure, outcome, day } of entriesOf(told)) removeEntry.run(Number(figure), outcome, Number(day), row);
  }

  /** `figure.day.part.n.by,by;…` in numbers, in the order of the definitions: the same cells are the same text. */
  function written(cells: readonly Cell[]): string {
    const groups = new Map<string, string>();
    for (const { figure, day, part, by, n } of cells) {
      const key = `${words.codeOf(`figure:${figure}`)}.${dayNumber(day)}.${words.codeOf(`part:${part}`)}.${n}`;
      const held = groups.get(key);
      groups.set(key, held === undefined ? String(byCode(by)) : `${held},${byCode(by)}`);
    }
    return [...groups].map(([key, bys]) => `${key}.${bys}`).join(';');
  }

  function* read(text: string): Generator<readonly [figure: number, day: number, by: number, part: number, n: number]> {
    for (const group of text === '' ? [] : text.split(';')) {
      const [figure = '', day = '', part = '', n = '', bys = ''] = group.split('.');
      for (const by of bys.split(',')) yield [Number(figure), Number(day), Number(by), Number(part), Number(n)];
    }
  }

  function byCode(by: string): number {
    return words.codeOf(`by:${by}`);
  }
}

/** 20261123. What lies outside of four figures' years is put at their end: a clock that is wrong by so much is wrong anyhow. */
export function dayNumber(day: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? Number(day.replaceAll('-', '')) : day.startsWith('-') ? 1_01_01 : 9999_12_31;
}

export function dayText(day: number): string {
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
