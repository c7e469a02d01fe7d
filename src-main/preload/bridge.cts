import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, EventName } from '../../src-shared/contract/index.ts';
import { bridgeEventNames, channelNames, ipcCall, ipcEvent, ipcShield } from '../../src-shared/contract/channel-names.ts';

/** `window.vanThu`: one function a call and one way to listen. `ipcRenderer` itself never reaches the page. */
type Calls = Omit<Bridge, 'on' | 'shield'>;
type Listener = (payload: never) => void;

const calls = Object.fromEntries(channelNames.map((channel) => [channel, (input: unknown): Promise<unknown> => ipcRenderer.invoke(ipcCall, channel, input)])) as unknown as Calls;

const listeners = new Map<EventName, Set<Listener>>(bridgeEventNames.map((name) => [name, new Set()]));
ipcRenderer.on(ipcEvent, (_event, name: EventName, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload as never);
});

const bridge = {
  ...calls,
  on: (name, listener) => {
    const known = listeners.get(name);
    if (known === undefined) throw new Error(`no event ${String(name)}`);
    // A wrapper of its own: the same function may listen twice, and each leave is for its own listening
    const own: Listener = (payload) => listener(payload);
    known.add(own);
    return () => void known.delete(own);
  },
  shield: (on) => void ipcRenderer.invoke(ipcShield, on),
} satisfies Bridge;

contextBridge.exposeInMainWorld('vanThu', bridge);
