import { foldedWords } from '../../src-shared/domain/fold.ts';
import type { Command } from './command.ts';

/**
 * Commands whose words begin with what was typed, marks left off ("vao so" finds "Vào sổ"). Those used of late come first, then those
 * that begin with the first word typed, then the order in which they were put.
 */
export function matchCommands(commands: readonly Command[], typed: string, recent: readonly string[]): readonly Command[] {
  const wanted = foldedWords(typed);
  return commands
    .filter(({ run }) => run !== null)
    .map((command, index) => ({ command, index, words: foldedWords(command.words), used: recent.indexOf(command.id) }))
    .filter(({ words }) => wanted.every((word) => words.some((one) => one.startsWith(word))))
    .sort((a, b) => rank(a, wanted) - rank(b, wanted) || a.index - b.index)
    .map(({ command }) => command);
}

function rank({ words, used }: { readonly words: readonly string[]; readonly used: number }, wanted: readonly string[]): number {
  const [first] = wanted;
  const begins = first !== undefined && (words[0]?.startsWith(first) ?? false);
  return (used >= 0 ? used : 100) + (begins ? 0 : 1000);
}
