import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { build } from 'esbuild';

/**
 * A program of this folder as one file of JavaScript, as programs ship: Node's own reading of TypeScript takes 60 MB, which would be measured along.
 */
export async function bundle(program: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'edxml-bundle-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, `${program}.mjs`);
  await build({ entryPoints: [join(import.meta.dirname, `${program}.ts`)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node24', logLevel: 'error' });
  return outfile;
}
