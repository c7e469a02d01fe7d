import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../../src-shared/domain/document.ts';
import { changesResponse } from '../../src-shared/protocol/wire.ts';
import { commandOf, contentOf, draftBody, incomingBook, newDocument, outgoingBook, signIn, commune, issueDocument, post } from '../server/office.ts';
import { ask, startPostgres } from '../support/postgres.ts';
import { openProvinceOf, skip, tokenOf, tryPush, until, type Node, type Province } from './nodes.ts';

const bytes = Buffer.from('%PDF-1.7 nội dung chung');

/** Desks that draft without end, each asking again with the same key until it is answered, at any node that lives. */
async function startDesks(nodes: () => readonly Node[], count: number) {
  const first = nodes()[0] ?? assert.fail();
  const clerk = await signIn(first.url, 'communeClerk');
  const content = await clerk.upload(bytes);
  const token = clerk.session.token;
  const answered = new Set<string>();
  const refusals: (number | 'no line')[] = [];
  const strange: string[] = [];
  let stop = false;
  const work = Array.from({ length: count }, async (_, desk) => {
    for (let n = 0; !stop; n++) {
      const command = commandOf('communeClerk', newDocument(), { workflow: 0, assignment: 0 }, draftBody(content));
      for (let tries = 0; ; tries++) {
        const live = nodes();
        const node = live[(desk + n + tries) % Math.max(1, live.length)];
        const said = node === undefined ? 'no line' : await tryPush(node.url, token, [command]);
        if (said !== 'no line' && 'answers' in said) {
          const [answer] = said.answers;
          if (answer?.status === 'applied') answered.add(command.document);
          else strange.push(JSON.stringify(answer));
          break;
        }
        refusals.push(said === 'no line' ? said : said.status);
        if (said !== 'no line' && said.status === 503 && said.retryAfter === null) strange.push('503 without Retry-After');
        if (tries > 2000) throw new Error('never answered');
        await pause(10);
      }
    }
  });
  return { answered, refusals, strange, end: async () => { stop = true; await Promise.all(work); } };
}

/** Everything that stands in the unit's feed, by its own counters and rows, and once more over the wire. */
async function judge(place: Province, node: Node, answered: ReadonlySet<string>): Promise<void> {
  const rows = await ask<{ id: string; seq: string }>(place.url, 'SELECT id, seq FROM document WHERE unit = $1', [commune.code]);
  const stand = new Set(rows.map((row) => row.id));
  assert.deepEqual([...answered].filter((id) => !stand.has(id)), [], 'answered and lost');
  assert.equal(stand.size, answered.size, 'there without having been answered: every desk asked until it was');
  const twice = await ask(place.url, `SELECT unit, document FROM event WHERE body LIKE '%"drafted"%' GROUP BY 1, 2 HAVING count(*) > 1`);
  assert.deepEqual(twice, []);
  const [head] = await ask<{ counter: string }>(place.url, 'SELECT counter FROM unit_feed WHERE unit = $1', [commune.code]);
  assert.equal(Number(head?.counter), rows.length);
  const clerk = await signIn(node.url, 'communeClerk');
  const seen = new Set<string>();
  for (let cursor: string | null = null; ; ) {
    const page = changesResponse.parse(await (await clerk.get(`/v1/changes${cursor === null ? '' : `?cursor=${cursor}`}`)).json());
    for (const change of page.changes) seen.add(change.document);
    cursor = page.next;
    if (!page.hasMore) break;
  }
  assert.deepEqual(seen, stand);
}

