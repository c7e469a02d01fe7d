import { build, type BuildOptions } from 'esbuild';
import { ariaWords } from './aria-words.ts';
import { catalogues } from './catalogues.ts';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const pdfjs = path.join(root, 'node_modules/pdfjs-dist');

/**
 * Makes the folder that `app://` and the browser shell serve: `index.html`, `main.js`, `main.css`, fonts, `chunks/` that are loaded
 * when they are needed, and pdf.js' worker with its own data. Nothing in it asks the network for anything, and no inline script or style is left, so the host's CSP may be strict.
 */
export async function bundleRenderer(options: { readonly outDir: string; readonly minify: boolean }): Promise<void> {
  const { outDir, minify } = options;
  await mkdir(outDir, { recursive: true });
  await build({ ...pageBuild(minify), entryPoints: { main: 'src-renderer/main.tsx' }, outdir: outDir });
  for (const page of ['index.html', 'icon.svg']) await cp(path.join(root, 'src-renderer', page), path.join(outDir, page));
  await cp(path.join(pdfjs, 'build/pdf.worker.min.mjs'), path.join(outDir, 'pdfjs/pdf.worker.mjs'));
  for (const data of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
    // QuickJS runs scripts inside PDFs; we run none, so its binary does not ship.
    await cp(path.join(pdfjs, data), path.join(outDir, 'pdfjs', data), { recursive: true, filter: (source) => !path.basename(source).startsWith('quickjs') });
  }
  const { version } = JSON.parse(await readFile(path.join(pdfjs, 'package.json'), 'utf8')) as { version: string };
  await writeFile(path.join(outDir, 'pdfjs/VERSION'), `${version}\n`);
}

/** How a page of ours is bundled: the desk's, and the gallery's. */
export function pageBuild(minify: boolean): BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    // pdf.js and what belongs to it come in files of their own, after the desk is on the screen.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    target: 'chrome140',
    jsx: 'automatic',
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file', '.ttf': 'file' },
    assetNames: 'assets/[name]-[hash]',
    plugins: [catalogues, ariaWords],
    logLevel: 'warning',
  };
}

if (import.meta.main) {
  const outDir = path.join(root, 'dist/renderer');
  await bundleRenderer({ outDir, minify: !process.argv.includes('--debug') });
  console.log(`renderer → ${path.relative(process.cwd(), outDir)}`);
}
