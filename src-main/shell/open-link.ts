import { openableLink } from './links.ts';

export type LinkOpenerOptions = {
  /** Shows the whole address and asks; true when the person agrees. */
  readonly ask: (address: string) => Promise<boolean>;
  readonly open: (address: string) => Promise<void>;
};

/** What the page would open in a window of its own: one question at a time, and only about addresses of the list. Everything else stays text on the screen. */
export function createLinkOpener({ ask, open }: LinkOpenerOptions): (address: string) => Promise<void> {
  let asking = false;
  return async (address) => {
    const link = openableLink(address);
    if (link === null || asking) return;
    asking = true;
    try {
      if (await ask(link)) await open(link);
    } finally {
      asking = false;
    }
  };
}
