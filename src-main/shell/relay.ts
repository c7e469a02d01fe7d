import type { MessagePortMain } from 'electron';
import { bridgeEventNames } from '../../src-shared/contract/channel-names.ts';
import { fail, type Result } from '../../src-shared/result.ts';

export type Relay = {
  /** Never rejects: a backend that goes away in mid-call is code `bug` with ref `backend-gone`, since whether it was done is not known here. */
  readonly call: (channel: string, input: unknown) => Promise<Result<unknown>>;
  readonly close: () => void;
};

type RelayPort = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> & {
  readonly on: ((event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown) & ((event: 'close', listener: () => void) => unknown);
};

const knownEvents: ReadonlySet<string> = new Set(bridgeEventNames);

/** Carries one window's calls to the backend and its events back. It reads nothing of what it carries; an answer counts once, an event only under a known name. */
export function createRelay(port: RelayPort, sendEvent: (name: string, payload: unknown) => void): Relay {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let lastId = 0;
  let open = true;
  const giveUp = (): void => {
    open = false;
    for (const answer of waiting.values()) answer(fail('bug', { ref: 'backend-gone' }));
    waiting.clear();
  };
  port.on('message', ({ data }) => {
    if (typeof data !== 'object' || data === null) return;
    if ('event' in data && typeof data.event === 'string' && 'payload' in data) {
      if (knownEvents.has(data.event)) sendEvent(data.event, data.payload);
    } else if ('id' in data && typeof data.id === 'number' && 'result' in data) {
      waiting.get(data.id)?.(data.result as Result<unknown>);
      waiting.delete(data.id);
    }
  });
  port.on('close', giveUp);
  port.start();
  return {
    call: (channel, input) => {
      if (!open) return Promise.resolve(fail('bug', { ref: 'backend-gone' }));
      return new Promise((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve);
        port.postMessage({ id, channel, input });
      });
    },
    close: () => {
      giveUp();
      port.close();
    },
  };
}
