import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createSync } from '../../src-main/sync/sync.ts';
import { createUpdates } from '../../src-main/updates/updates.ts';
import { commandOf, draftBody, newDocument, password, people, contentOf } from '../server/office.ts';
import { decide } from './rules.ts';

/**
 * A desk that fetches a version of the program, in a process of its own at the far end of an emulated line: `DIR SERVER-URL KEYS`. Tells on stdout what of it is here and how many bytes of bodies came for it
 * (`wire`), and does what it is told: {"do":"draft"} · {"do":"end"}.
 */
const [dir = '', serverUrl = '', keysFile = ''] = process.argv.slice(2);
mkdirSync(dir, { recursive: true });
const opened = openProfileStore({ dir, key: createHash('sha256').update('a key of the tests').digest() });
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
const began = performance.now();
let wire = 0;
const say = (what: string, more: Readonly<Record<string, unknown>> = {}): void => void process.stdout.write(`${JSON.stringify({ what, ms: Math.round(performance.now() - began), wire, ...more })}\n`);

const counting: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (!new URL(input instanceof Request ? input.url : input).pathname.startsWith('/v1/updates/') || answer.body === null) return answer;
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform: (part, controller) => {
      wire += part.length;
      controller.enqueue(part);
    },
  });
  return new Response(answer.body.pipeThrough(through), { status: answer.status, headers: answer.headers });
};

const updates = createUpdates({ dir: join(dir, 'updates'), keysFile, installed: '1.0.0', platform: 'win32-x64', now: () => new Date(), log: () => undefined });
const sync = createSync({ serverUrl, credentials: { user: people.communeClerk.user, password }, station: 'station-communeClerk', store, updates, fetch: counting, timing: { backoffCapMs: 5000 } });
const show = (): void => say('update', { received: updates.state().release?.receivedBytes ?? 0, ready: updates.state().release?.ready ?? false });
updates.onChanged(show);
sync.start();
show();

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as { readonly do: string };
  if (order.do === 'draft') {
    const bytes = Buffer.from(`a draft of ${Date.now()}`);
    await store.blobs.put(one(bytes));
    const document = newDocument();
    const command = commandOf('communeClerk', document, { workflow: 0, assignment: 0 }, draftBody(contentOf(bytes)));
    const events = decide(null, command, { unit: people.communeClerk.unit });
    if (!events.ok) throw new Error(events.error.code);
    store.desk.recordAction(command, events.value);
    const at = performance.now();
    const off = sync.onChanged(() => {
      if (store.desk.outbox().some((item) => item.command.document === document)) return;
      off();
      say('settled', { tookMs: Math.round(performance.now() - at) });
    });
    void sync.kick();
  } else if (order.do === 'end') {
    await sync.stop();
    await updates.close();
    store.close();
    say('ended');
    process.exit(0);
  }
}
