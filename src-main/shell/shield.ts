import type { BrowserWindow } from 'electron';

/**
 * While a PIN is being typed the window is black in other programs' pictures of the screen (Windows: WDA_EXCLUDEFROMCAPTURE; macOS: NSWindowSharingNone; Linux has no such thing).
 * The page says when; a page that starts anew or falls has no PIN on it, so the shield never stays by mistake.
 */
export function createShield(window: Pick<BrowserWindow, 'setContentProtection' | 'webContents'>): (on: unknown) => void {
  let raised = false;
  const set = (on: boolean): void => {
    if (on === raised) return;
    raised = on;
    window.setContentProtection(on);
  };
  // going from one screen to the next is the same document
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) set(false);
  });
  window.webContents.on('render-process-gone', () => set(false));
  return (on) => {
    if (typeof on !== 'boolean') throw new Error('refused');
    set(on);
  };
}
