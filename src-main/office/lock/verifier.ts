import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** scrypt and not argon2id: Electron's Node has none (docs/adr/0033). 32 MiB a try; what it is made of lies in a store that is encrypted whole. */
const cost = { cost: 1 << 15, blockSize: 8, parallelization: 1 } as const;
const lengthBytes = 32;
const kept = z.object({ name: z.literal('scrypt'), cost: z.int().min(1024).max(1 << 18), blockSize: z.literal(8), parallelization: z.literal(1), salt: z.base64(), hash: z.base64() });

/** What a password is known by again. The password is not in it. */
export async function makeVerifier(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return JSON.stringify({ name: 'scrypt', ...cost, salt: salt.toString('base64'), hash: hash.toString('base64') } satisfies z.infer<typeof kept>);
}

/** Null: what was kept tells nothing, as in a profile older than this. */
export async function checkVerifier(verifier: string | null, password: string): Promise<boolean | null> {
  const known = readKept(verifier);
  if (known === null) return null;
  const hash = Buffer.from(known.hash, 'base64');
  const given = await derive(password, Buffer.from(known.salt, 'base64'), known);
  return hash.length === given.length && timingSafeEqual(hash, given);
}

function readKept(verifier: string | null): z.infer<typeof kept> | null {
  if (verifier === null || verifier === '') return null;
  try {
    return kept.safeParse(JSON.parse(verifier)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** NFC, as the server hashes it: a keyboard may send the marks apart. */
function derive(password: string, salt: Buffer, { cost: N, blockSize: r, parallelization: p }: { readonly cost: number; readonly blockSize: number; readonly parallelization: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, lengthBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
