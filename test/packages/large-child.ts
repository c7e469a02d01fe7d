import { createWriteStream, readFileSync } from 'node:fs';
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
  const { importPackages } = await import('../../src-server/features/packages-import.ts');
  const { openProvince } = await import('../../src-server/server.ts');
  const [dir = '', file = ''] = args;
  const { core, storage } = await openProvince({ dir });
  const code = await importPackages([file], core.takePackage, false, (text) => void process.stderr.write(text));
  await core.close();
  await storage.close();
  if (code !== 0) throw new Error(`import answered ${code}`);
}
process.stdout.write(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '');
