import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { HelpPage } from '../../i18n/help-page.ts';
import type { Locale, MessageKey, Params, Translate } from '../../i18n/translate.ts';
import { helpPages as english } from '../../i18n/en/help-pages.ts';
import { helpPages as vietnamese } from '../../i18n/vi/help-pages.ts';
import { titleOf, topics, type Topic } from './topics.ts';

/** A sentence of help in parts: what is said, and the words that stand on the screen. */
export type Part = { readonly words: string; readonly onScreen: boolean };

const named = /\[([\w.-]+)\]/;
/** What a hole of a named word is filled with: help knows of no document. */
const anything: Params = new Proxy({}, { get: () => '…', has: () => true });

export function pageOf(topic: Topic, locale: Locale): HelpPage {
  return locale === 'vi' ? vietnamese[topic] : english[topic];
}

/** The word on the screen under this key, without the stop or the “…” at its end. */
export function wordOf(key: MessageKey, t: Translate): string {
  return t(key, anything).replace(/[….]$/, '');
}

/** `Bấm [action.assign] …` → “Bấm ”, the button's word, “ …”. */
export function partsOf(sentence: string, t: Translate): readonly Part[] {
  return sentence
    .split(named)
    .map((words, index) => (index % 2 === 1 ? { words: wordOf(words as MessageKey, t), onScreen: true } : { words, onScreen: false }))
    .filter(({ words }) => words !== '');
}

/** Keys that a page names, in order. */
export function keysIn({ what, steps, marks, wrong }: HelpPage): readonly string[] {
  const sentences = [what, ...steps, ...marks.flatMap(([mark, means]) => [`[${mark}]`, means]), ...wrong];
  return sentences.flatMap((sentence) => [...sentence.matchAll(new RegExp(named, 'g'))].map((match) => match[1] ?? ''));
}

export type Found = { readonly topic: Topic; readonly line: string };

/** Pages in which every word of `asked` begins a word, those that say all of it in one line first, with that line. */
export function searchHelp(asked: string, locale: Locale, t: Translate): readonly Found[] {
  const parts = foldedWords(asked);
  if (parts.length === 0) return [];
  return topics
    .map((topic) => rate(topic, parts, locale, t))
    .filter((found) => found !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ topic, line }) => ({ topic, line }));
}

function rate(topic: Topic, parts: readonly string[], locale: Locale, t: Translate): (Found & { readonly score: number }) | null {
  const page = pageOf(topic, locale);
  const plain = (sentence: string): string => partsOf(sentence, t).map(({ words }) => words).join('');
  const lines = [t(titleOf(topic)), plain(page.what), ...page.steps.map(plain), ...page.marks.map(([mark, means]) => `${wordOf(mark, t)}: ${plain(means)}`), ...page.wrong.map(plain)];
  const words = lines.map(foldedWords);
  if (!parts.every((part) => words.flat().some((word) => word.startsWith(part)))) return null;
  const scores = words.map((line) => scoreOf(line, parts));
  const best = Math.max(...scores);
  const at = scores.indexOf(best);
  // The title says where; the sentence beneath it says why
  return { topic, line: lines[Math.max(1, at)] ?? '', score: best + (at === 0 ? 1 : 0) };
}

/** How many of the parts begin a word of the line; one after the other counts more. */
function scoreOf(line: readonly string[], parts: readonly string[]): number {
  const hits = parts.filter((part) => line.some((word) => word.startsWith(part))).length;
  const inOrder = line.some((_, at) => parts.every((part, index) => line[at + index]?.startsWith(part)));
  return hits + (inOrder ? parts.length : 0);
}
