import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What `index.html` makes the browser fetch before anything is on the screen (HTML, scripts with all that they import statically, styles), gzipped, kB. Fonts come as they are needed, pdf.js after. */
export async function firstLoadKb(rendererDir: string): Promise<number> {
  const page = await readFile(join(rendererDir, 'index.html'), 'utf8');
  const waiting = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
  if (!waiting.some((path) => path.endsWith('.js')) || !waiting.some((path) => path.endsWith('.css'))) throw new Error('index.html names no script or no style');
  const seen = new Set<string>();
  let bytes = gzipSync(page).length;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await readFile(join(rendererDir, path), 'utf8');
    bytes += gzipSync(text).length;
    if (path.endsWith('.js')) waiting.push(...staticImports(text).map((name) => join(path, '..', name)));
  }
  process.stderr.write(`  first load: ${[...seen].join(' ')}\n`);
  return bytes / 1000;
}

/** `import{a}from"./x.js"`, `import"./x.js"` and `export…from"./x.js"` as esbuild writes them; not `import("./x.js")`. */
function staticImports(script: string): readonly string[] {
  return [...script.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g)].map(([, name = '']) => name);
}
