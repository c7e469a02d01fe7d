import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';

const css = readFileSync(fileURLToPath(new URL('../../../src-renderer/styles/tokens.css', import.meta.url)), 'utf8');
const blocks = (selector: string): readonly string[] =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, name]) => name?.replace(/\/\*.*?\*\//gs, '').trim() === selector).map(([, , body]) => body ?? '');

type Colours = Readonly<Record<string, readonly [light: string, dark: string]>>;

function coloursIn(bodies: readonly string[]): Colours {
  return Object.fromEntries([...bodies.join('\n').matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [name ?? '', [light ?? '', dark ?? '']]));
}

const normal = coloursIn(blocks(':root'));
const high = { ...normal, ...coloursIn(blocks(":root[data-contrast='high']")) };

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, top = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (top + 0.05) / (low + 0.05);
}

const grounds = ['surface', 'ground', 'sunk', 'pressed'];
const onGrounds = (ink: string, others: readonly string[] = []): readonly (readonly [string, string])[] => [...grounds, ...others].map((ground) => [ink, ground]);

/** What is written on what. */
const textPairs: readonly (readonly [ink: string, ground: string])[] = [
  ...onGrounds('ink', ['accent-soft', 'ok-soft', 'warn-soft', 'bad-soft']),
  ...onGrounds('ink-2', ['accent-soft']),
  ...['surface', 'ground'].map((ground) => ['ink-3', ground] as const),
  ...['surface', 'ground', 'sunk', 'accent-soft'].map((ground) => ['accent', ground] as const),
  ...['ok', 'warn', 'bad'].flatMap((tone) => [[tone, 'surface'], [tone, 'ground'], [tone, `${tone}-soft`]] as const),
  ['seal', 'surface'], ['seal', 'ground'],
  ['on-accent', 'accent'], ['on-accent', 'accent-hover'], ['surface', 'bad'], ['surface', 'bad-hover'], ['surface', 'ok'],
  ['ground', 'ink'], ['practice-ink', 'practice'], ['practice-ink', 'practice-button'], ['practice', 'practice-ink'],
];

describe('colours', () => {
  for (const [name, colours, least, leastLine] of [['normal', normal, 4.5, 0], ['high contrast', high, 7, 3]] as const) {
    for (const [theme, index] of [['light', 0], ['dark', 1]] as const) {
      test(`text is read at ${least}:1 or better, ${name}, ${theme}`, () => {
        const poor = textPairs
          .map(([ink, ground]) => ({ pair: `${ink} on ${ground}`, ratio: contrast(colours[ink]?.[index] ?? '', colours[ground]?.[index] ?? '') }))
          .filter(({ ratio }) => !(ratio >= least));
        assert.deepEqual(poor, []);
      });
      test(`the edge of a control is seen at 3:1, ${name}, ${theme}`, () => {
        const edges = ['control-line', 'accent', 'bad', ...(leastLine > 0 ? ['line', 'line-2'] : [])];
        const poor = edges.flatMap((edge) => ['surface', 'ground'].map((ground) => ({ pair: `${edge} on ${ground}`, ratio: contrast(colours[edge]?.[index] ?? '', colours[ground]?.[index] ?? '') }))).filter(({ ratio }) => !(ratio >= 3));
        assert.deepEqual(poor, []);
      });
    }
  }

  test('high contrast is the same whether the person or the system asks for it', () => {
    const asked = coloursIn(blocks(":root[data-contrast='high']"));
    assert.ok(Object.keys(asked).length > 20);
    assert.deepEqual(coloursIn(blocks(":root:not([data-contrast='normal'])")), asked);
  });
});
