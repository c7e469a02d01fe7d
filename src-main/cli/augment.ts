import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import { createAugmenter } from '../augmentation/augment.ts';
import { openFileSource } from '../backend/file-source.ts';
import { readTrust } from './certificates.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { createServices, type ServiceAddresses } from './services.ts';
import { isSameFile, writeSigned } from './write-output.ts';

export type AugmentOptions = {
  readonly input: string;
  readonly out: string;
  readonly level: Exclude<SignatureLevel, 'B-B'>;
  readonly trust: readonly string[];
  readonly password: string | null;
  readonly services: ServiceAddresses;
};

/** Adds what the level asks for after the signatures; 3 when it is not reached yet. Nothing is written when there is nothing to add. */
export async function augmentFile(options: AugmentOptions, terminal: Terminal): Promise<ExitCode> {
  const { input, out, password } = options;
  if (isSameFile(input, out)) return refuse(terminal, { code: 'signing.same-file', params: { path: out } });
  const trust = readTrust(options.trust);
  if (!trust.ok) return refuse(terminal, trust.error);
  const source = openFileSource(input);
  if (!source.ok) return refuse(terminal, source.error);
  try {
    const opened = password === null ? source.value : { ...source.value, password };
    const augmented = await createAugmenter().augment(opened, { level: options.level, ...createServices(options.services), ...trust.value, now: new Date() });
    if (!augmented.ok) return refuse(terminal, augmented.error);
    const { tail, level, missing } = augmented.value;
    if (tail.length > 0) {
      const written = await writeSigned(input, source.value, tail, out);
      if (!written.ok) return refuse(terminal, written.error);
    }
    terminal.out(JSON.stringify({ out: tail.length > 0 ? out : null, level, addedBytes: tail.length }));
    for (const { what, error } of missing) refuse(terminal, error, what);
    return missing.length > 0 ? 3 : 0;
  } finally {
    source.value.close();
  }
}
