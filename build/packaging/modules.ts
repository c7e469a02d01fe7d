import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the bundles load from `node_modules` while they run (build/bundle.ts leaves packages outside): the backend its packages, the shell what installs a new version. Everything else that the sources use is in a bundle already. test/package compares it with the bundles. */
export const loadedPackages = ['@napi-rs/canvas', 'asn1js', 'better-sqlite3', 'electron-updater', 'fflate', 'pdfjs-dist', 'pdfmake', 'pg', 'pkcs11js', 'pkijs', 'saxes', 'write-excel-file', 'zod'] as const;

/** Named by a package that ships, and not used at run time: headers to compile with, and Cloudflare's sockets. */
const needless: ReadonlySet<string> = new Set(['node-addon-api', 'pg-cloudflare']);

const lockFile = z.object({
  packages: z.record(z.string(), z.object({
    name: z.string().optional(), version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional(), optional: z.boolean().optional(), devOptional: z.boolean().optional(), hasInstallScript: z.boolean().optional(),
    resolved: z.string().optional(), integrity: z.string().optional(),
    dependencies: z.record(z.string(), z.string()).default({}), optionalDependencies: z.record(z.string(), z.string()).default({}),
  })),
});
export type Lock = z.infer<typeof lockFile>;

export function readLock(root: string): Lock {
  return lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
}

/** Places (`node_modules/a`, `node_modules/a/node_modules/b`) of the packages without which the program does not run, as the lock file has them. */
export function findNeeded(lock: Lock, loaded: readonly string[] = loadedPackages): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = loaded.map((name) => resolveFrom(lock, '', name));
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place === null || needed.has(place)) continue;
    needed.add(place);
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) if (!needless.has(name)) open.push(resolveFrom(lock, place, name));
  }
  return needed;
}

/** Places that npm installs for the program and that it does not need to run: bundled into the page, or used by the tests of a desk alone. */
export function findNeedless(root: string): readonly string[] {
  const lock = readLock(root);
  const needed = findNeeded(lock);
  const needless = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && dev !== true && !needed.has(place) && existsSync(join(root, place))).map(([place]) => place);
  // electron-builder lifts a package whose holder is gone to the top
  const lifted = needless.map((place) => place.slice(place.lastIndexOf('node_modules/'))).filter((place) => !needed.has(place));
  return [...new Set([...needless, ...lifted])].sort();
}

/** As Node looks for a package: beside, then outwards. Null for an optional one that is not in the lock file. */
function resolveFrom(lock: Lock, from: string, name: string): string | null {
  let at = from;
  for (;;) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (Object.hasOwn(lock.packages, place)) return place;
    if (at === '') return null;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
  }
}
