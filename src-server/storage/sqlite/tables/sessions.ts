import type { OpenSession, SessionTable } from '../../port.ts';
import type { Db } from '../open.ts';
import { accountColumns, toSession, type AccountRow } from './accounts.ts';

export function createSessions(db: Db): SessionTable {
  const byToken = db.prepare(`SELECT ${accountColumns} JOIN session s ON s.user_name = a.user_name WHERE s.token_hash = ? AND s.expires_at > ? AND a.disabled = 0`);
  const put = db.prepare('INSERT INTO session (token_hash, user_name, opened_at, expires_at) VALUES (?, ?, ?, ?)');
  const end = db.prepare('DELETE FROM session WHERE token_hash = ?');
  const endAll = db.prepare('DELETE FROM session WHERE user_name = ?');
  const open = "SELECT lower(hex(substr(token_hash, 1, 8))) AS id, user_name AS user, opened_at AS openedAtMs, expires_at AS expiresAtMs FROM session WHERE expires_at > ?";
  const listAll = db.prepare(`${open} ORDER BY opened_at DESC, id`);
  const listOf = db.prepare(`${open} AND user_name = ? ORDER BY opened_at DESC, id`);
  const endById = db.prepare('DELETE FROM session WHERE lower(hex(substr(token_hash, 1, 8))) = ?');
  const prune = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  const findTry = db.prepare('SELECT failures, locked_until AS lockedUntil FROM login_try WHERE user_name = ?');
  const putTry = db.prepare(
    `INSERT INTO login_try (user_name, failures, locked_until, updated_at) VALUES (@user, @failures, @lockedUntil, @nowMs)
     ON CONFLICT (user_name) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, updated_at = excluded.updated_at`,
  );
  const forgetTry = db.prepare('DELETE FROM login_try WHERE user_name = ?');
  const pruneTries = db.prepare('DELETE FROM login_try WHERE updated_at < ? AND locked_until < ?');
  const putChallenge = db.prepare('INSERT INTO challenge (hash, expires_at) VALUES (?, ?)');
  const takeChallenge = db.prepare('DELETE FROM challenge WHERE hash = ? AND expires_at > ?');
  const pruneChallenges = db.prepare('DELETE FROM challenge WHERE expires_at <= ?');

  return {
    put: async (tokenHash, user, expiresAtMs, nowMs) => {
      prune.run(nowMs);
      put.run(tokenHash, user, nowMs, expiresAtMs);
    },
    find: async (tokenHash, nowMs) => {
      const row = byToken.get(tokenHash, nowMs) as AccountRow | undefined;
      return row === undefined ? null : { ...toSession(row), mustChange: row.mustChange === 1 };
    },
    end: async (tokenHash) => void end.run(tokenHash),
    endAll: async (user) => void endAll.run(user),
    list: async (user, nowMs) => (user === null ? listAll.all(nowMs) : listOf.all(nowMs, user)) as OpenSession[],
    endById: async (id) => endById.run(id).changes > 0,
    prune: async (nowMs) => {
      prune.run(nowMs);
      pruneChallenges.run(nowMs);
    },
    beginTry: async (user, nowMs, tries, lockMs) => {
      pruneTries.run(nowMs - lockMs, nowMs);
      const found = findTry.get(user) as { failures: number; lockedUntil: number } | undefined;
      if (found !== undefined && found.lockedUntil > nowMs) return found.lockedUntil - nowMs;
      const failures = (found === undefined || found.lockedUntil > 0 ? 0 : found.failures) + 1;
      putTry.run({ user, failures, lockedUntil: failures >= tries ? nowMs + lockMs : 0, nowMs });
      return 0;
    },
    forgetTries: async (user) => void forgetTry.run(user),
    putChallenge: async (hash, expiresAtMs, nowMs) => {
      pruneChallenges.run(nowMs);
      putChallenge.run(hash, expiresAtMs);
    },
    takeChallenge: async (hash, nowMs) => takeChallenge.run(hash, nowMs).changes === 1,
  };
}
