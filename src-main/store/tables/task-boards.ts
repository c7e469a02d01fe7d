import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { findTask } from '../../../src-shared/domain/task-rules.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import type { Task } from '../../../src-shared/domain/task.ts';
import type { DeskStore } from '../../ports/store.ts';
import type { Read, ReadableDb } from '../driver.ts';

export type TaskBoards = { readonly page: DeskStore['taskBoard']; readonly due: DeskStore['dueDocuments'] };

type Which = Parameters<DeskStore['taskBoard']>[0]['state'];
type Bound = { readonly person?: string; readonly today?: string; readonly offset?: number; readonly limit?: number };
type Row = { readonly state: string; readonly person: PersonId };

/** What is due first comes first, what has no deadline last; what is done, the latest first. Everybody's along an index; one person's are few, and sorted. */
const boards: Readonly<Record<Which, { readonly index: string; readonly where: string; readonly order: string }>> = {
  open: { index: 'assignee_open', where: 'open = 1', order: 'deadline IS NULL, deadline, document, person' },
  late: { index: 'assignee_open', where: 'open = 1 AND deadline IS NULL = 0 AND deadline < :today', order: 'deadline, document, person' },
  done: { index: 'assignee_done', where: "state = 'done'", order: 'done_at_ms DESC, document, person' },
  all: { index: 'assignee_given', where: 'TRUE', order: 'given_at_ms DESC, document, person' },
};

/** Each along its own index, the oldest first; together by the day since when, or until when, something is asked. */
const dueParts = [
  ...([['incoming', 'arrived'], ['incoming', 'registered'], ['outgoing', 'approved'], ['outgoing', 'issued']] as const).map(([direction, stage]) =>
    `SELECT row, date(listed_at_ms / 1000, 'unixepoch', '+7 hours') AS day FROM document INDEXED BY document_by_stage WHERE direction = '${direction}' AND stage = '${stage}' ORDER BY listed_at_ms, id LIMIT :limit`),
  "SELECT row, date(listed_at_ms / 1000, 'unixepoch', '+7 hours') AS day FROM document INDEXED BY document_asked WHERE asked = 1 ORDER BY listed_at_ms LIMIT :limit",
  'SELECT document AS row, deadline AS day FROM assignee INDEXED BY assignee_open WHERE open = 1 AND deadline IS NULL = 0 AND deadline <= :until ORDER BY deadline IS NULL, deadline LIMIT :limit',
];

export function createTaskBoards(db: ReadableDb): TaskBoards {
  const statements = new Map<string, Read<[Bound], unknown>>();
  const due = db.read<[{ readonly until: string; readonly limit: number }], { state: string }>(`
    SELECT d.state AS state FROM (SELECT row, min(day) AS day FROM (${dueParts.map((part) => `SELECT row, day FROM (${part})`).join(' UNION ALL ')}) GROUP BY row ORDER BY 2, row LIMIT :limit) due
      CROSS JOIN document d ON d.row = due.row ORDER BY due.day, due.row`);

  return {
    page: ({ person, state, today, offset, limit }) => {
      const { count, page } = boardSql(state, person !== null);
      const bound = { ...(person === null ? {} : { person }), ...(state === 'late' ? { today } : {}) };
      const rows = statement<Row>(page).all({ ...bound, offset, limit }).flatMap((row) => {
        const document = JSON.parse(row.state) as DocumentState;
        const task: Task | null = findTask(document.tasks, row.person);
        return task === null ? [] : [{ document, task }];
      });
      return { total: statement<{ n: number }>(count).get(bound)?.n ?? 0, rows };
    },
    due: (until, limit) => due.all({ until, limit }).map(({ state }) => JSON.parse(state) as DocumentState),
  };

  function statement<R>(sql: string): Read<[Bound], R> {
    const known = statements.get(sql) ?? db.read<[Bound], unknown>(sql);
    statements.set(sql, known);
    return known as Read<[Bound], R>;
  }
}

/** `rows`: of the page, whose and of which document. One person's open ones hold what they were told of and have not seen, as their folder does. */
export function boardSql(state: Which, ofPerson: boolean): { readonly count: string; readonly rows: string; readonly page: string } {
  const { index, where, order } = boards[state];
  const from = ofPerson ? `FROM assignee WHERE person = :person AND ${state === 'open' ? `(${where} OR (part = 'inform' AND state = 'new'))` : where}` : `FROM assignee INDEXED BY ${index} WHERE ${where}`;
  const rows = `SELECT document, person ${from} ORDER BY ${order} LIMIT :limit OFFSET :offset`;
  return {
    count: `SELECT count(*) AS n ${from}`,
    rows,
    page: `SELECT d.state AS state, t.person AS person FROM (SELECT document, person, row_number() OVER () AS place FROM (${rows})) t CROSS JOIN document d ON d.row = t.document ORDER BY t.place`,
  };
}
