import type { CommandAnswer } from '../../../../src-shared/protocol/wire.ts';
import type { AnswerTable } from '../../port.ts';
import type { Db } from '../open.ts';

export function createAnswers(db: Db): AnswerTable {
  const find = db.prepare('SELECT fingerprint, body FROM answer WHERE unit = ? AND command = ?');
  const put = db.prepare('INSERT INTO answer (unit, command, fingerprint, body, at) VALUES (?, ?, ?, ?, ?)');
  const prune = db.prepare('DELETE FROM answer WHERE at < ?');
  return {
    find: async (unit, id) => {
      const row = find.get(unit, id) as { fingerprint: string; body: string } | undefined;
      return row === undefined ? null : { fingerprint: row.fingerprint, answer: JSON.parse(row.body) as CommandAnswer };
    },
    put: async (unit, answer, fingerprint, atMs) => void put.run(unit, answer.id, fingerprint, JSON.stringify(answer), atMs),
    prune: async (beforeMs) => prune.run(beforeMs).changes,
  };
}
