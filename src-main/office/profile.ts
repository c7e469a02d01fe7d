import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { organization, person, role } from '../../src-shared/domain/organization.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { writeWhole } from '../features/settings/write-whole.ts';

/** Whose desk this profile holds, and where its server is. Never a password; the token lies in the encrypted store. */
const profile = z.object({
  schema: z.literal(1),
  serverUrl: z.url(),
  user: z.string().min(1).max(64),
  unit: organization,
  person,
  role,
  /** Thumbprint of the certificate that signed in last; a token may hold several, and one of them opens this desk. */
  certificate: z.string().max(128).nullable().default(null),
  /** Whether the person last proved themselves with the token of that certificate: pulling it out may then lock the desk (docs/adr/0035). */
  tokenSession: z.boolean().default(false),
  /** The screen was locked, and is so at the next start. */
  locked: z.boolean().default(false),
  /** How many actions waited when the person signed out; null while the desk is theirs to open. */
  left: z.object({ waiting: z.int().nonnegative() }).nullable(),
});
export type OfficeProfile = z.infer<typeof profile>;

/**
 * Null before the first sign-in. A file that is no profile is `store.damaged`, one that may not be read `store.cannot-open`: the desk beside it must not be given to whoever signs in
 * next, and its owner's name is not to be guessed.
 */
export function findProfile(dir: string): Result<OfficeProfile | null> {
  const file = profileFile(dir);
  if (!existsSync(file)) return ok(null);
  try {
    return ok(profile.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    // what the system refuses carries a code; JSON and schema do not
    if (error instanceof Error) return fail('code' in error ? 'store.cannot-open' : 'store.damaged', { file });
    throw error;
  }
}

export function writeProfile(dir: string, value: OfficeProfile): void {
  writeWhole(profileFile(dir), `${JSON.stringify(profile.parse(value), null, 2)}\n`);
}

export function profileFile(dir: string): string {
  return join(dir, 'office.json');
}
