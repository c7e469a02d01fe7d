import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTrueType } from './truetype.ts';
import type { TrueType } from './truetype.ts';

export type FontStyle = 'regular' | 'italic' | 'bold';

const files = { regular: 'Tinos-Regular', italic: 'Tinos-Italic', bold: 'Tinos-Bold' } as const satisfies Record<FontStyle, string>;
const loaded = new Map<FontStyle, TrueType>();
let resources: string | null = null;

/** A packaged program keeps its resources elsewhere than the sources do; its composition root says where, before anything is drawn. */
export function useResources(folder: string): void {
  resources = folder;
  loaded.clear();
}

/** Where its fonts are, for a thread that draws with them too. */
export function resourcesFolder(): string {
  return (resources ??= findResources());
}

/** Tinos: metrics of Times New Roman, all of Vietnamese, OFL. Throws when the program lies on the disk without its fonts. */
export function fontOf(style: FontStyle): TrueType {
  const known = loaded.get(style);
  if (known !== undefined) return known;
  const path = join(resourcesFolder(), 'fonts', `${files[style]}.ttf`);
  const font = readTrueType(readFileSync(path), path);
  loaded.set(style, font);
  return font;
}

/** The nearest folder above this file: the same for the sources and for a bundle of them. */
function findResources(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'fonts')) || folder === dirname(folder)) return candidate;
  }
}

export function fontName(style: FontStyle): string {
  return files[style];
}
