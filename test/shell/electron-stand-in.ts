/**
 * Two isolated worlds share a page's DOM and no object, so DOM events are the wire: `CustomEvent.detail` crosses worlds as a structured clone
 * (Blink serialises it when the reader is another world), which is the copy that Electron's own bridge makes. Functions cross as names to call.
 */

/** For the page's world: builds on `window` what the preload exposes, out of names. Electron's bridge defines it the same: not writable, not configurable. */
export const mainWorldScript = `(() => {
  const waiting = new Map();
  const listeners = new Map();
  let last = 0;
  const tell = (type, detail) => document.dispatchEvent(new CustomEvent(type, { detail }));
  document.addEventListener('stand-in:expose', ({ detail: { name, functions } }) => {
    const value = Object.fromEntries(functions.map((method) => [method, (...words) => {
      const id = ++last;
      const plain = words.map((word) => {
        if (typeof word !== 'function') return { value: structuredClone(word) };
        listeners.set(++last, word);
        return { listener: last };
      });
      let settled;
      waiting.set(id, (answer) => (settled = answer));
      tell('stand-in:call', { id, method, words: plain });
      if (settled?.error !== undefined) throw new Error(settled.error);
      if (settled?.leave !== undefined) return () => tell('stand-in:leave', { id: settled.leave });
      if (settled !== undefined) return settled.value;
      return new Promise((resolve, reject) => waiting.set(id, (answer) => (answer.error === undefined ? resolve(answer.value) : reject(new Error(answer.error)))));
    }]));
    Object.defineProperty(window, name, { value: Object.freeze(value), writable: false, configurable: false, enumerable: true });
  });
  document.addEventListener('stand-in:answer', ({ detail: { id, ...answer } }) => waiting.get(id)?.(answer));
  document.addEventListener('stand-in:heard', ({ detail: { listener, words } }) => listeners.get(listener)?.(...words));
})()`;

/** For the preload's world: `contextBridge`, `ipcRenderer` (which answers each call with what it was given), and the preload itself. */
export function isolatedWorldScript(preload: string): string {
  return `
    const asked = [];
    const ipcListeners = [];
    const leaves = new Map();
    const tell = (type, detail) => document.dispatchEvent(new CustomEvent(type, { detail }));
    // Without a function in it: structuredClone throws where Electron's bridge does
    const emit = (channel, ...words) => { for (const [name, listener] of ipcListeners) if (name === channel) listener({}, ...structuredClone(words)); };
    const ipcRenderer = {
      invoke: async (...words) => { asked.push(structuredClone(words)); return structuredClone({ ok: true, value: { channel: words[1], input: words[2] } }); },
      on: (name, listener) => { ipcListeners.push([name, listener]); },
    };
    const contextBridge = {
      exposeInMainWorld: (name, api) => {
        document.addEventListener('stand-in:call', ({ detail: { id, method, words } }) => {
          try {
            const given = words.map(({ value, listener }) => (listener === undefined ? value : (...heard) => tell('stand-in:heard', { listener, words: structuredClone(heard) })));
            const result = api[method](...given);
            if (typeof result === 'function') { leaves.set(id, result); tell('stand-in:answer', { id, leave: id }); }
            else if (result instanceof Promise) result.then((value) => tell('stand-in:answer', { id, value: structuredClone(value) }), (error) => tell('stand-in:answer', { id, error: String(error) }));
            else tell('stand-in:answer', { id, value: structuredClone(result) });
          } catch (error) { tell('stand-in:answer', { id, error: String(error) }); }
        });
        document.addEventListener('stand-in:leave', ({ detail: { id } }) => leaves.get(id)());
        tell('stand-in:expose', { name, functions: Object.keys(api).filter((key) => typeof api[key] === 'function') });
      },
    };
    {
      const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload may not require ' + name); return { contextBridge, ipcRenderer }; };
      const module = { exports: {} };
      (function (require, module, exports) { ${preload}
      })(require, module, module.exports);
    }
    undefined`;
}
