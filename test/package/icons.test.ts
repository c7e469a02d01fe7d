import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { root } from './support/pack.ts';

const resources = join(root, 'build/packaging/resources');

/** The images of an .ico, by the width that its directory tells. */
function imagesOf(ico: Buffer): readonly { readonly px: number; readonly png: Buffer }[] {
  assert.deepEqual([ico.readUInt16LE(0), ico.readUInt16LE(2)], [0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, at) => {
    const entry = 6 + 16 * at;
    return { px: ico.readUInt8(entry) || 256, png: ico.subarray(ico.readUInt32LE(entry + 12), ico.readUInt32LE(entry + 12) + ico.readUInt32LE(entry + 8)) };
  });
}

/** Round at its corners, blue where the ground is, white where the letter is. */
async function assertIsOurs(png: Buffer, px: number): Promise<void> {
  const image = await loadImage(png);
  assert.deepEqual([image.width, image.height], [px, px]);
  const canvas = createCanvas(px, px);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const at = (x: number, y: number): readonly number[] => [...context.getImageData(Math.floor(x * px), Math.floor(y * px), 1, 1).data];
  assert.ok((at(0, 0)[3] ?? 255) < 128, `${px}: the corner is clear`);
  const [red = 255, , blue = 0, alpha] = at(0.5, 0.06);
  assert.ok(alpha === 255 && blue > red + 60, `${px}: the ground is blue`);
  const [, green = 0] = at(22.5 / 32, 16 / 32);
  assert.ok(green > 140, `${px}: the letter is white`);
}

test('the program’s icon for Windows has every size that lists, task bar and tiles ask for', async () => {
  const images = imagesOf(readFileSync(join(resources, 'icon.ico')));
  assert.deepEqual(images.map(({ px }) => px), [16, 20, 24, 32, 40, 48, 64, 128, 256]);
  for (const { px, png } of images) await assertIsOurs(png, px);
});

test('the icons for Linux are named by their sizes, and the packaging names both', async () => {
  const names = readdirSync(join(resources, 'icons'));
  assert.ok(names.includes('512x512.png') && names.includes('16x16.png'));
  for (const name of names) await assertIsOurs(readFileSync(join(resources, 'icons', name)), Number.parseInt(name, 10));
  const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  assert.match(config, /^ {2}icon: icon\.ico/m);
  assert.match(config, /^ {2}icon: icons$/m);
});
