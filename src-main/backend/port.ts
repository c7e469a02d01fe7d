import type { Door } from '../../src-shared/contract/index.ts';

/** The part of a MessagePort that a connection needs: Electron's MessagePortMain and a worker's MessagePort both have it. */
export type ConnectionPort = {
  readonly postMessage: (message: unknown) => void;
  readonly on: ((event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown) & ((event: 'close', listener: () => void) => unknown);
  readonly start: () => void;
};

/** Ties one door to one port: `{id, channel, input}` in, `{id, result}` and `{event, payload}` out. Anything else is ignored. */
export function serveDoor(door: Door, port: ConnectionPort): void {
  door.on((event, payload) => port.postMessage({ event, payload }));
  port.on('message', ({ data }) => {
    if (!isRequest(data)) return;
    void door.call(data.channel, data.input).then((result) => port.postMessage({ id: data.id, result }));
  });
  port.on('close', () => door.close());
  port.start();
}

function isRequest(data: unknown): data is { readonly id: number; readonly channel: string; readonly input: unknown } {
  return typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'number' && 'channel' in data && typeof data.channel === 'string' && 'input' in data;
}
