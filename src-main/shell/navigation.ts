import type { Session, WebContents } from 'electron';
import { appUrl, isOurPage } from './page.ts';

/** Holds for every web contents that ever comes to be: it shows our page or nothing, opens no window and hosts no other contents. `onLink`: what it would have opened. */
export function lockNavigation(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, onLink: (address: string) => void): void {
  // The page itself may be loaded again; everything else is a link in a document or worse
  const stay = (event: { readonly url: string; readonly preventDefault: () => void }): void => {
    if (!isOurPage(event.url) || new URL(event.url).pathname !== new URL(appUrl).pathname) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  // Frames inside the page: there are none, so none may go anywhere
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    onLink(url);
    return { action: 'deny' };
  });
}

/** The page has no network: what is not ours or made in memory is stopped before it leaves, whatever a policy says. */
export function cutNetwork(session: Pick<Session, 'webRequest'>, devTools: boolean): void {
  const inside = new Set(['blob:', 'data:', ...(devTools ? ['devtools:'] : [])]);
  session.webRequest.onBeforeRequest((details, answer) => {
    const protocol = URL.parse(details.url)?.protocol ?? '';
    answer({ cancel: !inside.has(protocol) && !isOurPage(details.url) });
  });
}