async function hintsAt(t: TestContext, url: string, token: string): Promise<string[]> {
  const over = new AbortController();
  t.after(() => over.abort());
  const response = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${token}` }, signal: over.signal });
  const hints: string[] = [];
  void (async () => {
    for await (const chunk of response.body ?? []) {
      const text = Buffer.from(chunk as Uint8Array).toString();
      if (text.includes('event: hint')) hints.push(text);
    }
  })().catch(() => undefined);
  return hints;
}

test('what is done at one node is hinted and read at the other, its content too', skip, async (t) => {
  const place = await openProvinceOf(t);
  const [a, b] = [await place.startNode('a'), await place.startNode('b')];
  const hints = await hintsAt(t, b.url, await tokenOf(a.url, 'departmentClerk'));
  const [clerk, leader] = [await signIn(a.url, 'communeClerk'), await signIn(b.url, 'communeLeader')];
  const { document, content } = await issueDocument(clerk, leader, bytes, 1);
  await clerk.push(commandOf('communeClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [{ code: 'H48.05' as typeof commune.code, name: 'Sở Nội vụ' }] } }));
  await until('hinted at the other node', () => hints.length > 0);
  const receiver = await signIn(b.url, 'departmentClerk');
  const { changes } = await receiver.changes();
  assert.equal(changes.length, 1);
  const got = Buffer.from(await (await receiver.get(`/v1/blobs/${content.sha256}`)).arrayBuffer());
  assert.equal(createHash('sha256').update(got).digest('hex'), content.sha256);
  // a number given out at one node is taken at the other
  const again = commandOf('communeClerk', newDocument(), { workflow: 0, assignment: 0 }, draftBody(contentOf(bytes)));
  assert.equal((await leader.push(again))[0]?.status, 'rejected');
  assert.deepEqual((await (await signIn(b.url, 'communeClerk')).push(again)).map((answer) => answer.status), ['applied']);
  for (const node of [a, b]) {
    const health = await (await fetch(`${node.url}/healthz`)).json() as { ok: boolean; storage: string; content: string; node: string };
    assert.deepEqual([health.ok, health.storage, health.content, health.node], [true, 'ok', 'ok', node === a ? 'a' : 'b']);
    const metrics = await (await fetch(`${node.url}/metrics`)).text();
    assert.match(metrics, /van_thu_requests_total\{route="session",status="200"\} \d/);
    assert.match(metrics, /van_thu_commands_total\{answer="applied"\} \d/);
    assert.equal((await fetch(`${node.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })).status, 404);
    assert.deepEqual(node.errors(), []);
  }
});

test('two stations at two nodes are never lent one book at once', skip, async (t) => {
  const place = await openProvinceOf(t);
  const [a, b] = [await place.startNode('a'), await place.startNode('b')];
  const clerks = [await signIn(a.url, 'communeClerk'), await signIn(b.url, 'communeClerk')] as const;
  for (const book of [outgoingBook(commune), incomingBook(commune)]) {
    const said = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? clerks[0] : clerks[1]).post('/v1/books/lease', { book, station: `station-${n}` })));
    assert.deepEqual(said.map((each) => each.status).filter((status) => status === 200), [200]);
    assert.ok(said.every((each) => each.status === 200 || each.status === 409));
  }
});

test('a node killed in the middle of pushes, and another after it, lose nothing and double nothing', skip, async (t) => {
  const place = await openProvinceOf(t);
  let live = [await place.startNode('a'), await place.startNode('b')];
  const desks = await startDesks(() => live, 6);
  for (let round = 0; round < 3; round++) {
    const before = desks.answered.size;
    await until('pushes are under way', () => desks.answered.size > before + 30);
    const victim = live[round % 2] ?? assert.fail();
    victim.child.kill('SIGKILL');
    await victim.exit;
    live = live.filter((node) => node !== victim);
    const alone = desks.answered.size;
    await until('the other goes on', () => desks.answered.size > alone + 30);
    live = [...live, await place.startNode(`c${round}`)];
  }
  await desks.end();
  assert.deepEqual(desks.strange, []);
  assert.ok(desks.refusals.includes('no line'), 'nobody noticed: nothing was killed under load');
  await judge(place, live[0] ?? assert.fail(), desks.answered);
});

