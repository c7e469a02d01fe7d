import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { bundleStale } from '../../../build/bundle.ts';
import { makeLegal } from '../../../build/packaging/legal.ts';

export const root = join(import.meta.dirname, '../../..');

/** What `@electron/fuses` looks for in the binary, a wire of version 1 with eight fuses, as Electron ships them. */
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('10110011')]);

/** A distribution of Electron with everything but Electron: electron-builder packs it as it would the real one. */
function makeStubDistribution(dir: string, platform: 'linux' | 'win'): void {
  for (const folder of ['locales', 'resources']) mkdirSync(join(dir, folder), { recursive: true });
  for (const language of ['vi', 'en-US', 'de', 'zh-CN']) writeFileSync(join(dir, 'locales', `${language}.pak`), language);
  for (const file of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(dir, file), file);
  const program = join(dir, platform === 'win' ? 'electron.exe' : 'electron');
  writeFileSync(program, platform === 'win' ? makeWindowsProgram() : '#!/bin/sh\nexit 0\n');
  if (platform === 'linux') appendFileSync(program, fuseWire);
  chmodSync(program, 0o755);
}

/** A program for Windows with a version and nothing to run; electron-builder writes the hash of the asar into its resources. */
function makeWindowsProgram(): Uint8Array {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setFileVersion(1, 0, 0, 0, 1033);
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new Uint8Array(fuseWire).buffer);
  return new Uint8Array(program.generate());
}

/** The hashes that a program for Windows holds its asar to. */
export function readIntegrity(program: Uint8Array): readonly { readonly file: string; readonly alg: string; readonly value: string }[] {
  const resources = NtExecutableResource.from(NtExecutable.from(program));
  const entry = resources.entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  if (entry === undefined) throw new Error('no hash of the asar in the program');
  return JSON.parse(Buffer.from(entry.bin).toString()) as ReturnType<typeof readIntegrity>;
}

/** Bundles what is stale, then packs the program for a system into a folder of `dir`. Answers the folder that an installer would hold. */
export async function pack(dir: string, platform: 'linux' | 'win'): Promise<string> {
  await bundleStale(['renderer', 'preload', 'shell', 'backend']);
  makeLegal(join(root, 'dist/legal'));
  const stub = join(dir, `electron-${platform}`);
  makeStubDistribution(stub, platform);
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
  const words = [builder, `--${platform}`, 'dir', '--x64', '--publish', 'never', `-c.electronDist=${stub}`, `-c.directories.output=${join(dir, 'out')}`, '-c.win.signAndEditExecutable=false'];
  const done = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } });
  if (done.status !== 0) throw new Error(`electron-builder:\n${done.stdout}\n${done.stderr}`);
  return join(dir, 'out', `${platform}-unpacked`);
}
