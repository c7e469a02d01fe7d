import { randomUUID } from 'node:crypto';
import type { Conflict } from '../../../src-shared/contract/conflicts.ts';
import type { LineDay } from '../../../src-shared/contract/line.ts';
import { outboxRow, type OutboxRow, type SyncStatus } from '../../../src-shared/contract/office.ts';
import { conflict } from '../../../src-shared/contract/conflicts.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { directoryEntry, type DirectoryEntry, type Person } from '../../../src-shared/domain/organization.ts';

/** Minutes before now, ISO 8601. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** A line that is up with nothing to do, with what a test says otherwise. */
export function lineOf(patch: Partial<SyncStatus>): SyncStatus {
  return {
    online: true, since: ago(90), signedIn: true, pending: 0, problems: 0, lastSyncAt: ago(1), line: 'up', busyUntil: null, filling: null, files: { waiting: 0, waitingBytes: 0, held: 0 }, conflicts: 0,
    ...patch,
  };
}

/** Works of every kind: unanswered, behind another, under way, waiting, refused. */
export function worksOn([a, b, c, d]: readonly DocumentState[]): OutboxRow[] {
  const row = (of: DocumentState | undefined, patch: Partial<OutboxRow>): OutboxRow =>
    outboxRow.parse({ id: randomUUID(), document: of?.id, title: of?.title, type: 'register', at: ago(12), sync: 'waiting', bytes: null, problem: null, ...patch });
  return [
    row(a, { sync: 'confirming' }),
    row(b, { type: 'approve', sync: 'sending', bytes: { total: 3_000_000, sent: 1_200_000 } }),
    row(a, { type: 'present' }),
    row(c, { type: 'send' }),
    row(d, { type: 'assign', sync: 'problem', problem: { code: 'not-allowed', message: 'Vai trò của bạn không còn được làm việc này. Văn bản giữ nguyên như trên máy chủ.' } }),
    row(d, { type: 'send' }),
  ];
}

/** One clash of each kind: an assignment, a draft that forked, a signature upon an older version. */
export function clashesOn([a, b, c]: readonly DocumentState[], [me, other]: readonly Person[]): Conflict[] {
  const side = { by: null, at: null, stage: null, assignment: null, content: null, text: null };
  const [mine, theirs] = [{ ...side, by: me?.fullName, at: ago(40) }, { ...side, by: other?.fullName, at: ago(55) }];
  const assigned = (lead: Person | undefined, directive: string, inform: readonly (Person | undefined)[]): object => ({ lead: lead?.id, support: [], inform: inform.map((one) => one?.id), directive, deadline: '2026-12-25' });
  const of = (document: DocumentState | undefined, patch: object): Conflict => conflict.parse({ id: randomUUID(), document: document?.id, title: document?.title, at: ago(40), ...patch });
  const file = a?.content;
  return [
    of(a, {
      type: 'assign', choices: ['keep-mine', 'accept'],
      mine: { ...mine, assignment: assigned(me, 'Tham mưu văn bản trả lời, trình Chủ tịch trước thứ Sáu', [other]) },
      theirs: { ...theirs, assignment: assigned(other, 'Tham mưu kế hoạch thực hiện, trình Chủ tịch trước thứ Tư', []) },
    }),
    of(b, { type: 'revise', choices: ['keep-mine', 'keep-both', 'accept'], mine: { ...mine, content: { ...file, sha256: 'a'.repeat(64) } }, theirs: { ...theirs, content: { ...file, sha256: 'b'.repeat(64) } } }),
    of(c, { type: 'mark', choices: ['accept'], mine: { ...mine, content: { ...file, sha256: 'c'.repeat(64) }, text: 'Kính chuyển đồng chí Phó Chủ tịch' }, theirs: { ...theirs, content: file } }),
  ];
}

/** A month that somebody used, the last day today; `today`: `yyyy-mm-dd`. */
export function monthOfUse(today: string): LineDay[] {
  return Array.from({ length: 31 }, (_, at) => {
    const quiet = at % 7 === 5;
    return { day: new Date(Date.parse(today) - (30 - at) * 86_400_000).toISOString().slice(0, 10), sentBytes: (2 + ((at * 7) % 13)) * 1_000_000, receivedBytes: quiet ? 900_000 : (20 + ((at * 11) % 50) * 3) * 1_000_000, bulkBytes: quiet ? 0 : (15 + ((at * 11) % 50) * 2) * 1_000_000 };
  });
}

/** A district that ceased, its two successors, one of which has codes of both forms, and a district with none. */
export function officesAround(): DirectoryEntry[] {
  const office = (code: string, name: string, patch: object = {}): DirectoryEntry => directoryEntry.parse({ code, name, otherCode: null, parent: null, ceasedOn: null, successors: [], ...patch });
  return [
    office('H48.30', 'UBND huyện Sơn Tịnh', { ceasedOn: '2025-06-30', successors: ['H48.301', 'H48.302'] }),
    office('H48.301', 'UBND xã Trường Giang', { otherCode: '000.01.30.H48' }),
    office('H48.302', 'UBND xã Thọ Phong'),
    office('H48.31', 'UBND huyện Bình Sơn', { ceasedOn: '2025-06-30' }),
  ];
}
