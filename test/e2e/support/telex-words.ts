/** Where the tone stands in `oa`, `oe`, `uy` without a consonant behind: `hòa` (old) or `hoà` (new). Both are written in offices. */
export type ToneStyle = 'old' | 'new';

type Letter = { readonly base: string; readonly mark: '' | '^' | '(' | '+' | '-'; readonly upper: boolean };

const tones = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' } as const;
const marks: Readonly<Record<string, string>> = { 'a^': 'â', 'e^': 'ê', 'o^': 'ô', 'a(': 'ă', 'o+': 'ơ', 'u+': 'ư', 'd-': 'đ' };
const unmarked: Readonly<Record<string, readonly [base: string, key: string]>> = { â: ['a', 'a'], ê: ['e', 'e'], ô: ['o', 'o'], ă: ['a', 'w'], ơ: ['o', 'w'], ư: ['u', 'w'], đ: ['d', 'd'] };
const isVowel = (base: string): boolean => base !== '' && 'aeiouy'.includes(base);
const isTone = (key: string): key is keyof typeof tones => key in tones;

/** What stands on the screen after these keys of one word. */
export function composeTelex(keys: string, style: ToneStyle = 'old'): string {
  let letters: readonly Letter[] = [];
  let tone: keyof typeof tones | '' = '';
  for (const pressed of keys) {
    const key = pressed.toLowerCase();
    const plain: Letter = { base: key, mark: '', upper: pressed !== key };
    const hasVowel = letters.some(({ base }) => isVowel(base));
    if (isTone(key) && hasVowel) {
      if (tone === key) {
        // The same tone again takes it back and leaves the letter
        tone = '';
        letters = [...letters, plain];
      } else tone = key;
    } else if (key === 'z' && tone !== '') tone = '';
    else letters = markLast(letters, key) ?? [...letters, key === 'w' ? { ...plain, base: 'u', mark: '+' } : plain];
  }
  return write(letters, tone, style);
}

/** The keys a person presses for a word, its tone last; throws where Telex cannot write it. */
export function telexKeys(word: string): { readonly keys: string; readonly style: ToneStyle } {
  let keys = '';
  let tone = '';
  let seenVowel = false;
  for (const letter of word.normalize('NFC')) {
    const lower = letter.toLowerCase();
    const upper = lower !== letter;
    const bare = lower.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/gu, (found) => {
      tone = Object.entries(tones).find(([, mark]) => mark === found)?.[0] ?? '';
      return '';
    }).normalize('NFC');
    const [base, key] = unmarked[bare] ?? [bare, ''];
    keys += upper ? base.toUpperCase() : base;
    keys += upper && word.length > 1 && word === word.toUpperCase() ? key.toUpperCase() : key;
    // A letter that would be taken for a mark or a tone is pressed twice to stay itself
    if (key === '' && needsTwice(keys.slice(0, -1).toLowerCase(), base, seenVowel)) keys += base;
    if (isVowel(base)) seenVowel = true;
  }
  keys += tone;
  for (const style of ['old', 'new'] as const) if (composeTelex(keys, style) === word) return { keys, style };
  throw new Error(`Telex does not write “${word}”: ${keys} gives “${composeTelex(keys)}”`);
}

function needsTwice(before: string, base: string, seenVowel: boolean): boolean {
  if (base === 'w') return true;
  if (isTone(base)) return seenVowel;
  const shown = composeTelex(before);
  return ['a', 'e', 'o', 'd'].includes(base) && composeTelex(before + base) !== shown + base;
}

/** The letters with the mark that `key` puts on one of them; null when it is only a letter. */
function markLast(letters: readonly Letter[], key: string): readonly Letter[] | null {
  const mark = key === 'w' ? 'w' : key === 'd' ? '-' : ['a', 'e', 'o'].includes(key) ? '^' : null;
  if (mark === null) return null;
  const at = letters.findLastIndex(({ base }) => (mark === 'w' ? ['a', 'o', 'u'].includes(base) : base === key));
  const letter = letters[at];
  if (!letter) return null;
  // Only within the syllable's own vowels, and đ only at its head or where its d was just pressed: `HDDND` is HĐND
  if (mark === '-' ? at !== letters.length - 1 && (at !== 0 || letters.length > 1 && letters.slice(1).some(({ base }) => base === 'd')) : letters.slice(at, letters.length).some(({ base }, index, rest) => index > 0 && isVowel(base) && !isVowel(rest[index - 1]?.base ?? ''))) return null;
  const wanted = mark === 'w' ? (letter.base === 'a' ? '(' : '+') : mark;
  if (letter.mark === wanted) {
    // The same key again takes the mark back and leaves the letter
    const freed: Letter = { ...letter, mark: '' };
    const ofW = mark === 'w' && letter.base === 'u' && at === letters.length - 1;
    return ofW ? [...letters.slice(0, at), { base: 'w', mark: '', upper: letter.upper }] : [...letters.slice(0, at), freed, ...letters.slice(at + 1), { base: key, mark: '', upper: false }];
  }
  if (letter.mark !== '' && mark === 'w') return letters.map((one, index) => (index === at ? { ...one, mark: wanted } : one));
  return letter.mark === '' ? letters.map((one, index) => (index === at ? { ...one, mark: wanted } : one)) : null;
}

function write(letters: readonly Letter[], tone: keyof typeof tones | '', style: ToneStyle): string {
  const whole = letters.map((letter, index) => {
    const next = letters[index + 1];
    // `uơ` becomes `ươ` as soon as a letter follows: thuở, but thương
    const pair = letter.base === 'u' && letter.mark === '' && letters[index - 1]?.base !== 'q' && next?.base === 'o' && next.mark === '+' && letters[index + 2] !== undefined;
    return pair ? { ...letter, mark: '+' as const } : letter;
  });
  const at = tone === '' ? -1 : toneSeat(whole, style);
  return whole
    .map(({ base, mark, upper }, index) => {
      const letter = marks[base + mark] ?? base;
      const toned = index === at && tone !== '' ? (letter + tones[tone]).normalize('NFC') : letter;
      return upper ? toned.toUpperCase() : toned;
    })
    .join('');
}

/** Which letter carries the tone. */
function toneSeat(letters: readonly Letter[], style: ToneStyle): number {
  const bases = letters.map(({ base }) => base).join('');
  const glide = (bases.startsWith('qu') || bases.startsWith('gi')) && isVowel(bases[2] ?? '') ? 2 : 0;
  const vowels = letters.map(({ base }, index) => (isVowel(base) && index >= glide ? index : -1)).filter((index) => index >= 0);
  const marked = vowels.filter((index) => letters[index]?.mark !== '');
  const seat = marked.at(-1);
  if (seat !== undefined) return seat;
  const [first = -1, second = -1] = vowels;
  if (vowels.length <= 1) return first;
  const closed = (vowels.at(-1) ?? 0) < letters.length - 1;
  if (vowels.length > 2 || closed) return second;
  return ['oa', 'oe', 'uy'].includes(bases.slice(first, second + 1)) && style === 'new' ? second : first;
}
