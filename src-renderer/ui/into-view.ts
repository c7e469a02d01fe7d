import type { FocusEvent } from 'react';

/**
 * A field whose list of choices is closed by whatever scrolls stands whole in sight before its first letter: else the letter would bring it there itself, and close
 * the list that it has just opened.
 */
export function bringIntoView({ target }: FocusEvent<HTMLInputElement>): void {
  target.closest('.combo, .field')?.scrollIntoView({ block: 'nearest' });
}
