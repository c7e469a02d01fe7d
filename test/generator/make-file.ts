import { makeDocument } from './document.ts';
import { createProtection } from './encrypt.ts';
import { layOut } from './layout.ts';
import { createRandom } from './random.ts';
import { drawSpec, type FileSpec } from './spec.ts';

export type RandomFile = {
  readonly seed: number;
  readonly spec: FileSpec;
  readonly bytes: Buffer;
  /** What opens it, by lot the user's or the owner's; null where none is needed. */
  readonly password: string | null;
};

export const ownerPassword = 'chu-so-huu';

/** A PDF of the seed's own: the same seed, the same bytes. `fixed`: parts of the spec that are not left to chance. */
export function makeRandomFile(seed: number, fixed: Partial<FileSpec> = {}): RandomFile {
  const random = createRandom(seed);
  const spec = { ...drawSpec(random), ...fixed };
  const passwords = { user: spec.hasUserPassword ? random.pick(['mat-khau', 'x', 'Son Tinh 2026']) : '', owner: ownerPassword };
  const id = random.bytes(16);
  const protection = spec.encryption === 'none' ? null : createProtection(spec.encryption, passwords, id, spec.encryptMetadata, random);
  const bytes = layOut(spec, makeDocument(spec, random), id, protection, random);
  return { seed, spec, bytes, password: spec.hasUserPassword ? random.pick([passwords.user, passwords.owner]) : null };
}
