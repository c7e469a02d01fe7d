import type { Bridge } from '../../src-shared/contract/index.ts';
import { createSocketBridge, type LinkStatus } from './socket-bridge.ts';

declare global {
  interface Window {
    /** Given by the preload; absent in the browser shell. */
    readonly vanThu?: Bridge;
  }
}

/** The one door to the backend. In Electron it never closes; in the browser shell `link` says how it stands. */
export function connect(): { readonly bridge: Bridge; readonly link: LinkStatus } {
  if (window.vanThu) return { bridge: window.vanThu, link: { current: () => 'open', subscribe: () => () => undefined } };
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return createSocketBridge(`${scheme}://${location.host}/door`);
}
