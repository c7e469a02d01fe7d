import type { ByteSource } from './bytes.ts';

/**
 * What a file says, for the search. `no-text`: its pages are pictures; `locked`: a password opens it; `unreadable`: it is no PDF, is broken, or could not be
 * read in time. `text`: in the order of the pages, cut at a length; '' but for the first outcome. `pages`: how many of them were read.
 */
export type ContentText = { readonly outcome: 'text' | 'no-text' | 'locked' | 'unreadable'; readonly pages: number; readonly text: string };

/** Reads apart from the thread that everything else waits for. One file at a time. */
export type TextPort = {
  readonly read: (input: ByteSource) => Promise<ContentText>;
  /** The first page, a line a line as it is seen. Null: nothing is known of it, be it a picture, locked, broken or too slow. Waits for no `read`. */
  readonly readFirstPage: (input: ByteSource) => Promise<string | null>;
  readonly close: () => Promise<void>;
};
