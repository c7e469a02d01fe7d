import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { AxisArrival, AxisFailure, AxisMessage, AxisTable } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';

const put = statement('axis-put', `INSERT INTO axis_message (key, stream, kind, unit, document, sender, receiver, body, state, tries, not_before, reason, created_at, ended_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, 0, '', $9, 0) ON CONFLICT DO NOTHING`);
const due = statement('axis-due', `SELECT key, stream, kind, unit, document, sender, receiver, body, tries FROM axis_message AS m WHERE state = 'waiting' AND not_before <= $1
  AND NOT EXISTS (SELECT 1 FROM axis_message AS e WHERE e.stream = m.stream AND e.state = 'waiting' AND e.seq < m.seq) ORDER BY seq LIMIT $2`);
const sent = statement('axis-sent', `UPDATE axis_message SET state = 'sent', ended_at = $2, reason = '', body = '' WHERE key = $1`);
const later = statement('axis-later', `UPDATE axis_message SET tries = tries + 1, not_before = $2, reason = $3 WHERE key = $1 AND state = 'waiting'`);
const failed = statement('axis-failed', `UPDATE axis_message SET state = 'failed', tries = tries + 1, reason = $2, ended_at = $3 WHERE key = $1 AND state = 'waiting'`);
const again = statement('axis-again', `UPDATE axis_message SET state = 'waiting', not_before = 0, ended_at = 0 WHERE state = 'failed' AND kind = 'status' AND ($1 = '' OR key = $1)`);
const failures = statement('axis-failures', `SELECT key, kind, unit, document, receiver, reason FROM axis_message WHERE state = 'failed' ORDER BY seq LIMIT $1`);
const waiting = statement('axis-waiting', `SELECT count(*) AS count, min(created_at) AS "oldestMs" FROM axis_message WHERE state = 'waiting'`);
const putArrival = statement('axis-put-arrival', 'INSERT INTO axis_arrival (unit, document, sender, sender_name, message, code, issued_on, print) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)');
const findArrival = statement('axis-find-arrival', 'SELECT unit, document, sender, sender_name AS "senderName", message, code, issued_on AS "issuedOn", print FROM axis_arrival WHERE unit = $1 AND document = $2');
const holders = statement('axis-holders', 'SELECT unit FROM axis_arrival WHERE sender = $1 AND message = $2 ORDER BY unit');
const hold = statement('axis-hold', `INSERT INTO axis_lease (name, node, held_until) VALUES ('exchange', $1, $3)
  ON CONFLICT (name) DO UPDATE SET node = excluded.node, held_until = excluded.held_until WHERE axis_lease.node IN ('', excluded.node) OR axis_lease.held_until <= $2`);
const release = statement('axis-release', `UPDATE axis_lease SET node = '', held_until = 0 WHERE node = $1`);

export function createAxis(session: Session): AxisTable {
  return {
    put: async ({ key, stream, kind, unit, document, sender, receiver, body }, atMs) => void (await session.run(put, [key, stream, kind, unit, document, sender, receiver, body, atMs])),
    due: (nowMs, limit) => session.query<Row & AxisMessage>(due, [nowMs, limit]),
    sent: async (key, atMs) => void (await session.run(sent, [key, atMs])),
    later: async (key, notBeforeMs, reason) => void (await session.run(later, [key, notBeforeMs, reason])),
    failed: async (key, reason, atMs) => (await session.run(failed, [key, reason, atMs])) === 1,
    again: (key) => session.run(again, [key ?? '']),
    failures: (limit) => session.query<Row & AxisFailure>(failures, [limit]),
    waiting: async () => (await session.query<{ count: number; oldestMs: number | null }>(waiting, []))[0] ?? { count: 0, oldestMs: null },
    putArrival: async ({ unit, document, sender, senderName, message, code, issuedOn, print }) => void (await session.run(putArrival, [unit, document, sender, senderName, message, code, issuedOn, print])),
    findArrival: async (unit, document) => (await session.query<Row & AxisArrival>(findArrival, [unit, document]))[0] ?? null,
    holders: async (sender, message) => (await session.query<{ unit: OrganizationCode }>(holders, [sender, message])).map(({ unit }) => unit),
    hold: async (node, nowMs, untilMs) => (await session.run(hold, [node, nowMs, untilMs])) === 1,
    release: async (node) => void (await session.run(release, [node])),
  };
}
