import type { PagePlace } from '../../../src-shared/contract/verification.ts';

/** A place on a page that is lit, or the page as a whole. */
export type Shown = { readonly page: number; readonly place: PagePlace | null };

/** What can be done with a signature's card; each is left out where the screen has no pages to do it on. Signatures go by their order. */
export type SignatureDeeds = {
  /** Lights the signature's rectangle on its page. */
  readonly onChoose?: (index: number) => void;
  /** Goes to where something was changed, and lights it. */
  readonly onShow?: (shown: Shown) => void;
  /** Opens the version that was signed. */
  readonly onEarlier?: (index: number) => void;
  /** Lays that version and the present one side by side. */
  readonly onCompare?: (index: number) => void;
};
