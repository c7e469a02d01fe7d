import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { eventHint } from '../../src-shared/protocol/wire.ts';
import { commandOf, draftBody, issueDocument, newDocument, openOffice, department, signIn, type Client } from './office.ts';

const fresh = { workflow: 0, assignment: 0 };

/** An open stream of hints. `next` waits for the line that comes next; null: it has ended. */
async function listen(t: TestContext, client: Client, cursor: string | null) {
  const over = new AbortController();
  t.after(() => over.abort());
  const response = await client.get(`/v1/events${cursor === null ? '' : `?cursor=${cursor}`}`, { accept: 'text/event-stream' }, { signal: over.signal });
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/event-stream']);
  assert.ok(response.body !== null);
  const pieces = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let text = '';
  async function next(): Promise<string | null> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return block;
      }
      const piece = await pieces.next();
      if (piece.done === true) return null;
      text += piece.value;
    }
  }
  /** Passes over comments. */
  async function hint() {
    for (;;) {
      const block = await next();
      if (block === null) throw new Error('the stream has ended');
      const match = /^event: hint\ndata: (.+)$/.exec(block);
      if (match !== null) return eventHint.parse(JSON.parse(match[1] ?? ''));
      assert.equal(block, ':');
    }
  }
  return { next, hint, hangUp: () => over.abort() };
}

test('whoever listens is told when the own unit’s feed moves, by whatever unit’s hand', async (t) => {
  const { url } = await openOffice(t);
  const [clerk, leader, receiver] = await Promise.all([signIn(url, 'provinceClerk'), signIn(url, 'provinceLeader'), signIn(url, 'departmentClerk')]);
  const { document } = await issueDocument(clerk, leader, randomBytes(100), 1);
  const ours = await listen(t, clerk, (await clerk.changes()).next);
  const theirs = await listen(t, receiver, (await receiver.changes()).next);
  await clerk.push(commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [department] } }));
  assert.deepEqual(await theirs.hint(), { scope: department.code, at: 1 });
  assert.equal((await ours.hint()).scope, 'H48');
});

test('whoever comes late is told at once, and whoever has all is not', async (t) => {
  const { url } = await openOffice(t, { limits: { eventsCommentMs: 200 } });
  const clerk = await signIn(url, 'communeClerk');
  const before = (await clerk.changes()).next;
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(await clerk.upload(randomBytes(100)))));
  for (const cursor of [before, null]) assert.deepEqual(await (await listen(t, clerk, cursor)).hint(), { scope: 'H48.60.12', at: 1 });
  const quiet = await listen(t, clerk, (await clerk.changes()).next);
  assert.deepEqual([await quiet.next(), await quiet.next(), await quiet.next()], [':', ':', ':'], 'only the line is kept awake');
});

test('many commits at once are one hint or a few, and the last one says where the feed stands', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const streams = await Promise.all(Array.from({ length: 20 }, async () => listen(t, clerk, (await clerk.changes()).next)));
  await clerk.push(...Array.from({ length: 40 }, () => commandOf('communeClerk', newDocument(), fresh, draftBody(content))));
  for (const { hint } of streams) {
    let hints = 1;
    for (let { at } = await hint(); at < 40; { at } = await hint()) hints += 1;
    assert.ok(hints <= 40);
  }
});

test('a stream ends after its time, so that its token is shown again, and at once when the server closes', async (t) => {
  const short = await openOffice(t, { limits: { eventsTtlMs: 100, eventsCommentMs: 400 } });
  const clerk = await signIn(short.url, 'communeClerk');
  const stream = await listen(t, clerk, (await clerk.changes()).next);
  assert.equal(await stream.next(), ':');
  for (let blocks = 0; (await stream.next()) !== null; blocks++) assert.ok(blocks < 100);

  const long = await openOffice(t);
  const other = await signIn(long.url, 'communeClerk');
  const open = await listen(t, other, (await other.changes()).next);
  assert.equal(await open.next(), ':');
  const started = performance.now();
  await Promise.all([long.close(), open.next().catch(() => null)]);
  assert.ok(performance.now() - started < 5000);
});
