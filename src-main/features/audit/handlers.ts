import type { Output } from '../../../src-shared/contract/index.ts';
import type { AuditFault, AuditLine } from '../../../src-shared/protocol/audit-chain.ts';
import { writeAuditLine } from '../../../src-shared/protocol/audit-chain.ts';
import { documentId } from '../../../src-shared/domain/ids.ts';
import { isRecord } from '../../../src-shared/domain/log.ts';
import { ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { verifyAudit } from './chain.ts';

type AuditHandlers = Pick<Handlers, Extract<keyof Handlers, `audit.${string}`>>;
type Row = Output<'audit.page'>['rows'][number];

const perRead = 2000;
const mostFaults = 20;

/** This desk's own audit, as whoever sits at it may read, check and carry it away. */
export function auditHandlers(context: DeskContext): AuditHandlers {
  const { store } = context;
  return {
    'audit.page': ({ offset, limit }) => {
      const total = store.countAudit();
      const first = Math.max(0, total - offset - limit);
      const names = new Map(store.people().map(({ id, fullName }) => [id as string, fullName]));
      const rows = store.readAudit(first, Math.max(0, total - offset - first)).toReversed();
      return ok({ total, rows: rows.map((line) => toRow(line, names)) });
    },
    'audit.check': ({ expect }) => {
      const { faults, lines, head } = verifyAudit(written(), expect === null ? [] : [expect]);
      return ok({ lines, faultCount: faults.length, faults: faults.slice(0, mostFaults).map(toFault), head });
    },
    'audit.export': () => ok({ fileName: `nhat-ky-kiem-tra-${vietnamDate(context.now())}.jsonl`, bytes: new Uint8Array(Buffer.from([...written()].join(''), 'utf8')) }),
  };

  function* written(): Generator<string> {
    for (let after = 0; ;) {
      const lines = store.readAudit(after, perRead);
      const last = lines.at(-1);
      if (last === undefined) return;
      for (const line of lines) yield writeAuditLine(line);
      after = last.seq;
    }
  }

  function toRow({ seq, atMs, user, action, subject, detail }: AuditLine, names: ReadonlyMap<string, string>): Row {
    return { seq, at: new Date(atMs).toISOString(), user, name: user === null ? '' : (names.get(user) ?? user), action, subject, about: aboutOf(subject), detail: { ...detail } };
  }

  function aboutOf(subject: string): string {
    const id = documentId.safeParse(subject);
    if (!id.success) return '';
    const document = store.findDocument(id.data);
    if (document !== null) return document.state.title;
    const record = store.findRecord(id.data)?.state ?? null;
    return record !== null && isRecord(record) && record.record === 'dossier' ? record.title : '';
  }
}

function toFault(fault: AuditFault): Output<'audit.check'>['faults'][number] {
  if (fault.kind === 'unreadable') return { kind: fault.kind, from: fault.line, to: fault.line };
  return fault.kind === 'missing' ? { kind: fault.kind, from: fault.from, to: fault.to } : { kind: fault.kind, from: fault.seq, to: fault.seq };
}
