import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCms } from '../../src-main/verification/cms.ts';
import { sliceSignatures } from './judges.ts';

/** What a file is meant to be: its own signatures, document time-stamps, and whether its last update is one of them (a DSS is not). */
export type Meant = { readonly path: string; readonly password?: string | undefined; readonly signatures: number; readonly stamps: number; readonly endsSigned: boolean };

/** `says` goes into a table, free of anything that differs from one run to the next. */
export type Opinion = { readonly ok: boolean; readonly says: string; readonly detail: string };

type Done = { readonly status: number; readonly output: string };

function run(command: string, words: readonly string[]): Promise<Done> {
  return new Promise((resolve) => {
    execFile(command, words, { maxBuffer: 16 * 1024 * 1024, timeout: 120_000 }, (error, stdout, stderr) => resolve({ status: error === null ? 0 : 1, output: `${stdout}${stderr}${error?.code === 'ENOENT' ? error.message : ''}` }));
  });
}

/** Every signature valid; the last covers the whole file, unless a DSS follows it. Of document time-stamps pdfsig says that it does not judge them. */
export async function askPdfsig({ path, password, signatures, stamps, endsSigned }: Meant): Promise<Opinion> {
  const { output } = await run('pdfsig', ['-nocert', ...(password === undefined ? [] : ['-upw', password]), path]);
  const valid = count(output, 'Signature Validation: Signature is Valid.');
  const unjudged = count(output, 'Signature has not yet been verified.');
  const whole = count(output, '- Total document signed');
  const ok = valid === signatures && unjudged === stamps && count(output, 'Signature Validation:') === signatures + stamps && whole === (endsSigned ? 1 : 0);
  return { ok, says: `${valid}/${signatures}${whole === 1 ? ' ■' : ''}`, detail: output };
}

/** No error and no warning. */
export async function askQpdf({ path, password }: Meant): Promise<Opinion> {
  const { status, output } = await run('qpdf', ['--check', ...(password === undefined ? [] : [`--password=${password}`]), path]);
  return { ok: status === 0, says: status === 0 ? 'sound' : 'unsound', detail: output };
}

/** Of what is followed by anything mutool says that there were edits; document time-stamps it does not read. */
export async function askMutool({ path, password, signatures, stamps, endsSigned }: Meant): Promise<Opinion> {
  const { output } = await run('mutool', ['sign', '-v', ...(password === undefined ? [] : ['-p', password]), path]);
  const last = count(output, 'The document is unchanged since signing.');
  const earlier = count(output, 'The signature is valid but there have been edits since signing.');
  const unread = count(output, 'Signature is not signed.');
  const ok = last + earlier === signatures && last === (endsSigned && stamps === 0 ? 1 : 0) && unread === stamps;
  return { ok, says: `${last + earlier}/${signatures}${last === 1 ? ' ■' : ''}`, detail: output };
}

/** OpenSSL over every signature and every time-stamp. One that stands unchanged in several files is asked about once. */
export function createOpensslJudge(chainPem: string): { readonly ask: (meant: Meant) => Promise<Opinion>; readonly close: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-openssl-'));
  const known = new Map<string, Promise<Done>>();
  const verify = (kind: 'cms' | 'ts', der: Buffer, data: Buffer): Promise<Done> => {
    const key = createHash('sha256').update(kind).update(der).update(data).digest('hex');
    const asked = known.get(key);
    if (asked !== undefined) return asked;
    const [derPath, dataPath] = [join(dir, `${key}.der`), join(dir, `${key}.bin`)];
    writeFileSync(derPath, der);
    writeFileSync(dataPath, data);
    const words = kind === 'cms'
      ? ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', derPath, '-content', dataPath, '-CAfile', chainPem, '-purpose', 'any', '-out', '/dev/null']
      : ['ts', '-verify', '-token_in', '-in', derPath, '-data', dataPath, '-CAfile', chainPem];
    const done = run('openssl', words).finally(() => [derPath, dataPath].forEach((path) => rmSync(path)));
    known.set(key, done);
    return done;
  };
  return {
    ask: async ({ path, signatures, stamps }) => {
      const slices = sliceSignatures(readFileSync(path));
      const documents = slices.filter(({ cms }) => isToken(cms));
      const own = slices.filter(({ cms }) => !isToken(cms));
      const inside = own.flatMap(({ cms }) => {
        const parsed = parseCms(cms);
        return parsed.ok && parsed.cms.timestampToken !== null ? [{ token: Buffer.from(parsed.cms.timestampToken), over: Buffer.from(parsed.cms.signature) }] : [];
      });
      const verified = await all(own.map(({ cms, signedBytes }) => () => verify('cms', cms, signedBytes)));
      const stamped = await all([...documents.map(({ cms, signedBytes }) => ({ token: cms, over: signedBytes })), ...inside].map(({ token, over }) => () => verify('ts', token, over)));
      const good = (list: readonly Done[]): number => list.filter(({ status }) => status === 0).length;
      const ok = good(verified) === signatures && own.length === signatures && documents.length === stamps && good(stamped) === stamped.length;
      const times = stamped.length === 0 ? '' : ` + ${good(stamped)}/${stamped.length} ⏱`;
      return { ok, says: `${good(verified)}/${signatures}${times}`, detail: [...verified, ...stamped].filter(({ status }) => status !== 0).map(({ output }) => output).join('') };
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** As many at a time as there are processors on the smallest machine. */
const atOnce = 2;

/** In order; two at a time. */
export async function all<T>(works: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < works.length; i = next++) results[i] = await works[i]!();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** id-ct-TSTInfo where the content's type stands. */
function isToken(cms: Buffer): boolean {
  return cms.subarray(0, 100).includes(Buffer.from('060b2a864886f70d0109100104', 'hex'));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
