import { organization, person as personSchema, role as roleSchema } from '../../../../src-shared/domain/organization.ts';
import type { Account, AccountTable } from '../../port.ts';
import type { Db } from '../open.ts';

export type AccountRow = {
  readonly user: string; readonly role: string; readonly password: string; readonly mustChange: number; readonly disabled: number; readonly person: string; readonly code: string; readonly name: string;
};

/** The rows that `toAccount` reads. */
export const accountColumns = `a.user_name AS user, a.role AS role, a.password AS password, a.must_change AS mustChange, a.disabled AS disabled, p.body AS person, o.code AS code, o.name AS name
  FROM account a JOIN person p ON p.id = a.person JOIN office o ON o.code = a.unit`;

export function toSession(row: AccountRow) {
  return { user: row.user, role: roleSchema.parse(row.role), person: personSchema.parse(JSON.parse(row.person)), unit: organization.parse({ code: row.code, name: row.name }) };
}

export function createAccounts(db: Db): AccountTable {
  const putPerson = db.prepare('INSERT INTO person (id, unit, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, body = excluded.body');
  const findPerson = db.prepare('SELECT body FROM person WHERE id = ?').pluck();
  const peopleOfUnit = db.prepare('SELECT body FROM person WHERE unit = ? ORDER BY id').pluck();
  const found = db.prepare('SELECT unit, role, password, disabled FROM account WHERE user_name = ?');
  const put = db.prepare(
    `INSERT INTO account (user_name, person, unit, role, password, must_change, disabled) VALUES (@user, @person, @unit, @role, @password, @mustChange, @disabled)
     ON CONFLICT (user_name) DO UPDATE SET person = excluded.person, unit = excluded.unit, role = excluded.role, password = excluded.password, must_change = excluded.must_change, disabled = excluded.disabled`,
  );
  const rehash = db.prepare('UPDATE account SET password = ? WHERE user_name = ? AND password = ?');
  const endSessions = db.prepare('DELETE FROM session WHERE user_name = ?');
  const byUser = db.prepare(`SELECT ${accountColumns} WHERE a.user_name = ?`);
  const all = db.prepare(`SELECT ${accountColumns} ORDER BY a.user_name`);
  const ofUnit = db.prepare(`SELECT ${accountColumns} WHERE a.unit = ? ORDER BY a.user_name`);
  const byCertificate = db.prepare(`SELECT ${accountColumns} JOIN certificate c ON c.user_name = a.user_name WHERE c.thumbprint = ? ORDER BY a.user_name`);
  const certificatesOf = db.prepare('SELECT thumbprint FROM certificate WHERE user_name = ? ORDER BY thumbprint').pluck();
  const addCertificate = db.prepare('INSERT OR IGNORE INTO certificate (thumbprint, user_name) VALUES (?, ?)');
  const removeCertificate = db.prepare('DELETE FROM certificate WHERE thumbprint = ? AND user_name = ?');

  function toAccount(row: AccountRow): Account {
    return {
      ...toSession(row),
      password: row.password === '' ? null : row.password,
      mustChange: row.mustChange === 1,
      disabled: row.disabled === 1,
      certificates: certificatesOf.all(row.user) as string[],
    };
  }
  const toPerson = (body: unknown) => personSchema.parse(JSON.parse(body as string));

  return {
    putPerson: async (value) => void putPerson.run(value.id, value.unit, JSON.stringify(value)),
    findPerson: async (id) => {
      const body = findPerson.get(id);
      return body === undefined ? null : toPerson(body);
    },
    people: async (unit) => peopleOfUnit.all(unit).map(toPerson),
    put: async ({ user, person, unit, role, password, mustChange, disabled }) => {
      const before = found.get(user) as { unit: string; role: string; password: string; disabled: number } | undefined;
      const next = { user, person, unit, role, password: password ?? '', mustChange: mustChange ? 1 : 0, disabled: disabled ? 1 : 0 };
      put.run(next);
      if (before !== undefined && (next.disabled === 1 || before.unit !== unit || before.role !== role || before.password !== next.password)) endSessions.run(user);
    },
    rehash: async (user, before, after) => void rehash.run(after, user, before),
    find: async (user) => {
      const row = byUser.get(user) as AccountRow | undefined;
      return row === undefined ? null : toAccount(row);
    },
    list: async (unit) => ((unit === null ? all.all() : ofUnit.all(unit)) as AccountRow[]).map(toAccount),
    addCertificate: async (user, thumbprint) => void addCertificate.run(thumbprint, user),
    removeCertificate: async (user, thumbprint) => void removeCertificate.run(thumbprint, user),
    findByCertificate: async (thumbprint) => (byCertificate.all(thumbprint) as AccountRow[]).map(toAccount),
  };
}
