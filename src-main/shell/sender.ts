import type { IpcMainInvokeEvent } from 'electron';
import { isOurPage } from './page.ts';

/** Only the top frame of our own page may call: not a frame inside it, not a page that took its place, not a frame that is gone. */
export function isTrustedSender({ sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}
