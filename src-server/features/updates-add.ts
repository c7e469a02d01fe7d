import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareVersions } from '../../src-shared/domain/program-version.ts';
import { openRelease, signedRelease, type SignedRelease } from '../../src-shared/protocol/update.ts';
import { describeError } from '../../src-shared/errors.ts';
import { readEntries, signedNameOf, writeEntries, type UpdateSettings } from './updates-folder.ts';
import { readUpdateKeys, verifyEd25519 } from './updates-keys.ts';

export type AddOptions = {
  readonly file: string;
  /** What the publisher signed; beside the file, unless told. */
  readonly signedFile: string;
  /** What the administrator believes to publish; null where the option was left out. Has to be what was signed. */
  readonly version: string; readonly channel: string; readonly minimum: string | null;
  readonly percent: number;
  readonly units: readonly string[] | null;
  readonly now: Date;
};

/** Checks a release as every desk will check it, and puts it in the folder: file, blockmap and signed manifest first, the list last. Null, or why not; then the folder is as it was. */
export async function addRelease({ dir, keysFile }: UpdateSettings, { file, signedFile, version, channel, minimum, percent, units, now }: AddOptions): Promise<string | null> {
  const keys = readUpdateKeys(keysFile);
  if (typeof keys === 'string') return keys;
  const entries = readEntries(dir);
  if (typeof entries === 'string') return `releases.json: ${entries}`;
  const signed = readSigned(signedFile);
  if (typeof signed === 'string') return signed;
  const opened = openRelease(signed, keys, verifyEd25519);
  if (!opened.ok) return describeError(opened.error);
  const { value: manifest } = opened;
  const told = { version, channel, minimum };
  for (const key of ['version', 'channel', 'minimum'] as const) {
    if (manifest[key] !== told[key]) return `--${key}: ${told[key] ?? '(không có / none)'}; đã ký / signed: ${manifest[key] ?? '(không có / none)'}`;
  }
  if (minimum !== null && compareVersions(minimum, version) > 0) return `--minimum ${minimum} > --version ${version}`;
  const fault = await findFault(file, manifest.file);
  if (fault !== null) return fault;
  const { name } = manifest.file;
  const before = entries.find((each) => each.file === name);
  if (before !== undefined && existsSync(path.join(dir, name)) && (await sha512Of(path.join(dir, name))) !== manifest.file.sha512) return `${name}: một bản phát hành khác đã mang tên này / another release has this name already`;
  mkdirSync(dir, { recursive: true });
  put(file, path.join(dir, name));
  if (existsSync(`${file}.blockmap`)) put(`${file}.blockmap`, path.join(dir, `${name}.blockmap`));
  put(signedFile, path.join(dir, signedNameOf(name)));
  const added = { file: name, percent, units: units === null ? null : [...units], withdrawn: false, addedAt: now.toISOString() };
  writeEntries(dir, [...entries.filter((each) => each.file !== name), added]);
  return null;
}

async function findFault(file: string, { name, sizeBytes, sha512 }: { readonly name: string; readonly sizeBytes: number; readonly sha512: string }): Promise<string | null> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) return describeError({ code: 'file.unreadable', params: { path: file } });
  if (path.basename(file) !== name) return `${path.basename(file)}: tên đã ký là / the signed name is ${name}`;
  if (found.size !== sizeBytes) return describeError({ code: 'update.wrong-size', params: { actual: found.size, expected: sizeBytes } });
  return (await sha512Of(file)) === sha512 ? null : describeError({ code: 'update.damaged' });
}

function readSigned(file: string): SignedRelease | string {
  try {
    const parsed = signedRelease.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : `${file}: ${describeError({ code: 'update.unreadable' })}`;
  } catch {
    return describeError({ code: 'file.unreadable', params: { path: file } });
  }
}

/** Into place whole, for nodes that read meanwhile. */
function put(from: string, to: string): void {
  if (path.resolve(from) === path.resolve(to)) return;
  const beside = `${to}.new`;
  try {
    copyFileSync(from, beside);
    renameSync(beside, to);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('base64');
}
