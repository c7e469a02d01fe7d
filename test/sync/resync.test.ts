import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { commandOf, commune, contentOf, draftBody, newDocument, openOffice, signIn } from '../server/office.ts';
import { answering, drafts, headerOf, refusing, rewriting } from './answers.ts';
import { openDesk, until, type TestDesk } from './desk.ts';

const listed = (desk: TestDesk): number => desk.store.desk.listDocuments({ folder: 'outgoing', me: '', text: '', offset: 0, limit: 1 }).total;
const snapshotBytes = /^\/v1\/snapshot\/./;

test('a new desk is filled from a snapshot, newest first, and shows what has come before all of it has', async (t) => {
  const server = await openOffice(t);
  const ids = await drafts(server.url, 'communeClerk', 200);
  const pages: string[] = [];
  const desk = await openDesk(t, server.url, 'communeLeader', { fetch: answering(({ path }) => {
    pages.push(path);
    return null;
  }) });
  const told: string[][] = [];
  desk.sync.onChanged((changed) => told.push([...changed]));
  const filling: (number | undefined)[] = [];
  desk.sync.onStatus((status) => filling.push(status.filling?.total));
  await desk.sync.kick();

  assert.ok(told.length > 1, 'told frame by frame');
  assert.ok((told[0]?.length ?? 0) < ids.length && told[0]?.includes(ids.at(-1) ?? '') === true, 'the newest first');
  assert.ok(filling.includes(200) && filling.at(-1) === undefined);
  assert.equal(new Set(told.flat()).size, ids.length);
  assert.equal(pages.filter((path) => snapshotBytes.test(path)).length, 1);
  assert.equal(desk.store.desk.digest(), (await (await signIn(server.url, 'communeLeader')).get('/v1/snapshot').then((answer) => answer.json()) as { digest: string }).digest);
});

test('a snapshot that breaks off is gone on with at the frame it had come to, also after a restart, and can be read meanwhile', async (t) => {
  const server = await openOffice(t);
  const ids = await drafts(server.url, 'communeClerk', 200);
  let cut = true;
  const ranges: string[] = [];
  const breaking: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!snapshotBytes.test(new URL(input instanceof Request ? input.url : input).pathname)) return answer;
    ranges.push(headerOf(init, 'range') ?? 'all');
    if (!cut) return answer;
    const whole = new Uint8Array(await answer.arrayBuffer());
    // the first frame and half of the rest
    const first = 4 + new DataView(whole.buffer).getUint32(0);
    const part = whole.subarray(0, first + Math.floor((whole.length - first) / 2));
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(part), pull: (controller) => controller.error(new TypeError('cut')) });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
  // and no line after it
  const broken = await openDesk(t, server.url, 'communeLeader', { fetch: async (input, init) => (ranges.length > 0 ? Promise.reject(new TypeError('no line')) : breaking(input, init)) });
  await broken.sync.kick();
  const shown = listed(broken);
  assert.ok(shown > 0 && shown < ids.length, `${shown} of ${ids.length} can be read`);
  assert.equal(broken.store.desk.cursor(), null);

  cut = false;
  const again = await broken.restart({ fetch: breaking });
  await again.sync.kick();
  assert.equal(listed(again), ids.length);
  assert.deepEqual([ranges[0], ranges.length], ['all', 2]);
  assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
});

test('410 fetches a snapshot; what waits, a conflict-free draft and its file stay (I11)', async (t) => {
  const server = await openOffice(t);
  await drafts(server.url, 'communeLeader', 3);
  let lost = false;
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(({ path }) => {
    if (!lost || path !== '/v1/changes') return null;
    lost = false;
    return refusing(410, 'sync.resync');
  }) });
  await desk.sync.kick();
  assert.equal(listed(desk), 3);
  const [document, bytes] = [newDocument(), randomBytes(5000)];
  const content = await desk.importContent(bytes);
  desk.line.cut();
  desk.act(document, draftBody(content));
  await desk.sync.kick();
  desk.line.mend();

  lost = true;
  await desk.sync.kick();
  assert.equal(desk.store.desk.findDocument(document)?.state.title, 'Về việc thử nghiệm');
  assert.deepEqual(Buffer.from(desk.store.blobs.read(content.sha256, 0, bytes.length)), bytes);
  assert.equal(listed(desk), 4);
  assert.equal(desk.sync.status().pending, 0, 'and it was sent');
});

