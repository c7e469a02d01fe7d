import type { Chord } from './chord.ts';

export const commandGroups = ['document', 'go', 'list', 'desk'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One thing that can be done now: a line of the palette, and of the sheet of keys where it has one. */
export type Command = {
  readonly id: string;
  readonly words: string;
  readonly group: CommandGroup;
  readonly keys?: Chord;
  /** Null while it cannot be done; the palette leaves it out. */
  readonly run: (() => void) | null;
};
