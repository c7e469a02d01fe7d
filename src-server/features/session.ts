import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sessionRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/reply.ts';
import type { ServerLimits } from '../limits.ts';
import type { Accounts, Session } from '../storage/accounts.ts';

// RFC 9106 and OWASP's password storage figures: argon2id, 19 MiB, two passes, one lane
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** `$argon2id$m,t,p$salt$tag`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt);
  return `$argon2id$${cost.memory},${cost.passes},${cost.parallelism}$${salt.toString('base64url')}$${tag.toString('base64url')}`;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(accounts: Accounts, limits: ServerLimits, now: () => number) {
  // a name that is not there costs the same time as a wrong password
  const nobody = hashPassword(randomBytes(16).toString('hex'));

  return {
    /** POST /v1/session */
    open: async (request: IncomingMessage): Promise<Reply> => {
      const body = await readJson(request, sessionRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      if (!('password' in body.value)) return refuse({ code: 'session.unknown-certificate' });
      const { user, password } = body.value;
      const lockedMs = accounts.beginTry(user, now(), limits.loginTries, limits.loginLockMs);
      if (lockedMs > 0) {
        const seconds = Math.ceil(lockedMs / 1000);
        return refuse({ code: 'session.locked', params: { seconds } }, { 'retry-after': seconds });
      }
      const account = accounts.findAccount(user);
      const right = await verifyPassword(password, account?.password ?? (await nobody));
      if (account === null || !right) return refuse({ code: 'session.wrong-password' });
      accounts.forgetTries(user);
      const token = randomBytes(32);
      const expiresAt = now() + limits.sessionTtlMs;
      accounts.putSession(hashToken(token), user, expiresAt, now());
      return json(200, {
        token: token.toString('base64url'), person: account.person, unit: account.unit, role: account.role, expiresAt: new Date(expiresAt).toISOString(), user, mustChange: false,
      });
    },
    /** DELETE /v1/session: this token is nobody's from now on; the person's other sessions stay. */
    end: (request: IncomingMessage): Reply => {
      const hash = readTokenHash(request);
      if (hash !== null) accounts.endSession(hash);
      return { status: 204 };
    },
    find: (request: IncomingMessage): Session | null => {
      const hash = readTokenHash(request);
      return hash === null ? null : accounts.findSession(hash, now());
    },
  };
}

function readTokenHash(request: IncomingMessage): Buffer | null {
  const match = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '');
  return match === null ? null : hashToken(Buffer.from(match[1] ?? '', 'base64url'));
}

function hashToken(token: Uint8Array): Buffer {
  return createHash('sha256').update(token).digest();
}

async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, , , salt, tag] = stored.split('$');
  const given = await derive(password, Buffer.from(salt ?? '', 'base64url'));
  return timingSafeEqual(given, Buffer.from(tag ?? '', 'base64url'));
}

function derive(password: string, nonce: Buffer): Promise<Buffer> {
  // RFC 8265 4.2: NFC, or a Vietnamese password depends on the keyboard it was typed on
  const message = password.normalize('NFC');
  return new Promise((resolve, reject) => argon2('argon2id', { message, nonce, ...cost }, (error, tag) => (error === null ? resolve(tag) : reject(error))));
}
