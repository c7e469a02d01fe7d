import { channels, type Bridge, type Channel } from '../../src-shared/contract/index.ts';
import { decodeFrame, encodeFrame } from '../../src-shared/contract/frame.ts';
import { fail, type Result } from '../../src-shared/result.ts';

/** How the door stands, for the notice on the screen. */
export type LinkState = 'connecting' | 'open' | 'lost';

export type SocketBridge = { readonly bridge: Bridge; readonly link: LinkStatus };
export type LinkStatus = { readonly current: () => LinkState; readonly subscribe: (listener: () => void) => () => void };

type Frame = { readonly id?: unknown; readonly result?: unknown; readonly event?: unknown; readonly payload?: unknown };

/**
 * The same `Bridge` over one WebSocket, for the browser shell: `{id, channel, input}` → `{id, result}`, and `{event, payload}`.
 * A call made while the door is shut waits for it; one that was under way when it closed answers `bug` with ref `door-closed`,
 * because whether it was done is not known here.
 */
export function createSocketBridge(url: string): SocketBridge {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const linkListeners = new Set<() => void>();
  const unsent: (string | Uint8Array<ArrayBuffer>)[] = [];
  let socket: WebSocket | null = null;
  let state: LinkState = 'connecting';
  let nextId = 1;
  let retryMs = 250;

  function setState(next: LinkState): void {
    state = next;
    for (const listener of linkListeners) listener();
  }

  function open(): void {
    const opened = new WebSocket(url);
    opened.binaryType = 'arraybuffer';
    socket = opened;
    opened.addEventListener('open', () => {
      retryMs = 250;
      for (const frame of unsent.splice(0)) opened.send(frame);
      setState('open');
    });
    opened.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (typeof message.data === 'string') receive(decodeFrame(message.data) as Frame);
      else if (message.data instanceof ArrayBuffer) receive(decodeFrame(new Uint8Array(message.data)) as Frame);
    });
    opened.addEventListener('close', () => {
      socket = null;
      for (const answer of waiting.values()) answer(fail('bug', { ref: 'door-closed' }));
      waiting.clear();
      unsent.length = 0;
      setState('lost');
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, 5000);
    });
  }

  function receive(frame: Frame): void {
    if (typeof frame.id === 'number') {
      waiting.get(frame.id)?.(frame.result as Result<unknown>);
      waiting.delete(frame.id);
    } else if (typeof frame.event === 'string') {
      for (const listener of listeners.get(frame.event) ?? []) listener(frame.payload as never);
    }
  }

  function call(channel: Channel, input: unknown): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      const frame = encodeFrame({ id, channel, input });
      if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
      else unsent.push(frame);
    });
  }

  function on(name: string, listener: (payload: never) => void): () => void {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  open();
  const calls = Object.fromEntries(channels.map((channel) => [channel, (input: unknown) => call(channel, input)]));
  return {
    bridge: { ...calls, on, shield: () => undefined } as unknown as Bridge,
    link: {
      current: () => state,
      subscribe: (listener) => {
        linkListeners.add(listener);
        return () => linkListeners.delete(listener);
      },
    },
  };
}
