import type { OpenSession, SessionTable } from '../../port.ts';
import { statement, type Session } from '../session.ts';
import { accountColumns, accountTables, toSpeaker, type AccountRow } from './accounts.ts';

const byToken = statement('session-find', `SELECT ${accountColumns} FROM session s JOIN ${accountTables.replace('account a', 'account a ON a.user_name = s.user_name')} WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT a.disabled`);
const put = statement('session-put', 'INSERT INTO session (token_hash, user_name, opened_at, expires_at) VALUES ($1, $2, $3, $4)');
const end = statement('session-end', 'DELETE FROM session WHERE token_hash = $1');
const endAll = statement('session-end-all', 'DELETE FROM session WHERE user_name = $1');
const idOf = `encode(substr(token_hash, 1, 8), 'hex')`;
const list = statement(
  'session-list',
  `SELECT ${idOf} AS id, user_name AS "user", opened_at AS "openedAtMs", expires_at AS "expiresAtMs" FROM session
   WHERE expires_at > $2 AND ($1::text IS NULL OR user_name = $1) ORDER BY opened_at DESC, id`,
);
const endById = statement('session-end-by-id', `DELETE FROM session WHERE ${idOf} = $1`);
const prune = statement('session-prune', 'DELETE FROM session WHERE expires_at <= $1');
const makeTry = statement('try-make', 'INSERT INTO login_try (user_name, failures, locked_until, updated_at) VALUES ($1, 0, 0, $2) ON CONFLICT (user_name) DO NOTHING');
const ownTry = statement('try-own', 'SELECT failures, locked_until AS "lockedUntil" FROM login_try WHERE user_name = $1 FOR UPDATE');
const putTry = statement('try-put', 'UPDATE login_try SET failures = $2, locked_until = $3, updated_at = $4 WHERE user_name = $1');
const forgetTry = statement('try-forget', 'DELETE FROM login_try WHERE user_name = $1');
// rows that others hold are theirs: a cleaner never waits, so it is in nobody's way
const pruneTries = statement('try-prune', 'DELETE FROM login_try WHERE user_name IN (SELECT user_name FROM login_try WHERE updated_at < $1 AND locked_until < $2 LIMIT 100 FOR UPDATE SKIP LOCKED)');
const putChallenge = statement('challenge-put', 'INSERT INTO challenge (hash, expires_at) VALUES ($1, $2)');
const takeChallenge = statement('challenge-take', 'DELETE FROM challenge WHERE hash = $1 AND expires_at > $2');
const pruneChallenges = statement('challenge-prune', 'DELETE FROM challenge WHERE hash IN (SELECT hash FROM challenge WHERE expires_at <= $1 LIMIT 100 FOR UPDATE SKIP LOCKED)');

export function createSessions(session: Session): SessionTable {
  return {
    put: async (tokenHash, user, expiresAtMs, nowMs) => void (await session.run(put, [tokenHash, user, nowMs, expiresAtMs])),
    find: async (tokenHash, nowMs) => {
      const [row] = await session.query<AccountRow>(byToken, [tokenHash, nowMs]);
      return row === undefined ? null : { ...toSpeaker(row), mustChange: row.mustChange };
    },
    end: async (tokenHash) => void (await session.run(end, [tokenHash])),
    endAll: async (user) => void (await session.run(endAll, [user])),
    list: (user, nowMs) => session.query<OpenSession>(list, [user, nowMs]),
    endById: async (id) => (await session.run(endById, [id])) > 0,
    prune: async (nowMs) => void (await Promise.all([session.run(prune, [nowMs]), session.run(pruneChallenges, [nowMs])])),
    beginTry: async (user, nowMs, tries, lockMs) => {
      // one row, one at a time: of many tries at once each is counted
      const [, , rows] = await Promise.all([
        session.run(pruneTries, [nowMs - lockMs, nowMs]), session.run(makeTry, [user, nowMs]), session.query<{ failures: number; lockedUntil: number }>(ownTry, [user]),
      ]);
      const { failures, lockedUntil } = rows[0] ?? { failures: 0, lockedUntil: 0 };
      if (lockedUntil > nowMs) return lockedUntil - nowMs;
      const next = (lockedUntil > 0 ? 0 : failures) + 1;
      await session.run(putTry, [user, next, next >= tries ? nowMs + lockMs : 0, nowMs]);
      return 0;
    },
    forgetTries: async (user) => void (await session.run(forgetTry, [user])),
    putChallenge: async (hash, expiresAtMs, nowMs) => void (await Promise.all([session.run(pruneChallenges, [nowMs]), session.run(putChallenge, [hash, expiresAtMs])])),
    takeChallenge: async (hash, nowMs) => (await session.run(takeChallenge, [hash, nowMs])) === 1,
  };
}
