import { brokenPasswordRules, minPasswordLength } from '../../src-shared/domain/password.ts';
import { passwordRequest, sessionRequest, type AccountChoice } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply, type ServerRequest } from '../http/call.ts';
import type { ServerLimits } from '../limits.ts';
import type { Account, Session, Storage, Tx } from '../storage/port.ts';
import { auditEntry, type AuditAction } from './audit.ts';
import { challengeTtlMs, createPeerBudget, hashToken } from './challenge.ts';
import type { PasswordHasher } from './passwords.ts';
import { checkProof, type TrustedCertificate } from './session-certificate.ts';

export type SessionParts = {
  readonly storage: Storage;
  readonly passwords: PasswordHasher;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly now: () => number;
  readonly limits: Pick<ServerLimits, 'sessionTtlMs' | 'loginTries' | 'loginLockMs'>;
  /** Names by which desks address this server, each with its port where it is not HTTPS's own; empty: whatever the request's Host says. */
  readonly publicHosts: readonly string[];
  /** The certificates that the province trusts; null where it has published none. */
  readonly trusted: () => readonly TrustedCertificate[] | null;
};

export type SeenSession = Session & { readonly mustChange: boolean };

/** Five certificates, as large as the schema lets them be. */
const bodyBytes = 64 * 1024;
/** What one peer may fail at, and challenges it may ask for. A whole commune sits behind one address. */
const failuresPerPeer = 100;
const challengesPerPeer = 600;
/** A name is locked for everybody only after so many times as many failures as lock one peer out of it: whoever guesses from one machine locks nobody out but themselves. */
const peersPerName = 10;

export const refusedCertificatesKey = 'certificates.refused';

