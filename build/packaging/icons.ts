import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** `node build/packaging/icons.ts [CHROMIUM]`: draws src-renderer/icon.svg into `resources/icon.ico` (Windows) and `resources/icons/` (Linux). What it makes is kept in the repository: a build needs no browser. */
const root = join(import.meta.dirname, '../..');
const resources = join(import.meta.dirname, 'resources');
/** What Windows shows from the smallest list to the largest tile (https://learn.microsoft.com/windows/apps/design/style/iconography/app-icon-construction). */
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const;
const linuxSizes = [16, 32, 48, 64, 128, 256, 512] as const;

const svg = readFileSync(join(root, 'src-renderer/icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const draw = async (px: number): Promise<Buffer> => {
    await page.setViewportSize({ width: px, height: px });
    await page.setContent(`<style>html,body{margin:0;background:none}svg{display:block;width:${px}px;height:${px}px}</style>${svg}`);
    return page.screenshot({ omitBackground: true, type: 'png' });
  };
  const drawn = new Map<number, Buffer>();
  for (const px of new Set([...windowsSizes, ...linuxSizes])) drawn.set(px, await draw(px));
  const of = (px: number): Buffer => drawn.get(px) ?? Buffer.alloc(0);
  mkdirSync(join(resources, 'icons'), { recursive: true });
  writeFileSync(join(resources, 'icon.ico'), icoOf(windowsSizes.map((px) => ({ px, png: of(px) }))));
  for (const px of linuxSizes) writeFileSync(join(resources, 'icons', `${px}x${px}.png`), of(px));
} finally {
  await browser.close();
}

/** A directory of PNGs, which every Windows since Vista reads (https://learn.microsoft.com/previous-versions/ms997538). */
function icoOf(images: readonly { readonly px: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [at, { px, png }] of images.entries()) {
    const entry = 6 + 16 * at;
    // 256 does not fit into a byte, and is written as 0
    head.writeUInt8(px % 256, entry);
    head.writeUInt8(px % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}