/** A node that refuses closes lines as well, and one of them may be the one that is asked on. */
async function healthOf({ url }: Node): Promise<{ readonly status: number; readonly storage: string }> {
  const found: { readonly status: number; readonly storage: string }[] = [];
  await until('its health is told', async () => {
    const response = await fetch(`${url}/healthz`).catch(() => null);
    if (response !== null) found.push({ status: response.status, storage: (await response.json() as { storage: string }).storage });
    return found.length > 0;
  });
  return found[0] ?? assert.fail();
}

test('PostgreSQL stopped and started under load: 503 or no line, nothing lost, nothing doubled, and nobody has to do anything', skip, async (t) => {
  const own = await startPostgres();
  t.after(own.close);
  const place = await openProvinceOf(t, own);
  const live = [await place.startNode('a'), await place.startNode('b')];
  const desks = await startDesks(() => live, 6);
  for (const end of [() => own.stop('fast'), () => own.kill()]) {
    const before = desks.answered.size;
    await until('pushes are under way', () => desks.answered.size > before + 30);
    await end();
    const refusals = desks.refusals.length;
    await until('desks are told', () => desks.refusals.length > refusals + 20);
    const health = await healthOf(live[0] ?? assert.fail());
    assert.deepEqual(health, { status: 503, storage: 'down' });
    await own.start();
    const after = desks.answered.size;
    await until('work goes on', () => desks.answered.size > after + 30);
  }
  await desks.end();
  assert.deepEqual(desks.strange, []);
  assert.deepEqual(new Set(desks.refusals.filter((each) => each !== 'no line')), new Set([503]));
  await judge(place, live[1] ?? assert.fail(), desks.answered);
  for (const node of live) assert.deepEqual(node.errors(), []);
});

test('a node that is told to stop drops no request: what came is answered, and whoever comes is sent on', skip, async (t) => {
  const place = await openProvinceOf(t);
  const a = await place.startNode('a');
  const clerk = await signIn(a.url, 'communeClerk');
  const content = await clerk.upload(bytes);
  const { token } = clerk.session;
  const stream = await fetch(`${a.url}/v1/events`, { headers: { authorization: `Bearer ${token}` } });
  const streamed = stream.text();
  const unanswered: { readonly command: string; readonly why: string }[] = [];
  let applied = 0;
  let stopped = false;
  let closing = false;
  const desks = Array.from({ length: 8 }, async () => {
    while (!stopped) {
      const command: Command = commandOf('communeClerk', newDocument(), { workflow: 0, assignment: 0 }, draftBody(content));
      const response = await fetch(`${a.url}/v1/push`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ commands: [command] }) })
        .catch((error: unknown) => error as Error & { cause?: { code?: string } });
      if (response instanceof Error) {
        // the door is shut: this request never reached it
        if (response.cause?.code === 'ECONNREFUSED' && closing) return;
        unanswered.push({ command: command.id, why: `${response.message} ${response.cause?.code}` });
        return;
      }
      if (closing && response.headers.get('connection') === 'close') await pause(5);
      const body = await response.json() as { answers: { status: string }[] };
      assert.equal(body.answers[0]?.status, 'applied');
      applied += 1;
    }
  });
  await until('under way', () => applied > 50);
  closing = true;
  a.child.kill('SIGTERM');
  const [code] = await a.exit;
  stopped = true;
  await Promise.all(desks);
  assert.equal(code, 0);
  // RFC 9112 9.3.1: a connection that is closed while it is idle may be written to in that very moment; what was written then never came, and is sent again by a desk
  for (const { command, why } of unanswered) {
    assert.match(why, /ECONNRESET|UND_ERR_SOCKET/, 'nothing but a connection that had just been closed');
    assert.deepEqual(await ask(place.url, 'SELECT command FROM answer WHERE command = $1', [command]), [], 'what came is answered');
  }
  assert.ok(unanswered.length <= 8, 'at most one a connection');
  assert.match(await streamed, /retry: \d{4}\n\n$/);
  const [row] = await ask<{ n: string }>(place.url, 'SELECT count(*) AS n FROM answer');
  assert.equal(Number(row?.n), applied);
  await assert.rejects(post(`${a.url}/v1/session`, {}));
});
