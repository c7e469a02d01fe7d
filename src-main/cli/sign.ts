import { readFileSync } from 'node:fs';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { openFileSource, type FileSource } from '../backend/file-source.ts';
import type { SignedTail, SigningProfile } from '../ports/signing.ts';
import { createSigningEngine } from '../signing/engine.ts';
import { createTokens } from '../token/client.ts';
import { readCertificateFile, readTrust } from './certificates.ts';
import { chooseCertificate } from './choose-certificate.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { isSameFile, writeSigned } from './write-output.ts';

export type SignOptions = {
  readonly input: string;
  readonly out: string;
  readonly modules: readonly string[];
  readonly token: string;
  readonly certificate: string;
  readonly pin: string;
  readonly profile: SigningProfile;
  readonly place: Placement | null;
  readonly image: string | null;
  readonly field: string | null;
  readonly reason: string;
  readonly location: string;
  readonly chain: readonly string[];
};

/** Signs into a new file. What can be refused without the token is refused before the token is asked. */
export async function signFile(options: SignOptions, terminal: Terminal): Promise<ExitCode> {
  if (isSameFile(options.input, options.out)) return refuse(terminal, { code: 'cli.usage', params: { what: '--out = IN' } });
  const source = openFileSource(options.input);
  if (!source.ok) return refuse(terminal, source.error);
  try {
    return await signSource(source.value, options, terminal);
  } finally {
    source.value.close();
  }
}

async function signSource(source: FileSource, options: SignOptions, terminal: Terminal): Promise<ExitCode> {
  const inspected = createSigningEngine().inspect(source);
  if (!inspected.ok) return refuse(terminal, inspected.error);
  const chain = readChain(options.chain);
  if (!chain.ok) return refuse(terminal, chain.error);
  const image = readImage(options.image);
  if (!image.ok) return refuse(terminal, image.error);

  const tokens = createTokens({ drivers: options.modules });
  try {
    const listed = await tokens.list();
    const problem = listed.drivers.find((driver) => driver.problem !== null)?.problem ?? null;
    if (listed.tokens.length === 0 && problem !== null) {
      terminal.err(`${problem.code}: ${problem.message}`);
      return 2;
    }
    const choice = chooseCertificate(listed.tokens, options.token, options.certificate);
    if ('error' in choice) return refuse(terminal, choice.error, choice.hint);
    const signed = await tokens.withKey<SignedTail>(choice.certificate.thumbprint, options.pin, (key) => createSigningEngine().sign(source, {
      key,
      profile: options.profile,
      chain: chain.value,
      reason: options.reason,
      location: options.location,
      at: new Date(),
      ...(options.field === null ? {} : { field: options.field }),
      place: options.place,
      image: image.value,
    }));
    if (!signed.ok) return refuse(terminal, signed.error);
    const written = await writeSigned(options.input, signed.value.tail, options.out);
    if (!written.ok) return refuse(terminal, written.error);
    terminal.out(JSON.stringify({ out: options.out, field: signed.value.field, addedBytes: signed.value.tail.length }));
    return 0;
  } finally {
    await tokens.close();
  }
}

function readChain(paths: readonly string[]): Result<readonly Uint8Array[]> {
  const shipped = readTrust([]);
  if (!shipped.ok) return shipped;
  const chain = [...shipped.value.intermediates, ...shipped.value.anchors];
  for (const path of paths) {
    const certificates = readCertificateFile(path);
    if (!certificates.ok) return certificates;
    chain.push(...certificates.value);
  }
  return { ok: true, value: chain };
}

function readImage(path: string | null): Result<Uint8Array | null> {
  if (path === null) return { ok: true, value: null };
  try {
    return { ok: true, value: new Uint8Array(readFileSync(path)) };
  } catch {
    return fail('file.unreadable', { path });
  }
}
