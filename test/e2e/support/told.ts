import type { Page } from 'playwright-core';
import { decodeFrame, encodeFrame } from '../../../src-shared/contract/frame.ts';
import type { Channel, EventName, EventPayload, Output } from '../../../src-shared/contract/index.ts';

type Frame = { readonly id?: number; readonly channel?: string; readonly result?: unknown };

/** What the page is told in place of the desk's own answer, for states of the line that no practice office can be brought into at will. */
export type Told = {
  readonly say: <C extends Channel>(channel: C, value: Output<C>) => void;
  /** The desk answers for itself again. */
  readonly unsay: (channel: Channel) => void;
  readonly unsayAll: () => void;
  /** Keeps the desk's own answers back until what is given back is called. */
  readonly hold: (channel: Channel) => () => void;
  readonly tell: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
};

/** Stands between the page and its door from the next load on. */
export async function standBetween(page: Page): Promise<Told> {
  const said = new Map<string, unknown>();
  const held = new Map<string, (() => void)[]>();
  let tell: (frame: string | Uint8Array) => void = () => undefined;
  await page.routeWebSocket(/\/door$/, (socket) => {
    const door = socket.connectToServer();
    const asked = new Map<number, string>();
    tell = (frame) => socket.send(typeof frame === 'string' ? frame : Buffer.from(frame));
    socket.onMessage((message) => {
      const { id, channel } = decodeFrame(message) as Frame;
      if (id !== undefined && channel !== undefined) asked.set(id, channel);
      door.send(message);
    });
    door.onMessage((message) => {
      const { id } = decodeFrame(message) as Frame;
      const channel = id === undefined ? undefined : asked.get(id);
      const waiting = channel === undefined ? undefined : held.get(channel);
      if (waiting !== undefined) return void waiting.push(() => socket.send(message));
      if (id === undefined || channel === undefined || !said.has(channel)) return socket.send(message);
      const answer = encodeFrame({ id, result: { ok: true, value: said.get(channel) } });
      socket.send(typeof answer === 'string' ? answer : Buffer.from(answer));
    });
  });
  return {
    say: (channel, value) => void said.set(channel, value),
    unsay: (channel) => void said.delete(channel),
    unsayAll: () => said.clear(),
    hold: (channel) => {
      const waiting: (() => void)[] = [];
      held.set(channel, waiting);
      return () => {
        held.delete(channel);
        for (const send of waiting) send();
      };
    },
    tell: (event, payload) => tell(encodeFrame({ event, payload })),
  };
}
