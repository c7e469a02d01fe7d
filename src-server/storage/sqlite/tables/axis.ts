import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { AxisArrival, AxisFailure, AxisMessage, AxisTable } from '../../port.ts';
import type { Db } from '../open.ts';

export function createAxis(db: Db): AxisTable {
  const put = db.prepare(`INSERT OR IGNORE INTO axis_message (key, stream, kind, unit, document, sender, receiver, body, state, tries, not_before, reason, created_at, ended_at)
    VALUES (@key, @stream, @kind, @unit, @document, @sender, @receiver, @body, 'waiting', 0, 0, '', @atMs, 0)`);
  const due = db.prepare(`SELECT key, stream, kind, unit, document, sender, receiver, body, tries FROM axis_message AS m WHERE state = 'waiting' AND not_before <= ?
    AND NOT EXISTS (SELECT 1 FROM axis_message AS e WHERE e.stream = m.stream AND e.state = 'waiting' AND e.seq < m.seq) ORDER BY seq LIMIT ?`);
  const sent = db.prepare("UPDATE axis_message SET state = 'sent', ended_at = @atMs, reason = '', body = '' WHERE key = @key");
  const later = db.prepare("UPDATE axis_message SET tries = tries + 1, not_before = @notBeforeMs, reason = @reason WHERE key = @key AND state = 'waiting'");
  const failed = db.prepare("UPDATE axis_message SET state = 'failed', tries = tries + 1, ended_at = @atMs, reason = @reason WHERE key = @key AND state = 'waiting'");
  const again = db.prepare("UPDATE axis_message SET state = 'waiting', not_before = 0, ended_at = 0 WHERE state = 'failed' AND kind = 'status' AND (@key = '' OR key = @key)");
  const failures = db.prepare("SELECT key, kind, unit, document, receiver, reason FROM axis_message WHERE state = 'failed' ORDER BY seq LIMIT ?");
  const waiting = db.prepare("SELECT count(*) AS count, min(created_at) AS oldestMs FROM axis_message WHERE state = 'waiting'");
  const putArrival = db.prepare('INSERT INTO axis_arrival (unit, document, sender, sender_name, message, code, issued_on, print) VALUES (@unit, @document, @sender, @senderName, @message, @code, @issuedOn, @print)');
  const findArrival = db.prepare('SELECT unit, document, sender, sender_name AS senderName, message, code, issued_on AS issuedOn, print FROM axis_arrival WHERE unit = ? AND document = ?');
  const holders = db.prepare('SELECT unit FROM axis_arrival WHERE sender = ? AND message = ? ORDER BY unit').pluck();
  const hold = db.prepare(`INSERT INTO axis_lease (name, node, held_until) VALUES ('exchange', @node, @untilMs)
    ON CONFLICT (name) DO UPDATE SET node = excluded.node, held_until = excluded.held_until WHERE axis_lease.node IN ('', excluded.node) OR axis_lease.held_until <= @nowMs`);
  const release = db.prepare("UPDATE axis_lease SET node = '', held_until = 0 WHERE node = ?");

  return {
    put: async (message, atMs) => void put.run({ ...message, atMs }),
    due: async (nowMs, limit) => due.all(nowMs, limit) as AxisMessage[],
    sent: async (key, atMs) => void sent.run({ key, atMs }),
    later: async (key, notBeforeMs, reason) => void later.run({ key, notBeforeMs, reason }),
    failed: async (key, reason, atMs) => failed.run({ key, reason, atMs }).changes === 1,
    again: async (key) => again.run({ key: key ?? '' }).changes,
    failures: async (limit) => failures.all(limit) as AxisFailure[],
    waiting: async () => waiting.get() as { count: number; oldestMs: number | null },
    putArrival: async (arrival) => void putArrival.run(arrival),
    findArrival: async (unit, document) => (findArrival.get(unit, document) as AxisArrival | undefined) ?? null,
    holders: async (sender, message) => holders.all(sender, message) as OrganizationCode[],
    hold: async (node, nowMs, untilMs) => hold.run({ node, nowMs, untilMs }).changes === 1,
    release: async (node) => void release.run(node),
  };
}
