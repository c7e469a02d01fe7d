import { build, type BuildOptions } from 'esbuild';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleRenderer } from './bundle-renderer.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/** What can be bundled, and the sources each is made of. Packages stay outside of what runs on Node: natives must, the rest may. */
const parts = {
  renderer: ['src-renderer', 'src-shared'],
  preload: ['src-main/preload', 'src-shared'],
  shell: ['src-main', 'src-shared'],
  backend: ['src-main', 'src-server', 'src-shared', 'resources/drivers.json'],
  cli: ['src-main', 'src-shared', 'build/cli-launcher.mjs', 'resources/drivers.json'],
} as const satisfies Record<string, readonly string[]>;

export type Part = keyof typeof parts;

/** Bundles the parts whose sources (or whose bundler, or whose lock file) are newer than their last bundle. Answers what was made. */
export async function bundleStale(wanted: readonly Part[]): Promise<readonly Part[]> {
  const stale = wanted.filter(isStale);
  for (const part of stale) {
    await rm(path.join(dist, part), { recursive: true, force: true });
    await makers[part]();
    // Written last: a bundle that was cut short is stale
    await writeFile(stampOf(part), '');
  }
  return stale;
}

/** For what runs on Node. */
export const bundleOptions: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  // by its path it is none of the packages that stay outside: 62 MB, of which a bundle holds the part that is used
  alias: Object.fromEntries(['echarts', 'zrender', 'tslib'].map((name) => [name, path.join(root, 'node_modules', name)])),
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

const makers: Readonly<Record<Part, () => Promise<unknown>>> = {
  renderer: () => bundleRenderer({ outDir: path.join(dist, 'renderer'), minify: true }),
  // A sandboxed preload is one CommonJS file; `electron` is all it may require
  preload: () => build({ ...bundleOptions, format: 'cjs', packages: 'bundle', external: ['electron'], sourcemap: false, entryPoints: { bridge: 'src-main/preload/bridge.cts' }, outdir: 'dist/preload', outExtension: { '.js': '.cjs' } }),
  // electron-updater is CommonJS and asks for Electron itself; it is loaded when there is something to install
  shell: () => build({ ...bundleOptions, packages: 'bundle', external: ['electron', 'electron-updater'], entryPoints: { main: 'src-main/shell/main.ts' }, outdir: 'dist/shell' }),
  backend: () => build({ ...bundleOptions, entryPoints: { main: 'src-main/backend/main.ts', ...tokenHosts, ...pageReader, ...lookHost, ...sheetHost, ...backupHost }, outdir: 'dist/backend' }),
  cli: bundleCli,
};

/** Token hosts lie beside the bundle that starts them (src-main/token). */
const tokenHosts = { 'token-host': 'src-main/token/host.ts', 'token-provision-host': 'src-main/token/provision-host.ts' } as const;

/** The thread that reads pages, likewise (src-main/signing/places/reader). */
export const pageReader = { 'page-reader': 'src-main/signing/places/reader/host.ts' } as const;

/** The process that draws pages to compare them (src-main/verification/look). */
export const lookHost = { 'look-host': 'src-main/verification/look/host.ts' } as const;

/** The thread that writes long sheets (src-main/print/official). */
export const sheetHost = { 'sheet-host': 'src-main/print/official/sheet-host.ts' } as const;

/** The process that copies a profile, and the thread that hashes the copy (src-main/backup). */
const hashHost = { 'hash-host': 'src-main/backup/hash-host.ts' } as const;
export const backupHost = { 'backup-host': 'src-main/backup/host.ts', ...hashHost } as const;

/** `main.js` is a launcher without imports, so that it can look at Node before a driver is loaded into it. */
async function bundleCli(): Promise<void> {
  await build({ ...bundleOptions, entryPoints: { 'van-thu': 'src-main/cli/main.ts', ...tokenHosts, ...pageReader, ...lookHost, ...hashHost }, outdir: 'dist/cli' });
  await build({ ...bundleOptions, entryPoints: { main: 'build/cli-launcher.mjs' }, outdir: 'dist/cli', bundle: false, alias: {}, sourcemap: false, target: 'node20' });
}

function isStale(part: Part): boolean {
  const stamp = stampOf(part);
  if (!existsSync(stamp)) return true;
  const made = statSync(stamp).mtimeMs;
  return [...parts[part], 'build/bundle.ts', 'build/bundle-renderer.ts', 'package-lock.json'].some((source) => newest(path.join(root, source)) > made);
}

function stampOf(part: Part): string {
  return path.join(dist, part, '.made');
}

/** When anything under `source` was last written, ms. A folder counts too: a file that was taken away changes it. */
function newest(source: string): number {
  if (!existsSync(source)) return 0;
  const { mtimeMs } = statSync(source);
  if (!statSync(source).isDirectory()) return mtimeMs;
  const entries = readdirSync(source, { recursive: true, withFileTypes: true });
  return entries.reduce((latest, entry) => Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs), mtimeMs);
}

/** A bundle of one preload into `outFile`, for the tests that run it. */
export async function bundlePreload(outFile: string): Promise<void> {
  await mkdir(path.dirname(outFile), { recursive: true });
  await build({ ...bundleOptions, format: 'cjs', packages: 'bundle', external: ['electron'], sourcemap: false, entryPoints: ['src-main/preload/bridge.cts'], outfile: outFile });
}
