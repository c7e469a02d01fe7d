import { argon2, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../src-shared/result.ts';

/** What hashes passwords and compares them. The simulation gives a quick one of its own. */
export type PasswordHasher = {
  /** More people wait than this machine can hash for: asked before a try is counted. */
  readonly isFull?: () => boolean;
  readonly hash: (password: string) => Promise<string>;
  /**
   * `stored` null: a name that is not there, or has no password; it takes the same time and is never right. `stale`: right, but hashed with other figures than today's.
   * Errors: `server.busy` when more people are being looked at than this machine can hash for.
   */
  readonly check: (password: string, stored: string | null) => Promise<Result<{ readonly right: boolean; readonly stale: boolean }>>;
};

/** Argon2's figures: KiB, passes, lanes. */
export type PasswordCost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** RFC 9106 4 and OWASP's figures for password storage: 19 MiB, two passes, one lane. */
export const defaultCost: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };

/** Hashes at a time: Node's pool has four threads, and reading files needs one of them. */
const atOnce = 3;
/** Waiting for one of those; some 3 s of work. Who comes beyond it is asked to come back. */
const mostWaiting = 150;
const saltBytes = 16;
const tagBytes = 32;

/** argon2id out of Node's own crypto (docs/adr/0020). A hash is `$argon2id$m,t,p$salt$tag`, the last two base64url. */
export function createPasswords(randomBytes: (size: number) => Uint8Array, cost: PasswordCost = defaultCost): PasswordHasher {
  const limit = createLimit();
  const figures = `${cost.memory},${cost.passes},${cost.parallelism}`;

  async function hash(password: string): Promise<string> {
    const salt = Buffer.from(randomBytes(saltBytes));
    const tag = await limit.run(() => derive(password, salt, cost));
    return `$argon2id$${figures}$${salt.toString('base64url')}$${tag.toString('base64url')}`;
  }

  const nobody = { cost, salt: Buffer.from(randomBytes(saltBytes)), tag: Buffer.from(randomBytes(tagBytes)) };

  return {
    hash,
    isFull: () => limit.waiting() >= mostWaiting,
    check: async (password, stored) => {
      if (limit.waiting() >= mostWaiting) return fail('server.busy', { seconds: 5 });
      const kept = stored === null ? nobody : readHash(stored);
      const given = await limit.run(() => derive(password, kept.salt, kept.cost));
      const right = given.length === kept.tag.length && timingSafeEqual(given, kept.tag) && stored !== null;
      return ok({ right, stale: right && !(stored ?? '').startsWith(`$argon2id$${figures}$`) });
    },
  };
}

/** Throws on what this program never wrote. */
function readHash(stored: string): { readonly cost: PasswordCost; readonly salt: Buffer; readonly tag: Buffer } {
  const match = /^\$argon2id\$(\d+),(\d+),(\d+)\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/.exec(stored);
  if (match === null) throw new Error('a stored password cannot be read');
  const [, memory, passes, parallelism, salt, tag] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt ?? '', 'base64url'), tag: Buffer.from(tag ?? '', 'base64url'),
  };
}

function derive(password: string, nonce: Uint8Array, cost: PasswordCost): Promise<Buffer> {
  // RFC 8265 4.2: NFC, or a Vietnamese password depends on the keyboard it was typed on
  const message = password.normalize('NFC');
  return new Promise((resolve, reject) => argon2('argon2id', { message, nonce, ...cost, tagLength: tagBytes }, (error, tag) => (error === null ? resolve(tag) : reject(error))));
}

/** So many at a time, the rest in the order they came. */
function createLimit(): { readonly run: <T>(work: () => Promise<T>) => Promise<T>; readonly waiting: () => number } {
  const queue: (() => void)[] = [];
  let running = 0;
  return {
    waiting: () => queue.length,
    run: async (work) => {
      if (running >= atOnce) await new Promise<void>((resolve) => { queue.push(resolve); });
      else running += 1;
      try {
        return await work();
      } finally {
        const next = queue.shift();
        // the place is handed on: nobody slips in between
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
