import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from '../../build/bundle.ts';
import type { ReportPrinter } from '../../src-main/ports/printing.ts';
import { about, sample, see } from './support.ts';

test('a bundle of the program finds its type and prints the same words', async (t) => {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  mkdirSync(dist, { recursive: true });
  // beside the real bundles: packages are looked for from there
  const dir = mkdtempSync(join(dist, 'print-test-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  await build({ ...bundleOptions, sourcemap: false, entryPoints: ['src-main/print/report.ts'], outfile: join(dir, 'report.mjs') });
  const bundled = (await import(pathToFileURL(join(dir, 'report.mjs')).href)) as { readonly createReportPrinter: () => ReportPrinter };
  const seen = see(t, await bundled.createReportPrinter()(sample('2-mot-chu-ky'), about, []));
  assert.ok((await seen.text()).includes('PHIẾU KIỂM TRA CHỮ KÝ SỐ'));
});
