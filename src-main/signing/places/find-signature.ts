import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { lost, splitColumns, startsLike, sureOf } from './lines.ts';
import type { Line, Segment } from './lines.ts';
import { titles } from './titles.ts';

export type Block = { readonly rect: RectMm; readonly confidence: number };

/** NĐ 30/2020 App I.II.7: capacity (TM., KT., TL., TUQ., Q.), title, image, name, one beneath the other on one axis. */
const capacity = /^(tm|kt|tl|tuq|q)\./;
const nameWords = /^\p{Lu}[\p{L}'’]*\.?(\s+\p{Lu}[\p{L}'’]*\.?){1,6}$/u;
const imageMm = { width: 45, height: 20, proportion: 2.25 } as const;

/** The best block on one page; null when no line on it looks like a signer's title. */
export function findSignature(lines: readonly Line[], pageWidthMm: number, pageHeightMm: number): Block | null {
  const segments = lines.flatMap(splitColumns);
  const recipients = segments.some((segment) => startsLike(segment.folded, 'noinhan'));
  const blocks = segments.flatMap((title) => {
    const known = isTitle(title);
    if (!known && !looksLikeTitle(title)) return [];
    if (centreOf(title) < pageWidthMm * 0.4) return [];
    const under = segments.filter((other) => other.y > title.y + 0.1 && other.y < title.y + 90 && other.right > title.left && other.left < title.right).toSorted((a, b) => a.y - b.y);
    const next = under[0];
    const room = next === undefined ? pageHeightMm - title.y : topOf(next) - bottomOf(title);
    // A second line of the title, or the next capacity, follows closely; the image has its place only where nothing is written.
    if (room < 9) return [];
    const named = next !== undefined && isName(next) && Math.abs(centreOf(next) - centreOf(title)) < 12 && room < 70;
    if (!known && !(named && recipients)) return [];
    const confidence = (named ? 0.75 : 0.35) + (known ? 0.12 : 0) + (recipients ? 0.1 : 0);
    return [{ rect: placeImage(title, named ? next : null, pageHeightMm), confidence: Math.min(confidence, 0.97) * sureOf(title.folded) }];
  });
  return blocks.toSorted((a, b) => b.confidence - a.confidence)[0] ?? null;
}

function placeImage(title: Segment, name: Segment | null, pageHeightMm: number): RectMm {
  const from = bottomOf(title);
  const to = name === null ? Math.min(from + 25, pageHeightMm - 5) : topOf(name);
  const height = Math.min(imageMm.height, to - from - 1);
  const width = Math.min(imageMm.width, height * imageMm.proportion);
  const axis = name === null ? centreOf(title) : (centreOf(title) + centreOf(name)) / 2;
  return { x: axis - width / 2, y: (from + to) / 2 - height / 2, width, height };
}

function isTitle(segment: Segment): boolean {
  const bare = segment.folded.replace(capacity, '');
  return isCapitals(segment) && titles.some((title) => startsLike(bare, title) && bare.length < title.length + 40);
}

/** Where letters are lost, one that is read may be a small one for a capital. */
function isCapitals({ text, folded }: Segment): boolean {
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  return small === 0 || (folded.includes(lost) && small * 5 < folded.length);
}

/** Capitals, a few words, no figures, no motto: what a title that is in no list looks like. */
function looksLikeTitle(segment: Segment): boolean {
  return segment.text === segment.text.toUpperCase() && /^\p{Lu}[\p{Lu}\s.,]{4,60}$/u.test(segment.text) && /\s/.test(segment.text);
}

function isName(segment: Segment): boolean {
  return nameWords.test(segment.text) || (/^[\p{L}\s.'’]{4,50}$/u.test(segment.text) && /^\p{Lu}/u.test(segment.text) && (segment.text.match(/\p{Lu}/gu)?.length ?? 0) <= 8 && (segment.text.match(/\p{Lu}/gu)?.length ?? 0) >= 2);
}

function centreOf(segment: Segment): number {
  return (segment.left + segment.right) / 2;
}

function topOf(segment: Segment): number {
  return segment.y - 0.9 * segment.size;
}

function bottomOf(segment: Segment): number {
  return segment.y + 0.25 * segment.size;
}
