import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleRenderer } from '../../build/bundle-renderer.ts';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import { cast } from '../../src-main/practice/cast.ts';
import { openPracticeOffice } from '../../src-main/practice/office.ts';
import { keptFolder } from '../run/kept-folder.ts';

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));

/**
 * A practice office as it stands after the first opening, in `dir`: keys, tokens, server, desks and the documents that were signed and
 * sent. A copy of the run's own, which nobody opens; its key lies in it. A file that runs alone builds its own.
 */
export async function layPracticeOffice(dir: string): Promise<void> {
  // what was sent "today" is not yesterday's in a run past midnight
  const kept = await keep(`practice-${vietnamDate(new Date())}`, buildPracticeOffice);
  if (kept === null) await buildPracticeOffice(dir);
  else cpSync(kept, dir, { recursive: true });
}

/** The key that `layPracticeOffice` left in the office. */
export function practiceKey(dir: string): Uint8Array {
  return readFileSync(join(dir, 'practice.key'));
}

/** The renderer, bundled for a browser, to be read only; in `dir` where this file runs alone. */
export async function findRenderer(dir: string): Promise<string> {
  const bundle = (outDir: string): Promise<void> => bundleRenderer({ outDir, minify: false });
  const kept = await keep('renderer', bundle);
  if (kept === null) await bundle(dir);
  return kept ?? dir;
}

async function buildPracticeOffice(dir: string): Promise<void> {
  const office = await openPracticeOffice({ dir, resourcesDir, holdMs: 0, log: (level, message, fields) => { if (level === 'error') console.error(message, fields ?? ''); } });
  // Whoever works in a test has been round already: nobody is asked, unless a test of the tour forgets it
  for (const { id, role } of cast) {
    const door = office.connect(id);
    await door.call('forms.keep', { key: `tour:${role}`, value: '{"at":0}' });
    door.close();
  }
  await office.close();
}

/** Null: no run that keeps anything. Two files that need it at once both make it; the first to be ready is everybody's, and no one sees half of it. */
async function keep(name: string, make: (dir: string) => Promise<void>): Promise<string | null> {
  const root = process.env[keptFolder];
  if (root === undefined) return null;
  const ready = join(root, name);
  if (existsSync(ready)) return ready;
  const own = mkdtempSync(join(root, `${name}.`));
  await make(own);
  try {
    renameSync(own, ready);
  } catch (error) {
    if (!existsSync(ready)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  return ready;
}
