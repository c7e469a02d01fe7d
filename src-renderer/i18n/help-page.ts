import type { MessageKey } from './translate.ts';

/**
 * One page of help. `[action.register]` in a sentence stands for the word that the screen shows under that key, so that help never names
 * a button by a word that it no longer has; a hole in that word is shown as “…”.
 */
export type HelpPage = {
  /** What the screen is for, in one sentence. */
  readonly what: string;
  /** The usual work, in order. */
  readonly steps: readonly string[];
  /** What a mark or a state on the screen means. */
  readonly marks: readonly (readonly [mark: MessageKey, means: string])[];
  /** What to do when something is not as it should be. */
  readonly wrong: readonly string[];
};
