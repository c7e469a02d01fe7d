import type { WritableDb } from '../driver.ts';

/** Numbers for the words of the figures' tables. What a word is of stands before it (`unit:`, `by:`), so that two of one spelling are two. */
export type FigureWords = {
  readonly codeOf: (word: string) => number;
  /** Null: nothing here was ever called so. */
  readonly find: (word: string) => number | null;
  readonly wordOf: (code: number) => string;
  readonly startingWith: (beginning: string) => readonly string[];
  /** A transaction was given up, and with it perhaps a number. */
  readonly forget: () => void;
};

export function createFigureWords(db: WritableDb): FigureWords {
  const all = db.read<[], { code: number; word: string }>('SELECT code, word FROM figure_word');
  const add = db.write<[string]>('INSERT INTO figure_word (word) VALUES (?)');
  let known: { readonly codes: Map<string, number>; readonly words: Map<number, string> } | null = null;

  const read = (): NonNullable<typeof known> => {
    if (known !== null) return known;
    const rows = all.all();
    return (known = { codes: new Map(rows.map(({ code, word }) => [word, code])), words: new Map(rows.map(({ code, word }) => [code, word])) });
  };
  return {
    codeOf: (word) => {
      const { codes, words } = read();
      const found = codes.get(word);
      if (found !== undefined) return found;
      const code = Number(add.run(word).lastInsertRowid);
      codes.set(word, code);
      words.set(code, word);
      return code;
    },
    find: (word) => read().codes.get(word) ?? null,
    wordOf: (code) => {
      const word = read().words.get(code);
      if (word === undefined) throw new Error(`no word has the number ${code}`);
      return word;
    },
    startingWith: (beginning) => [...read().codes.keys()].filter((word) => word.startsWith(beginning)),
    forget: () => {
      known = null;
    },
  };
}
