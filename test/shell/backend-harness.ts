import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

/**
 * Stands where Electron's utility process stands: gives the backend a `process.parentPort` and a real MessagePort, asks a few things, and
 * writes each answer as a line. Arguments: the bundle, the program's folder, the resources.
 */
const [bundle = '', rootDir = '', resourcesDir = ''] = process.argv.slice(2);
const parent = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown): void => {
    console.log(JSON.stringify(message));
    if ((message as { readonly type: string }).type === 'ready') ask();
    else process.exit(1);
  },
});
Object.assign(process, { parentPort: parent });

await import(pathToFileURL(bundle).href);
parent.emit('message', { data: { type: 'start', rootDir, keys: { office: 'cd'.repeat(32), practice: 'ab'.repeat(32) }, open: 'practice', resourcesDir }, ports: [] });

function ask(): void {
  const { port1, port2 } = new MessageChannel();
  // A worker's port hands over the message, Electron's an event with it in `data`
  const backendPort = {
    postMessage: (message: unknown): void => port2.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void): unknown => (event === 'message' ? port2.on('message', (data: unknown) => listener({ data })) : port2.on('close', listener as () => void)),
    start: (): void => port2.start(),
  };
  const questions = ['app.state', 'signing.images', 'no.such-call', 'session.state', 'settings.read'];
  port1.on('message', (answer: { readonly id?: number }) => {
    if (answer.id === undefined) return;
    console.log(JSON.stringify(answer, (_, value: unknown) => (value instanceof Uint8Array ? { bytes: value.length } : value)));
    if (answer.id === questions.length) parent.emit('message', { data: { type: 'stop' }, ports: [] });
    else port1.postMessage({ id: answer.id + 1, channel: questions[answer.id], input: {} });
  });
  parent.emit('message', { data: { type: 'connect' }, ports: [backendPort] });
  port1.postMessage({ id: 1, channel: questions[0], input: {} });
}