test('a digest that differs brings a snapshot once, and a difference that stays is told and not chased', async (t) => {
  const server = await openOffice(t);
  await drafts(server.url, 'communeLeader', 3);
  let snapshots = 0;
  let wrong = false;
  const logged: string[] = [];
  const desk = await openDesk(t, server.url, 'communeClerk', {
    log: (_, message) => logged.push(message),
    fetch: rewriting(['/v1/changes', '/v1/snapshot'], (path, body) => {
      if (path === '/v1/snapshot') snapshots += 1;
      return path === '/v1/changes' && wrong ? { ...(body as object), digest: 'f'.repeat(32) } : body;
    }),
  });
  await desk.sync.kick();
  assert.equal(snapshots, 1);
  wrong = true;
  await desk.sync.kick();
  assert.equal(snapshots, 2);
  for (let round = 0; round < 3; round += 1) await desk.sync.kick();
  assert.equal(snapshots, 2);
  assert.ok(logged.some((message) => message.includes('digest')));
  assert.equal(listed(desk), 3);
});

test('a page that does not go on from what is here is not applied: a snapshot is', async (t) => {
  const server = await openOffice(t);
  const [id] = await drafts(server.url, 'communeClerk', 1);
  assert.ok(id !== undefined);
  let gap = false;
  let snapshots = 0;
  const desk = await openDesk(t, server.url, 'communeLeader', { fetch: rewriting(['/v1/changes', '/v1/snapshot'], (path, body) => {
    if (path === '/v1/snapshot') snapshots += 1;
    const page = body as { changes: { from: number }[] };
    if (!gap || path !== '/v1/changes' || page.changes.length === 0) return body;
    gap = false;
    return { ...page, changes: page.changes.map((change) => ({ ...change, from: change.from + 5 })) };
  }) });
  await desk.sync.kick();
  const clerk = await signIn(server.url, 'communeClerk');
  const { content } = desk.state(id);
  await clerk.push(commandOf('communeClerk', id, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  gap = true;
  await desk.sync.kick();
  assert.equal(desk.state(id).stage, 'submitted');
  assert.equal(snapshots, 2);
  assert.deepEqual(desk.store.desk.readHistory(id).map(({ type }) => type), ['drafted', 'submitted']);
});

test('what is taken away goes from the list and its file from the disk with the next sync, and whoever looks is told (I12)', async (t) => {
  const server = await openOffice(t);
  const bytes = randomBytes(4000);
  const [id] = await drafts(server.url, 'communeClerk', 1, bytes);
  assert.ok(id !== undefined);
  const desk = await openDesk(t, server.url, 'communeLeader');
  await desk.sync.kick();
  const { sha256 } = contentOf(bytes);
  assert.ok(desk.store.blobs.has(sha256));
  const told: string[] = [];
  desk.sync.onChanged((ids) => told.push(...ids));
  assert.equal(await server.admin.withdraw(commune.code, id, 'withdrawn'), true);
  await desk.sync.kick();
  assert.equal(desk.store.desk.findDocument(id), null);
  assert.equal(desk.store.blobs.has(sha256), false);
  assert.ok(told.includes(id));
});

test('hints lost, the feed is asked all the same; hints that fall silent are a line that died', async (t) => {
  const server = await openOffice(t);
  let streams = 0;
  const mute = answering(({ path }) => {
    if (path !== '/v1/events') return null;
    streams += 1;
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(':\n\n')) }), { headers: { 'content-type': 'text/event-stream' } });
  });
  const desk = await openDesk(t, server.url, 'communeLeader', { fetch: mute, timing: { silenceMs: 50, pullMs: 3_600_000 } });
  desk.sync.start();
  await until(desk, () => desk.sync.status().lastSyncAt !== null);
  const [first] = await drafts(server.url, 'communeClerk', 1);
  await until(desk, () => desk.store.desk.findDocument(first ?? newDocument()) !== null);
  assert.ok(streams >= 1);

  const quiet = await desk.restart({ fetch: mute, timing: { silenceMs: 3_600_000, pullMs: 40 } });
  quiet.sync.start();
  const [second] = await drafts(server.url, 'communeClerk', 1);
  await until(quiet, () => quiet.store.desk.findDocument(second ?? newDocument()) !== null);
});