/** The calls that open, end and change sessions (docs/adr/0020). */
export function createSessions({ storage, passwords, randomBytes, now, limits, publicHosts, trusted }: SessionParts) {
  const failures = createPeerBudget({ most: failuresPerPeer, windowMs: limits.loginLockMs, now });
  const challenges = createPeerBudget({ most: challengesPerPeer, windowMs: challengeTtlMs, now });
  const hosts = publicHosts.map((host) => host.toLowerCase());

  const entry = (action: AuditAction, account: Session | null, detail: Readonly<Record<string, string>>) =>
    auditEntry({ atMs: now(), unit: account?.unit.code ?? null, user: account?.user ?? null, action, subject: account?.user ?? '', detail });

  /** Counts a try of this name from this peer, or says how long it has to wait. */
  async function beginTry(tx: Tx, user: string, peer: string): Promise<number> {
    const own = await tx.sessions.beginTry(pairKey(user, peer), now(), limits.loginTries, limits.loginLockMs);
    return own > 0 ? own : tx.sessions.beginTry(nameKey(user), now(), limits.loginTries * peersPerName, limits.loginLockMs);
  }

  async function forgetTries(tx: Tx, user: string, peer: string): Promise<void> {
    await tx.sessions.forgetTries(pairKey(user, peer));
    await tx.sessions.forgetTries(nameKey(user));
  }

  async function writeRefusal(error: AppError, account: Session | null, way: 'password' | 'token', peer: string): Promise<Reply> {
    failures.spend(peer);
    await storage.transaction((tx) => tx.audit.append(entry('session.refused', account, { way, peer, reason: error.code })));
    return refuse(error);
  }

  async function letIn(tx: Tx, account: Account, way: 'password' | 'token', peer: string): Promise<Reply> {
    const token = randomBytes(32);
    const expiresAtMs = now() + limits.sessionTtlMs;
    await tx.sessions.put(hashToken(token), account.user, expiresAtMs, now());
    await tx.audit.append(entry('session.opened', account, { way, peer }));
    const { user, person, unit, role, mustChange } = account;
    return json(200, { token: Buffer.from(token).toString('base64url'), person, unit, role, expiresAt: new Date(expiresAtMs).toISOString(), user, mustChange });
  }

  async function byPassword(user: string, password: string, peer: string): Promise<Reply> {
    // who is sent away unheard has not guessed wrong
    if (passwords.isFull?.() === true) return refuse({ code: 'server.busy' }, { 'retry-after': 5 });
    const waitMs = await storage.transaction((tx) => beginTry(tx, user, peer));
    if (waitMs > 0) return lockedFor(Math.ceil(waitMs / 1000));
    const account = await storage.read((tx) => tx.accounts.find(user));
    const checked = await passwords.check(password, account?.password ?? null);
    if (!checked.ok) return refuse(checked.error, { 'retry-after': Number(checked.error.params?.['seconds'] ?? 5) });
    if (account === null || !checked.value.right) return writeRefusal({ code: 'session.wrong-password' }, account, 'password', peer);
    const before = account.password;
    const anew = checked.value.stale ? await passwords.hash(password) : null;
    return storage.transaction(async (tx) => {
      await forgetTries(tx, user, peer);
      // what it is now: it may have been closed, or given another password, while this one was being looked at
      const present = await tx.accounts.find(user);
      if (present === null || present.password !== before) return refuse({ code: 'session.wrong-password' });
      if (present.disabled) {
        await tx.audit.append(entry('session.refused', present, { way: 'password', peer, reason: 'session.disabled' }));
        return refuse({ code: 'session.disabled' });
      }
      if (anew !== null && before !== null) await tx.accounts.rehash(user, before, anew);
      return letIn(tx, present, 'password', peer);
    });
  }

  async function byToken(proof: Extract<typeof sessionRequest['_output'], { readonly challenge: string }>, addressed: string, peer: string): Promise<Reply> {
    const host = proof.host.toLowerCase();
    if (!(hosts.length > 0 ? hosts.includes(host) : host === addressed.toLowerCase())) return refuse({ code: 'session.other-host' });
    const proven = checkProof(proof, trusted(), now());
    const reply = await storage.transaction(async (tx): Promise<Reply> => {
      const refused = async (code: AppError['code'], account: Session | null = null, params?: AppError['params']): Promise<Reply> => {
        await tx.audit.append(entry('session.refused', account, { way: 'token', peer, reason: code }));
        return refuse({ code, params });
      };
      const fresh = await tx.sessions.takeChallenge(hashToken(proof.challenge), now());
      const again = !fresh && proven.ok && proof.user !== null && (await tx.sessions.takeChallenge(choiceHash(proof.challenge, proven.value.thumbprint), now()));
      if (!fresh && !again) return refused('session.challenge-spent');
      if (!proven.ok) return refused(proven.error.code, null, proven.error.params);
      const { thumbprint } = proven.value;
      if (readThumbprints(await tx.settings.get(refusedCertificatesKey)).includes(thumbprint)) return refused('session.certificate-untrusted');
      const bound = await tx.accounts.findByCertificate(thumbprint);
      const asked = proof.user === null ? bound : bound.filter(({ user }) => user === proof.user?.normalize('NFC'));
      const open = asked.filter(({ disabled }) => !disabled);
      const [account] = open;
      if (asked.length === 0) return refused('session.unknown-certificate');
      if (account === undefined) return refused('session.disabled', asked[0]);
      if (open.length > 1) {
        // the same signature once more, with a name: the PIN is not asked for twice
        await tx.sessions.putChallenge(choiceHash(proof.challenge, thumbprint), now() + challengeTtlMs, now());
        const choice: AccountChoice = { error: { code: 'session.several-accounts' }, accounts: open.map(({ user, person, unit, role }) => ({ user, person: person.fullName, unit, role })) };
        return json(409, choice);
      }
      return letIn(tx, account, 'token', peer);
    });
    if (reply.status === 401) failures.spend(peer);
    return reply;
  }

  return {
    /** POST /v1/session/challenge */
    challenge: async (request: ServerRequest): Promise<Reply> => {
      const wait = challenges.wait(request.peer);
      if (wait > 0) return lockedFor(wait);
      challenges.spend(request.peer);
      const challenge = Buffer.from(randomBytes(32)).toString('base64url');
      const expiresAtMs = now() + challengeTtlMs;
      await storage.transaction((tx) => tx.sessions.putChallenge(hashToken(challenge), expiresAtMs, now()));
      return json(200, { challenge, expiresAt: new Date(expiresAtMs).toISOString() });
    },
    /** POST /v1/session */
    open: async (request: ServerRequest): Promise<Reply> => {
      const body = await readJson(request, sessionRequest, bodyBytes);
      if (!body.ok) return refuse(body.error);
      const wait = failures.wait(request.peer);
      if (wait > 0) return lockedFor(wait);
      return 'password' in body.value ? byPassword(body.value.user.normalize('NFC'), body.value.password, request.peer) : byToken(body.value, request.headers['host'] ?? '', request.peer);
    },
    /** DELETE /v1/session: this token is nobody's from now on; the person's other sessions stay. */
    end: async (request: ServerRequest, session: SeenSession): Promise<Reply> => {
      const hash = readTokenHash(request);
      if (hash !== null) {
        await storage.transaction(async (tx) => {
          await tx.sessions.end(hash);
          await tx.audit.append(entry('session.ended', session, {}));
        });
      }
      return { status: 204 };
    },
    /** POST /v1/session/password: the session that asks goes on, the others of the name end. */
    changePassword: async (request: ServerRequest, session: SeenSession): Promise<Reply> => {
      const hash = readTokenHash(request);
      const body = await readJson(request, passwordRequest, bodyBytes);
      if (!body.ok) return refuse(body.error);
      if (hash === null) return refuse({ code: 'session.required' });
      const { present, next } = body.value;
      const { user } = session;
      const waitMs = await storage.transaction((tx) => beginTry(tx, user, request.peer));
      if (waitMs > 0) return lockedFor(Math.ceil(waitMs / 1000));
      const account = await storage.read((tx) => tx.accounts.find(user));
      // an account that opens with its token alone has no password to change
      if (account === null || account.password === null) return refuse({ code: 'not-allowed' });
      const checked = await passwords.check(present, account.password);
      if (!checked.ok) return refuse(checked.error, { 'retry-after': 5 });
      if (!checked.value.right) {
        await storage.transaction((tx) => tx.audit.append(entry('password.change-refused', session, { peer: request.peer })));
        return refuse({ code: 'session.wrong-password' });
      }
      if (brokenPasswordRules(next, { user, present }).length > 0) {
        await storage.transaction((tx) => forgetTries(tx, user, request.peer));
        return refuse({ code: 'session.weak-password', params: { length: minPasswordLength } });
      }
      const password = await passwords.hash(next);
      return storage.transaction(async (tx): Promise<Reply> => {
        const now1 = await tx.accounts.find(user);
        if (now1 === null || now1.disabled || now1.password !== account.password) return refuse({ code: 'session.required' });
        await forgetTries(tx, user, request.peer);
        await tx.accounts.put({ user, person: now1.person.id, unit: now1.unit.code, role: now1.role, password, mustChange: false, disabled: false });
        await tx.sessions.put(hash, user, now() + limits.sessionTtlMs, now());
        await tx.audit.append(entry('password.changed', session, { peer: request.peer }));
        return { status: 204 };
      });
    },
    find: (request: ServerRequest): Promise<SeenSession | null> => {
      const hash = readTokenHash(request);
      return hash === null ? Promise.resolve(null) : storage.read((tx) => tx.sessions.find(hash, now()));
    },
  };
}


export function readThumbprints(stored: string | null): readonly string[] {
  return stored === null || stored === '' ? [] : stored.split(' ');
}

function lockedFor(seconds: number): Reply {
  return refuse({ code: 'session.locked', params: { seconds } }, { 'retry-after': seconds });
}

/** No peer's address holds a line break, so the two never meet. */
const pairKey = (user: string, peer: string): string => `from ${peer}\n${user}`;
const nameKey = (user: string): string => `from anywhere\n${user}`;

function choiceHash(challenge: string, thumbprint: string): Uint8Array {
  return hashToken(`choice\n${challenge}\n${thumbprint}`);
}

function readTokenHash(request: ServerRequest): Uint8Array | null {
  const match = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers['authorization'] ?? '');
  return match === null ? null : hashToken(Buffer.from(match[1] ?? '', 'base64url'));
}
