import { z } from 'zod';

/** `1.2.3` or `1.2.3-beta.1` (semver.org 2.0.0, without build metadata). */
export const programVersion = z.string().max(40).regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[0-9A-Za-z-]{1,12}(?:\.[0-9A-Za-z-]{1,12}){0,2})?$/);

/** Less than 0: `one` comes before `other` (semver.org 2.0.0, 11). Both are versions of `programVersion`. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [split(one), split(other)];
  for (let index = 0; index < 3; index += 1) {
    const difference = Number(a.numbers[index]) - Number(b.numbers[index]);
    if (difference !== 0) return difference;
  }
  // 11.3: a pre-release comes before its release
  if (a.tags.length === 0 || b.tags.length === 0) return b.tags.length - a.tags.length;
  for (const [index, tag] of a.tags.entries()) {
    const theirs = b.tags[index];
    if (theirs === undefined) return 1;
    const difference = compareTags(tag, theirs);
    if (difference !== 0) return difference;
  }
  return a.tags.length - b.tags.length;
}

function split(version: string): { readonly numbers: readonly string[]; readonly tags: readonly string[] } {
  const dash = version.indexOf('-');
  return dash < 0 ? { numbers: version.split('.'), tags: [] } : { numbers: version.slice(0, dash).split('.'), tags: version.slice(dash + 1).split('.') };
}

/** 11.4: numbers by their worth, words by their letters, numbers before words. */
function compareTags(one: string, other: string): number {
  const [a, b] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (a && b) return Number(one) - Number(other);
  if (a !== b) return a ? -1 : 1;
  return one === other ? 0 : one < other ? -1 : 1;
}
