import { readFileSync } from 'node:fs';
import { fail, type AppError, type Result } from '../../src-shared/result.ts';
import { openFileSource } from '../backend/file-source.ts';
import type { DigestName, SigningKey } from '../ports/token.ts';
import { createAugmenter } from '../augmentation/augment.ts';
import { createSigningEngine } from '../signing/engine.ts';
import { createTokens } from '../token/client.ts';
import { readCertificateFile, readTrust } from './certificates.ts';
import { chooseCertificate } from './choose-certificate.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { createServices, type ServiceAddresses } from './services.ts';
import { signDocument, type SignedDocument, type SignPlan, type SignTools } from './sign-document.ts';
import { signFolder } from './sign-folder.ts';
import { isSameFile, writeSigned } from './write-output.ts';

export type SignOptions = {
  /** One file, or a folder of them: the other is null. */
  readonly input: string | null;
  readonly folder: string | null;
  readonly out: string;
  readonly modules: readonly string[];
  readonly token: string;
  readonly certificate: string;
  /** Null: the token has a pad. */
  readonly pin: string | null;
  /** Of encrypted files. */
  readonly password: string | null;
  readonly digest: DigestName;
  readonly image: string | null;
  readonly chain: readonly string[];
  readonly trust: readonly string[];
  readonly services: ServiceAddresses;
  readonly plan: SignPlan;
};

/** Signs into new files. What can be refused without the token is refused before the token is asked. */
export async function sign(options: SignOptions, terminal: Terminal): Promise<ExitCode> {
  const tools = readTools(options);
  if (!tools.ok) return refuse(terminal, tools.error);
  const { input, folder } = options;
  if (folder !== null) return signFolder({ ...options, folder }, terminal, (use) => withKey(options, terminal, use), (path, out, key) => signOneFile(path, out, key, options, tools.value));
  if (input === null) throw new Error('a file or a folder');
  const refusal = whyNot(input, options, tools.value);
  if (refusal !== null) return refuse(terminal, refusal);
  let signed: SignedDocument | null = null;
  const ended = await withKey(options, terminal, async (key) => {
    const done = await signOneFile(input, options.out, key, options, tools.value);
    if (done.ok) signed = done.value;
    return done;
  });
  if (ended !== null) return ended;
  return tell(terminal, options.out, signed!);
}

/** `input` signed into `out`. On any error `out` is as it was. */
export async function signOneFile(input: string, out: string, key: SigningKey, options: SignOptions, tools: SignTools): Promise<Result<SignedDocument>> {
  if (isSameFile(input, out)) return fail('signing.same-file', { path: out });
  const opened = openFileSource(input);
  if (!opened.ok) return opened;
  const source = withPassword(opened.value, options.password);
  try {
    const signed = await signDocument(source, key, options.plan, tools);
    if (!signed.ok) return signed;
    const written = await writeSigned(input, opened.value, signed.value.tail, out);
    return written.ok ? signed : written;
  } finally {
    opened.value.close();
  }
}

function withPassword<T extends object>(source: T, password: string | null): T {
  return password === null ? source : { ...source, password };
}

function whyNot(input: string, options: SignOptions, { engine }: SignTools): AppError | null {
  if (isSameFile(input, options.out)) return { code: 'signing.same-file', params: { path: options.out } };
  const opened = openFileSource(input);
  if (!opened.ok) return opened.error;
  try {
    const inspected = engine.inspect(withPassword(opened.value, options.password));
    return inspected.ok ? null : inspected.error;
  } finally {
    opened.value.close();
  }
}

/** Finds the certificate by the person's words and logs in once. Null when `use` went well; what was wrong is told. */
async function withKey(options: SignOptions, terminal: Terminal, use: (key: SigningKey) => Promise<Result<unknown>>): Promise<ExitCode | null> {
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
    const done = await tokens.withKey(choice.certificate.thumbprint, options.pin, use, { digest: options.digest });
    return done.ok ? null : refuse(terminal, done.error);
  } finally {
    await tokens.close();
  }
}

/** 3 when the signature stands and the level that was asked for is not reached yet. */
function tell(terminal: Terminal, out: string, { tail, field, level, place, missing }: SignedDocument): ExitCode {
  terminal.out(JSON.stringify({ out, field, addedBytes: tail.length, level, ...(place === null ? {} : { place }) }));
  for (const error of missing) refuse(terminal, error);
  return missing.length > 0 ? 3 : 0;
}

function readTools({ chain: chainPaths, trust: trustPaths, image: imagePath, services }: SignOptions): Result<SignTools> {
  const trust = readTrust(trustPaths);
  if (!trust.ok) return trust;
  const chain = [...trust.value.intermediates, ...trust.value.anchors];
  for (const path of chainPaths) {
    const certificates = readCertificateFile(path);
    if (!certificates.ok) return certificates;
    chain.push(...certificates.value);
  }
  const image = readImage(imagePath);
  if (!image.ok) return image;
  return { ok: true, value: { engine: createSigningEngine(), augmenter: createAugmenter(), services: createServices(services), chain, trust: { ...trust.value, intermediates: chain }, image: image.value } };
}

function readImage(path: string | null): Result<Uint8Array | null> {
  if (path === null) return { ok: true, value: null };
  try {
    return { ok: true, value: new Uint8Array(readFileSync(path)) };
  } catch {
    return fail('file.unreadable', { path });
  }
}
