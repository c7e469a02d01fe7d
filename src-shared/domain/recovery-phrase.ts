/**
 * The words of a recovery sheet: six groups of six. No sign that a hand writes like another (0 O, 1 I, 2 Z, 5 S, U V), and no vowel, W or D, which Telex and VNI would turn into
 * others. Twenty-three of them, a prime: the last sign of a group then tells every single wrong sign and every two that changed places (weights differ and are not 0 modulo 23).
 * Thirty free signs are 135 bits.
 */
export const phraseSigns = '23456789BCFGHJKLMNPRTVX';
const groups = 6;
const freeInGroup = 5;

export type PhraseFault = { readonly fault: 'length' } | { readonly fault: 'group'; readonly group: number };

/** `random`: 0 ≤ n < below, by a cryptographic generator. */
export function makePhrase(random: (below: number) => number): string {
  return Array.from({ length: groups }, (_, group) => {
    const values = Array.from({ length: freeInGroup }, () => random(phraseSigns.length));
    return [...values, checkOf(values, group)].map((value) => phraseSigns[value]).join('');
  }).join('-');
}

/** As it was made, whatever case, spaces and dashes it was typed with; or which group is mistyped, counted from 1. */
export function readPhrase(typed: string): { readonly phrase: string } | PhraseFault {
  const signs = typed.toUpperCase().replace(/[\s\-–—.,_]/g, '');
  if (signs.length !== groups * (freeInGroup + 1)) return { fault: 'length' };
  const read = Array.from({ length: groups }, (_, group) => signs.slice(group * 6, group * 6 + 6));
  for (const [at, text] of read.entries()) {
    const values = Array.from(text, (sign) => phraseSigns.indexOf(sign));
    if (values.includes(-1) || checkOf(values.slice(0, freeInGroup), at) !== values[freeInGroup]) return { fault: 'group', group: at + 1 };
  }
  return { phrase: read.join('-') };
}

/** The group's place is in it, so that two groups that changed places are told too. */
function checkOf(values: readonly number[], group: number): number {
  return values.reduce((sum, value, i) => sum + (i + 2) * value, 1 + group) % phraseSigns.length;
}
