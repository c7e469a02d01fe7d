import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printLicences, readLicences } from './licences.ts';
import { readLock, type Lock } from './modules.ts';

const root = join(import.meta.dirname, '../..');

/** What the program is made of, for those who look after machines: a CycloneDX bill of materials from the lock file, and every licence whole. The same sources give the same files. */
export function makeLegal(outDir: string): void {
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'sbom.cdx.json'), `${JSON.stringify(readBillOfMaterials(), null, 2)}\n`);
  writeFileSync(join(outDir, 'third-party-licences.txt'), printLicences(readLicences(root, readLock(root))));
}

function readBillOfMaterials(): Record<string, unknown> {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev', '--package-lock-only'];
  const npm = process.env['npm_execpath'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const done = npm !== undefined && /\.c?js$/.test(npm) ? spawnSync(process.execPath, [npm, ...words], options) : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0) throw new Error(`npm sbom: ${done.stderr}`);
  const bill = JSON.parse(done.stdout) as Record<string, unknown> & { readonly metadata: Record<string, unknown>; readonly components: readonly { readonly purl: string }[] };
  // a number and a moment of its own would make every build another
  const { serialNumber: _, ...kept } = bill;
  const { timestamp: __, ...metadata } = bill.metadata;
  return { ...kept, metadata, components: [...bill.components, ...findForgotten(readLock(root), new Set(bill.components.map(({ purl }) => purl)))] };
}

/** npm leaves out a package that a tool of ours needs as well; the lock file has them all. */
function findForgotten(lock: Lock, listed: ReadonlySet<string>): readonly object[] {
  return Object.entries(lock.packages).flatMap(([place, { name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), version, integrity, license, dev }]) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    if (place === '' || dev === true || version === undefined || integrity === undefined || listed.has(purl)) return [];
    const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
    return [{ 'bom-ref': `${name}@${version}`, type: 'library', name, version, scope: 'required', purl, hashes: [{ alg: 'SHA-512', content }], ...(license === undefined ? {} : { licenses: [{ license: { id: license } }] }) }];
  });
}

if (import.meta.main) makeLegal(join(root, 'dist/legal'));
