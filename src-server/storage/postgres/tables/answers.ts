import type { CommandAnswer } from '../../../../src-shared/protocol/wire.ts';
import type { AnswerTable, StoredAnswer } from '../../port.ts';
import { statement, type Session } from '../session.ts';

const find = statement('answer-find', 'SELECT fingerprint, body FROM answer WHERE unit = $1 AND command = $2');
const put = statement('answer-put', 'INSERT INTO answer (unit, command, fingerprint, body, at) VALUES ($1, $2, $3, $4, $5)');
const prune = statement('answer-prune', 'DELETE FROM answer WHERE at < $1');

/** Answers are written at the transaction's end. A key that another transaction used meanwhile has this one run again, and find it. */
export function createAnswers(session: Session): { readonly table: AnswerTable; readonly flush: () => readonly Promise<unknown>[] } {
  const given = new Map<string, StoredAnswer>();
  let owed: (readonly unknown[])[] = [];
  return {
    table: {
      find: async (unit, id) => {
        const known = given.get(`${unit}\n${id}`);
        if (known !== undefined) return known;
        const [row] = await session.query<{ fingerprint: string; body: string }>(find, [unit, id]);
        return row === undefined ? null : { fingerprint: row.fingerprint, answer: JSON.parse(row.body) as CommandAnswer };
      },
      put: async (unit, answer, fingerprint, atMs) => {
        given.set(`${unit}\n${answer.id}`, { fingerprint, answer });
        owed.push([unit, answer.id, fingerprint, JSON.stringify(answer), atMs]);
      },
      prune: (beforeMs) => session.run(prune, [beforeMs]),
    },
    flush: () => {
      const rows = owed;
      owed = [];
      return rows.map((values) => session.run(put, values));
    },
  };
}
