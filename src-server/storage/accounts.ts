import type { Organization, Person, Role } from '../../src-shared/domain/organization.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { organization, person as personSchema, role as roleSchema } from '../../src-shared/domain/organization.ts';
import type { Db } from './sqlite.ts';

/** Who a request speaks for: one person, in one unit, with one role. */
export type Session = { readonly user: string; readonly person: Person; readonly unit: Organization; readonly role: Role };
export type Account = Session & { readonly password: string };

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(db: Db) {
  const putOrganization = db.prepare('INSERT INTO organization (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name');
  const putPerson = db.prepare('INSERT INTO person (id, unit, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, body = excluded.body');
  const putAccount = db.prepare(
    `INSERT INTO account (user_name, person, unit, role, password) VALUES (@user, @person, @unit, @role, @password)
     ON CONFLICT (user_name) DO UPDATE SET person = excluded.person, unit = excluded.unit, role = excluded.role, password = excluded.password`,
  );
  const findOrganization = db.prepare('SELECT code, name FROM organization WHERE code = ?');
  const allOrganizations = db.prepare('SELECT code, name FROM organization ORDER BY code');
  const peopleOfUnit = db.prepare('SELECT body FROM person WHERE unit = ? ORDER BY id');
  const accountColumns = `SELECT a.user_name AS user, a.role AS role, a.password AS password, p.body AS person, o.code AS code, o.name AS name
    FROM account a JOIN person p ON p.id = a.person JOIN organization o ON o.code = a.unit`;
  const accountByUser = db.prepare(`${accountColumns} WHERE a.user_name = ?`);
  const accountByToken = db.prepare(`${accountColumns} JOIN session s ON s.user_name = a.user_name WHERE s.token_hash = ? AND s.expires_at > ?`);
  const putSession = db.prepare('INSERT INTO session (token_hash, user_name, expires_at) VALUES (?, ?, ?)');
  const endSession = db.prepare('DELETE FROM session WHERE token_hash = ?');
  const endSessions = db.prepare('DELETE FROM session WHERE user_name = ?');
  const pruneSessions = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  const findTry = db.prepare('SELECT failures, locked_until AS lockedUntil, updated_at AS updatedAt FROM login_try WHERE user_name = ?');
  const putTry = db.prepare(
    `INSERT INTO login_try (user_name, failures, locked_until, updated_at) VALUES (@user, @failures, @lockedUntil, @updatedAt)
     ON CONFLICT (user_name) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, updated_at = excluded.updated_at`,
  );
  const forgetTry = db.prepare('DELETE FROM login_try WHERE user_name = ?');
  const pruneTries = db.prepare('DELETE FROM login_try WHERE updated_at < ? AND locked_until < ?');

  function toAccount(row: unknown): Account | null {
    if (row === undefined) return null;
    const r = row as { user: string; role: string; password: string; person: string; code: string; name: string };
    return {
      user: r.user,
      password: r.password,
      role: roleSchema.parse(r.role),
      person: personSchema.parse(JSON.parse(r.person)),
      unit: organization.parse({ code: r.code, name: r.name }),
    };
  }

  /**
   * Counts the try before the password is looked at, so that many tries at once cannot slip through.
   * Returns 0 when the try may go on, else how long the account is still locked (ms).
   */
  function beginTry(user: string, now: number, tries: number, lockMs: number): number {
    return db.transaction(() => {
      pruneTries.run(now - lockMs, now);
      const found = findTry.get(user) as { failures: number; lockedUntil: number; updatedAt: number } | undefined;
      if (found !== undefined && found.lockedUntil > now) return found.lockedUntil - now;
      const failures = (found === undefined || found.lockedUntil > 0 ? 0 : found.failures) + 1;
      putTry.run({ user, failures, lockedUntil: failures >= tries ? now + lockMs : 0, updatedAt: now });
      return 0;
    }).immediate();
  }

  return {
    putOrganization: (value: Organization) => void putOrganization.run(value.code, value.name),
    putPerson: (value: Person) => void putPerson.run(value.id, value.unit, JSON.stringify(value)),
    /** A new password ends the sessions opened with the old one. */
    putAccount: (value: { user: string; person: string; unit: string; role: Role; password: string }) => {
      db.transaction(() => {
        putAccount.run(value);
        endSessions.run(value.user);
      }).immediate();
    },
    findOrganization: (code: OrganizationCode): Organization | null => (findOrganization.get(code) as Organization | undefined) ?? null,
    organizations: () => allOrganizations.all() as Organization[],
    people: (unit: OrganizationCode): Person[] => (peopleOfUnit.all(unit) as { body: string }[]).map((row) => personSchema.parse(JSON.parse(row.body))),
    findAccount: (user: string) => toAccount(accountByUser.get(user)),
    findSession: (tokenHash: Uint8Array, now: number): Session | null => toAccount(accountByToken.get(tokenHash, now)),
    endSession: (tokenHash: Uint8Array) => void endSession.run(tokenHash),
    putSession: (tokenHash: Uint8Array, user: string, expiresAt: number, now: number) => {
      db.transaction(() => {
        pruneSessions.run(now);
        putSession.run(tokenHash, user, expiresAt);
      }).immediate();
    },
    beginTry,
    forgetTries: (user: string) => void forgetTry.run(user),
  };
}
