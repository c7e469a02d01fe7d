import { organization, person as personSchema, role as roleSchema, type Person } from '../../../../src-shared/domain/organization.ts';
import type { Account, AccountTable, Session as Speaker } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';

export type AccountRow = Row & {
  readonly user: string; readonly role: string; readonly password: string; readonly mustChange: boolean; readonly disabled: boolean; readonly person: string; readonly code: string; readonly name: string;
};
/** The rows that `toSpeaker` reads. */
export const accountColumns = `a.user_name AS "user", a.role, a.password, a.must_change AS "mustChange", a.disabled, p.body AS person, o.code, o.name`;
export const accountTables = 'account a JOIN person p ON p.id = a.person JOIN office o ON o.code = a.unit';
const certificatesOf = '(SELECT coalesce(array_agg(c.thumbprint ORDER BY c.thumbprint), ARRAY[]::text[]) FROM certificate c WHERE c.user_name = a.user_name) AS certificates';
const select = `SELECT ${accountColumns}, ${certificatesOf} FROM ${accountTables}`;

const putPerson = statement('person-put', 'INSERT INTO person (id, unit, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, body = excluded.body');
const findPerson = statement('person-find', 'SELECT body FROM person WHERE id = $1');
const people = statement('person-list', 'SELECT body FROM person WHERE unit = $1 ORDER BY id');
const found = statement('account-before', 'SELECT unit, role, password FROM account WHERE user_name = $1 FOR UPDATE');
const put = statement(
  'account-put',
  `INSERT INTO account (user_name, person, unit, role, password, must_change, disabled) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (user_name) DO UPDATE SET person = excluded.person, unit = excluded.unit, role = excluded.role, password = excluded.password, must_change = excluded.must_change, disabled = excluded.disabled`,
);
const rehash = statement('account-rehash', 'UPDATE account SET password = $3 WHERE user_name = $1 AND password = $2');
const endSessions = statement('account-end-sessions', 'DELETE FROM session WHERE user_name = $1');
const byUser = statement('account-find', `${select} WHERE a.user_name = $1`);
const all = statement('account-list', `${select} ORDER BY a.user_name`);
const ofUnit = statement('account-list-unit', `${select} WHERE a.unit = $1 ORDER BY a.user_name`);
const byCertificate = statement('account-by-certificate', `${select} JOIN certificate t ON t.user_name = a.user_name WHERE t.thumbprint = $1 ORDER BY a.user_name`);
const addCertificate = statement('certificate-add', 'INSERT INTO certificate (thumbprint, user_name) VALUES ($2, $1) ON CONFLICT DO NOTHING');
const removeCertificate = statement('certificate-remove', 'DELETE FROM certificate WHERE thumbprint = $2 AND user_name = $1');

export function toSpeaker(row: AccountRow): Speaker {
  return { user: row.user, role: roleSchema.parse(row.role), person: toPerson(row.person), unit: organization.parse({ code: row.code, name: row.name }) };
}

export function createAccounts(session: Session): AccountTable {
  const list = async (rows: Promise<readonly (AccountRow & { certificates: string[] })[]>) => (await rows).map(toAccount);
  return {
    putPerson: async (value) => void (await session.run(putPerson, [value.id, value.unit, JSON.stringify(value)])),
    findPerson: async (id) => {
      const [row] = await session.query<{ body: string }>(findPerson, [id]);
      return row === undefined ? null : toPerson(row.body);
    },
    people: async (unit) => (await session.query<{ body: string }>(people, [unit])).map((row) => toPerson(row.body)),
    put: async ({ user, person, unit, role, password, mustChange, disabled }) => {
      const [before] = await session.query<{ unit: string; role: string; password: string }>(found, [user]);
      await session.run(put, [user, person, unit, role, password ?? '', mustChange, disabled]);
      if (before !== undefined && (disabled || before.unit !== unit || before.role !== role || before.password !== (password ?? ''))) await session.run(endSessions, [user]);
    },
    rehash: async (user, before, after) => void (await session.run(rehash, [user, before, after])),
    find: async (user) => (await list(session.query(byUser, [user])))[0] ?? null,
    list: (unit) => list(unit === null ? session.query(all, []) : session.query(ofUnit, [unit])),
    addCertificate: async (user, thumbprint) => void (await session.run(addCertificate, [user, thumbprint])),
    removeCertificate: async (user, thumbprint) => void (await session.run(removeCertificate, [user, thumbprint])),
    findByCertificate: (thumbprint) => list(session.query(byCertificate, [thumbprint])),
  };
}

function toAccount(row: AccountRow & { certificates: string[] }): Account {
  return { ...toSpeaker(row), password: row.password === '' ? null : row.password, mustChange: row.mustChange, disabled: row.disabled, certificates: row.certificates };
}

function toPerson(body: string): Person {
  return personSchema.parse(JSON.parse(body));
}
