import { randomBytes } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * A program of its own, so that what it needed at most can be told: `make PROFILE KEY UNIT PERSON OUT` or `import DIR FILE`; each loads only what it needs.
 * Prints its peak in kB.
 */
const [task, ...args] = process.argv.slice(2);
if (task === 'make') {
  const { openProfileStore } = await import('../../src-main/store/open.ts');
  const { createPackages } = await import('../../src-main/packages/packages.ts');
  const { createPackageLine } = await import('../../src-main/packages/line.ts');
  const [dir = '', key = '', unit = '', person = '', out = ''] = args;
  const opened = openProfileStore({ dir, key: Buffer.from(key, 'hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  const { desk, blobs } = opened.value;
  const packages = createPackages({
    desk, blobs, me: JSON.parse(person) as never, role: 'clerk', unit: JSON.parse(unit) as never, station: 'station-communeClerk', now: () => new Date(), newId: () => '019a0000-0000-7000-8000-000000000003',
    line: createPackageLine({ serverUrl: '', token: () => null }),
  });
  const made = packages.make({ whole: false });
  if (!made.ok) throw new Error(made.error.code);
  const { next } = made.value;
  await pipeline(function* () {
    for (let part = next(); part !== null; part = next()) yield part;
  }, createWriteStream(out));
  opened.value.close();
} else {
  const { runImport } = await import('../../src-server/features/packages-import.ts');
  const { createSettle } = await import('../../src-server/features/settle.ts');
  const { defaultLimits } = await import('../../src-server/limits.ts');
  const { openContentFolder } = await import('../../src-server/storage/content/folder.ts');
  const { openSqlite } = await import('../../src-server/storage/sqlite/storage.ts');
  const [dir = '', file = ''] = args;
  const open = async () => {
    const deps = { storage: openSqlite({ file: join(dir, 'server.db') }), content: openContentFolder(dir), now: Date.now, randomBytes, limits: defaultLimits };
    return { ...deps, settle: createSettle(deps), close: () => deps.storage.close() };
  };
  const code = await runImport([file], open, (text) => void process.stderr.write(text));
  if (code !== 0) throw new Error(`import answered ${code}`);
}
process.stdout.write(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '');
