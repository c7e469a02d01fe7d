import { writeAuditLine, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import { refuse, type Reply } from '../http/call.ts';
import type { Session, Storage } from '../storage/port.ts';
import { auditEntry } from './audit.ts';

const pageLines = 500;

/** Line by line from the one after `after` on, in pages, so that no transaction stays open while a slow reader reads. */
export async function* readAudit(storage: Storage, after: number): AsyncGenerator<AuditLine> {
  for (let at = after; ;) {
    const page = await storage.read((tx) => tx.audit.read(at, pageLines));
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageLines) return;
    at = last.seq;
  }
}

/** GET /v1/audit?after=, for administrators of the province's own unit. Reading it is written down as well. */
export function createAuditCall({ storage, now }: { readonly storage: Storage; readonly now: () => number }): (url: URL, session: Session) => Promise<Reply> {
  return async (url, session) => {
    const asked = url.searchParams.get('after') ?? '0';
    if (!/^\d{1,15}$/.test(asked)) return refuse({ code: 'input.invalid', params: { where: 'after' } });
    const after = Number(asked);
    await storage.transaction((tx) => tx.audit.append(auditEntry({ atMs: now(), unit: session.unit.code, user: session.user, action: 'audit.read', subject: '', detail: { after } })));
    return { status: 200, headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' }, stream: encode(readAudit(storage, after)) };
  };
}

async function* encode(lines: AsyncIterable<AuditLine>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(writeAuditLine(line), 'utf8');
}
