import { resolve } from 'node:path';

/** What on a command line may be files: all but the program itself and its switches. The backend looks which of them are ours. */
export function openedPaths(argv: readonly string[], folder: string): readonly string[] {
  return argv.slice(1).filter((word) => word !== '' && !word.startsWith('-')).map((word) => resolve(folder, word));
}
