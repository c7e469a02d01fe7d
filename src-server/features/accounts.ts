import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Person, Role } from '../../src-shared/domain/organization.ts';
import type { Account, OpenSession, Storage, Tx } from '../storage/port.ts';
import { auditEntry, type AuditAction } from './audit.ts';
import type { PasswordHasher } from './passwords.ts';
import { readThumbprints, refusedCertificatesKey } from './session-calls.ts';

export type NewAccount = {
  readonly person: Person;
  readonly user: string;
  /** Null: the account opens with its token alone. */
  readonly password: string | null;
  /** Where the person acts; their own unit when not given. */
  readonly unit?: OrganizationCode;
  readonly role: Role;
  /** The password is changed before anything else. */
  readonly mustChange?: boolean;
};

/** What an administrator does to accounts. Not reachable over the line; each deed is in the audit, under `by`. */
export function createAccounts({ storage, passwords, now }: { readonly storage: Storage; readonly passwords: PasswordHasher; readonly now: () => number }) {
  const write = (tx: Tx, action: AuditAction, account: { readonly user: string; readonly unit: OrganizationCode | null }, by: string, detail: Readonly<Record<string, string | boolean>> = {}): Promise<void> =>
    tx.audit.append(auditEntry({ atMs: now(), unit: account.unit, user: by, action, subject: account.user, detail }));

  async function change(user: string, by: string, action: AuditAction, over: Partial<Pick<Account, 'password' | 'mustChange' | 'disabled'>>): Promise<void> {
    await storage.transaction(async (tx) => {
      const account = await readAccount(tx, user);
      const { person, unit, role, password, mustChange, disabled } = { ...account, ...over };
      await tx.accounts.put({ user: account.user, person: person.id, unit: unit.code, role, password, mustChange, disabled });
      await write(tx, action, { user: account.user, unit: unit.code }, by);
    });
  }

  return {
    /** New, or told anew. The same person may have several, under different names. */
    addPerson: async ({ person, user: typed, password, unit = person.unit, role, mustChange = false }: NewAccount, by = 'console'): Promise<void> => {
      const user = typed.normalize('NFC');
      const hash = password === null ? null : await passwords.hash(password);
      await storage.transaction(async (tx) => {
        const known = await tx.accounts.find(user);
        await tx.accounts.putPerson(person);
        await tx.accounts.put({ user, person: person.id, unit, role, password: hash, mustChange, disabled: false });
        await write(tx, known === null ? 'account.added' : 'account.changed', { user, unit }, by, { role, mustChange });
      });
    },
    /** A password to begin with: it is changed at its first use. */
    setPassword: async (user: string, password: string, by = 'console'): Promise<void> => {
      const hash = await passwords.hash(password);
      await change(user, by, 'password.set', { password: hash, mustChange: true });
    },
    /** Ends its sessions at once; what a desk holds back stays there. */
    setDisabled: (user: string, disabled: boolean, by = 'console'): Promise<void> => change(user, by, disabled ? 'account.disabled' : 'account.enabled', { disabled }),
    /** `thumbprint`: SHA-256 (hex) of the certificate's DER. */
    bindCertificate: (user: string, thumbprint: string, by = 'console'): Promise<void> =>
      storage.transaction(async (tx) => {
        const account = await readAccount(tx, user);
        await tx.accounts.addCertificate(account.user, thumbprint.toLowerCase());
        await write(tx, 'certificate.bound', { user: account.user, unit: account.unit.code }, by, { thumbprint: thumbprint.toLowerCase() });
      }),
    /** Ends the account's sessions too: one of them may have been opened with it. */
    unbindCertificate: (user: string, thumbprint: string, by = 'console'): Promise<void> =>
      storage.transaction(async (tx) => {
        const account = await readAccount(tx, user);
        await tx.accounts.removeCertificate(account.user, thumbprint.toLowerCase());
        await tx.sessions.endAll(account.user);
        await write(tx, 'certificate.unbound', { user: account.user, unit: account.unit.code }, by, { thumbprint: thumbprint.toLowerCase() });
      }),
    /** A token that was lost: nobody signs in with it, whichever accounts it opens, and their sessions end. `refused` false takes it back. */
    refuseCertificate: (thumbprint: string, refused: boolean, by = 'console'): Promise<void> =>
      storage.transaction(async (tx) => {
        const name = thumbprint.toLowerCase();
        const others = readThumbprints(await tx.settings.get(refusedCertificatesKey)).filter((each) => each !== name);
        await tx.settings.put(refusedCertificatesKey, (refused ? [...others, name] : others).join(' '));
        if (refused) for (const { user } of await tx.accounts.findByCertificate(name)) await tx.sessions.endAll(user);
        await write(tx, refused ? 'certificate.refused' : 'certificate.allowed', { user: name, unit: null }, by);
      }),
    accounts: (unit: OrganizationCode | null = null): Promise<readonly Account[]> => storage.read((tx) => tx.accounts.list(unit)),
    sessions: (user: string | null = null): Promise<readonly OpenSession[]> => storage.read((tx) => tx.sessions.list(user, now())),
    /** False: there is none of that id. */
    endSession: (id: string, by = 'console'): Promise<boolean> =>
      storage.transaction(async (tx) => {
        const session = (await tx.sessions.list(null, now())).find((each) => each.id === id);
        if (session === undefined || !(await tx.sessions.endById(id))) return false;
        const account = await tx.accounts.find(session.user);
        await write(tx, 'session.ended-by-administrator', { user: session.user, unit: account?.unit.code ?? null }, by, { session: id });
        return true;
      }),
  };
}

export type AccountDeeds = ReturnType<typeof createAccounts>;

async function readAccount(tx: Tx, user: string): Promise<Account> {
  const account = await tx.accounts.find(user.normalize('NFC'));
  if (account === null) throw new Error(`no account ${user}`);
  return account;
}
