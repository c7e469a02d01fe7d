import type { Command } from '../../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../../src-shared/domain/ids.ts';
import { contentsOf } from '../../../src-shared/domain/log.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { OutboxItem } from '../../ports/store.ts';
import type { ReadableDb, WritableDb } from '../driver.ts';
import type { OutboxState, PendingCommand } from '../pending.ts';

export type OutboxReader = {
  /** What the outbox shows, in the order of the clicks: everything the server has not said yes to. */
  readonly list: () => readonly OutboxItem[];
  readonly pendingOf: (document: DocumentId) => readonly PendingRow[];
  /** What the server has said yes to and whose events have not come, in the order of the clicks. */
  readonly answered: () => readonly CommandId[];
  readonly find: (id: CommandId) => { readonly document: DocumentId; readonly state: OutboxState } | null;
  readonly problemOf: (id: CommandId) => AppError | null;
  /** Documents with commands that depend on this one. */
  readonly dependants: (id: CommandId) => readonly DocumentId[];
  /** Documents with commands that have not been sent and that hang on what the office has settled: leaves to act, closed books. */
  readonly hangingOnOffice: () => readonly DocumentId[];
  /** What lost to what another did, and no person has settled: the oldest first. */
  readonly lost: () => readonly { readonly command: Command; readonly title: string; readonly lostAtMs: number }[];
  readonly isLost: (id: CommandId) => boolean;
};

/** `seq`: the order of the clicks over all documents. */
export type PendingRow = PendingCommand & { readonly heldUntilMs: number | null; readonly seq: number };

export type OutboxWriter = {
  readonly add: (command: Command, unit: Organization, title: string, heldUntilMs: number | null) => void;
  readonly setState: (id: CommandId, state: Exclude<OutboxState, 'problem'>) => void;
  /** `lostAtMs`: since when it is the losing version of a clash; null: it is none. */
  readonly setProblem: (id: CommandId, error: AppError, lostAtMs: number | null) => void;
  readonly remove: (id: CommandId) => void;
  /** After a restart nobody is sending: whether those commands arrived is for the server to say. */
  readonly forgetSending: () => void;
  readonly releaseHolds: (nowMs: number) => void;
};

type Row = { readonly command: string; readonly state: OutboxState; readonly title: string; readonly unit: string; readonly problem: string | null; readonly heldUntilMs: number | null; readonly seq: number };
const columns = 'command, state, title, unit, problem, held_until_ms AS heldUntilMs, seq';

export function createOutboxReader(db: ReadableDb): OutboxReader {
  const list = db.read<[], Row>(`SELECT ${columns} FROM outbox WHERE state <> 'applied' ORDER BY seq`);
  const pending = db.read<[string], Row>(`SELECT ${columns} FROM outbox WHERE document = ? ORDER BY seq`);
  const answered = db.read<[], { id: CommandId }>("SELECT id FROM outbox WHERE state = 'applied' ORDER BY seq");
  const find = db.read<[string], { document: DocumentId; state: OutboxState }>('SELECT document, state FROM outbox WHERE id = ?');
  const problem = db.read<[string], { problem: string | null }>('SELECT problem FROM outbox WHERE id = ?');
  const dependants = db.read<[string], { document: DocumentId }>('SELECT DISTINCT document FROM outbox WHERE depends_on = ?');
  const hanging = db.read<[], { document: DocumentId }>("SELECT DISTINCT document FROM outbox WHERE state = 'waiting' AND (json_extract(command, '$.byGrant') IS NOT NULL OR json_extract(command, '$.type') IN ('issue', 'register'))");
  const lost = db.read<[], { command: string; title: string; lostAtMs: number }>('SELECT command, title, lost_at_ms AS lostAtMs FROM outbox WHERE lost_at_ms IS NOT NULL ORDER BY lost_at_ms, seq');
  const isLost = db.read<[string], { n: number }>('SELECT 1 AS n FROM outbox WHERE id = ? AND lost_at_ms IS NOT NULL');
  return {
    list: () => list.all().map(toItem),
    pendingOf: (document) => pending.all(document).map((row) => ({
      command: JSON.parse(row.command) as Command, state: row.state, unit: JSON.parse(row.unit) as Organization, heldUntilMs: row.heldUntilMs, seq: row.seq,
    })),
    answered: () => answered.all().map((row) => row.id),
    find: (id) => find.get(id) ?? null,
    problemOf: (id) => parseProblem(problem.get(id)?.problem ?? null),
    dependants: (id) => dependants.all(id).map((row) => row.document),
    hangingOnOffice: () => hanging.all().map((row) => row.document),
    lost: () => lost.all().map((row) => ({ ...row, command: JSON.parse(row.command) as Command })),
    isLost: (id) => isLost.get(id) !== undefined,
  };
}

export function createOutboxWriter(db: WritableDb): OutboxWriter {
  const add = db.write<[string, string, string | null, string, string, string, number | null]>(
    "INSERT INTO outbox (id, document, depends_on, state, title, command, unit, held_until_ms) VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?)",
  );
  const setState = db.write<[string, string]>('UPDATE outbox SET state = ?, problem = NULL, lost_at_ms = NULL WHERE id = ?');
  const setProblem = db.write<[string, number | null, string]>("UPDATE outbox SET state = 'problem', problem = ?, lost_at_ms = ? WHERE id = ?");
  const remove = db.write<[string]>('DELETE FROM outbox WHERE id = ?');
  const release = db.write<[number, number]>('UPDATE outbox SET held_until_ms = ? WHERE held_until_ms > ?');
  const forget = db.write<[]>("UPDATE outbox SET state = 'confirming' WHERE state = 'sending'");
  return {
    add: (command, unit, title, heldUntilMs) => void add.run(command.id, command.document, command.dependsOn, title, JSON.stringify(command), JSON.stringify(unit), heldUntilMs),
    setState: (id, state) => void setState.run(state, id),
    setProblem: (id, error, lostAtMs) => void setProblem.run(JSON.stringify(error), lostAtMs, id),
    remove: (id) => void remove.run(id),
    forgetSending: () => void forget.run(),
    releaseHolds: (nowMs) => void release.run(nowMs, nowMs),
  };
}

function toItem(row: Row): OutboxItem {
  const command = JSON.parse(row.command) as Command;
  return {
    command,
    title: row.title,
    sync: row.state === 'applied' ? 'synced' : row.state,
    problem: parseProblem(row.problem),
    contents: contentsOf(command.args),
    heldUntilMs: row.heldUntilMs,
  };
}

/** Content that the server must have before it can carry the command out. */
function parseProblem(json: string | null): AppError | null {
  return json === null ? null : (JSON.parse(json) as AppError);
}
