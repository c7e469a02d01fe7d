import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { systemTime } from '../../src-main/ports/time.ts';
import { codingName, dictionary, unpackJson } from '../../src-shared/protocol/packing.ts';
import { draftBody, newDocument, openOffice, password, people, signIn } from '../server/office.ts';
import { answering, headerOf, refusing } from './answers.ts';
import { openDesk, pathOf, until, type TestDesk } from './desk.ts';

async function draft(desk: TestDesk, bytes = 100): Promise<void> {
  desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(bytes))));
}

/** Bodies of pushes as they were sent. */
function watching(bodies: { coding: string | null; bytes: Uint8Array }[], between: (count: number) => Response | null = () => null): typeof fetch {
  return async (input, init) => {
    if (pathOf(input) !== '/v1/push') return fetch(input, init);
    bodies.push({ coding: headerOf(init, 'content-encoding'), bytes: init?.body as Uint8Array });
    return between(bodies.length) ?? fetch(input, init);
  };
}

test('a command travels packed once the server has shown that it packs, without what the session says', async (t) => {
  const server = await openOffice(t);
  const bodies: { coding: string | null; bytes: Uint8Array }[] = [];
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: watching(bodies) });
  await draft(desk);
  await desk.sync.kick();
  assert.deepEqual(bodies.map(({ coding }) => coding), [codingName]);
  const [command] = (unpackJson(inflateRawSync(bodies[0]?.bytes ?? new Uint8Array(), { dictionary })) as { commands: Record<string, unknown>[] }).commands;
  assert.deepEqual(Object.keys(command ?? {}).sort(), ['args', 'at', 'document', 'id', 'type']);
  assert.ok((bodies[0]?.bytes.length ?? 999) <= 200, `${bodies[0]?.bytes.length} bytes`);
});

test('415: the same goes plain, at once and for the rest of the session', async (t) => {
  const server = await openOffice(t);
  const bodies: { coding: string | null; bytes: Uint8Array }[] = [];
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: watching(bodies, (count) => (count === 1 ? refusing(415, 'input.coding') : null)) });
  await draft(desk);
  await desk.sync.kick();
  assert.equal(desk.sync.status().pending, 0);
  await draft(desk);
  await desk.sync.kick();
  assert.deepEqual(bodies.map(({ coding }) => coding), [codingName, null, null]);
});

test('50 commands at most in one batch; 413 makes it smaller; one that is too large alone is kept aside', async (t) => {
  const server = await openOffice(t);
  const sizes: number[] = [];
  const counting: typeof fetch = async (input, init) => {
    if (pathOf(input) !== '/v1/push') return fetch(input, init);
    const bytes = init?.body as Uint8Array;
    const { commands } = (headerOf(init, 'content-encoding') === null ? JSON.parse(Buffer.from(bytes).toString()) : unpackJson(inflateRawSync(bytes, { dictionary }))) as { commands: unknown[] };
    sizes.push(commands.length);
    return commands.length > 10 ? refusing(413, 'upload.too-large') : fetch(input, init);
  };
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: counting });
  const content = await desk.importContent(randomBytes(100));
  for (let count = 0; count < 60; count += 1) desk.act(newDocument(), draftBody(content));
  await desk.sync.kick();
  assert.ok(Math.max(...sizes) <= 50 && sizes.filter((size) => size > 10).length <= 3, sizes.join(' '));
  assert.deepEqual([desk.sync.status().pending, desk.sync.status().problems], [0, 0]);

  const refusingAll = await desk.restart({ fetch: answering(({ path }) => (path === '/v1/push' ? refusing(413, 'upload.too-large') : null)) });
  await draft(refusingAll);
  await refusingAll.sync.kick();
  assert.equal(refusingAll.store.desk.outbox()[0]?.problem?.code, 'upload.too-large');
});

test('400 and 422: the one that cannot be is found and kept aside, the others go', async (t) => {
  const server = await openOffice(t);
  for (const status of [400, 422]) {
    const poisoned = newDocument();
    const desk = await openDesk(t, server.url, 'communeClerk', {
      fetch: async (input, init) => {
        if (pathOf(input) !== '/v1/push') return fetch(input, init);
        const bytes = init?.body as Uint8Array;
        const text = headerOf(init, 'content-encoding') === null ? Buffer.from(bytes).toString() : JSON.stringify(unpackJson(inflateRawSync(bytes, { dictionary })));
        return text.includes(poisoned) ? refusing(status, 'input.invalid') : fetch(input, init);
      },
    });
    const content = await desk.importContent(randomBytes(100));
    for (const document of [newDocument(), poisoned, newDocument(), newDocument()]) desk.act(document, draftBody(content));
    await desk.sync.kick();
    assert.deepEqual([desk.sync.status().pending, desk.sync.status().problems], [0, 1], String(status));
    assert.equal(desk.store.desk.outbox()[0]?.command.document, poisoned);
  }
});

test('409 and 412 on a command are a conflict, kept for a person', async (t) => {
  const server = await openOffice(t);
  for (const status of [409, 412]) {
    const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(({ path }) => (path === '/v1/push' ? refusing(status, 'sync.conflict') : null)) });
    await draft(desk);
    await desk.sync.kick();
    assert.equal(desk.store.desk.outbox()[0]?.problem?.code, 'sync.conflict');
    assert.equal(desk.sync.status().conflicts, 1);
  }
});

test('403 on a batch pauses everything and asks to sign in; nothing is dropped, and it goes on after that', async (t) => {
  const server = await openOffice(t);
  let calls = 0;
  let barred = true;
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(({ path }) => {
    calls += 1;
    return barred && path === '/v1/push' ? refusing(403, 'not-allowed') : null;
  }) });
  await draft(desk);
  await desk.sync.kick();
  const { signedIn, line, pending, problems } = desk.sync.status();
  assert.deepEqual({ signedIn, line, pending, problems }, { signedIn: false, line: 'signed-out', pending: 1, problems: 0 });
  const before = calls;
  await desk.sync.kick();
  assert.equal(calls, before, 'nothing is sent meanwhile');

  barred = false;
  const { session } = await signIn(server.url, 'communeClerk');
  desk.sync.renew({ user: people.communeClerk.user, token: session.token });
  await desk.sync.kick();
  assert.deepEqual([desk.sync.status().pending, desk.sync.status().signedIn], [0, true]);
});

test('a password that must be changed pauses, and is not a line that is down', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(({ path }) => (path.startsWith('/v1/session') ? null : refusing(403, 'session.must-change'))) });
  await desk.sync.kick();
  assert.deepEqual([desk.sync.status().line, desk.sync.status().online], ['signed-out', true]);
});

test('busy says until when, and a proxy that says it in a page of its own is obeyed as well', async (t) => {
  const server = await openOffice(t);
  let nowMs = Date.now();
  let calls = 0;
  const pages = [refusing(429, 'server.busy', { 'retry-after': '30' }), new Response('<html>503</html>', { status: 503, headers: { 'retry-after': '30' } })];
  const desk = await openDesk(t, server.url, 'communeClerk', {
    time: { ...systemTime, now: () => nowMs, elapsed: () => nowMs },
    fetch: answering(() => {
      calls += 1;
      return pages.shift() ?? null;
    }),
  });
  for (let times = 1; times <= 2; times += 1) {
    await desk.sync.kick();
    assert.deepEqual([desk.sync.status().line, desk.sync.status().busyUntil], ['busy', new Date(nowMs + 30_000).toISOString()]);
    const before = calls;
    await desk.sync.kick();
    assert.equal(calls, before);
    nowMs += 30_001;
  }
  await desk.sync.kick();
  assert.deepEqual([desk.sync.status().line, desk.sync.status().busyUntil], ['up', null]);
});

test('a wireless that wants a sign-in is said to be one: its page, its redirect, its 511', async (t) => {
  const server = await openOffice(t);
  const portals = [
    () => new Response('<html>Đăng nhập Wi-Fi</html>', { headers: { 'content-type': 'text/html' } }),
    () => new Response(null, { status: 302, headers: { location: 'http://wifi.example/' } }),
    () => new Response('<html></html>', { status: 511 }),
    () => Response.json({ hello: 'from the portal' }),
  ];
  for (const portal of portals) {
    let there = true;
    const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(() => (there ? portal() : null)) });
    await draft(desk);
    await desk.sync.kick();
    assert.deepEqual([desk.sync.status().line, desk.sync.status().pending, desk.sync.status().problems], ['portal', 1, 0]);
    there = false;
    await desk.sync.kick();
    assert.deepEqual([desk.sync.status().line, desk.sync.status().pending], ['up', 0]);
  }
});

test('a line whose answers come later than five seconds is called slow, and is one', async (t) => {
  const server = await openOffice(t);
  let elapsedMs = 0;
  let lateMs = 6000;
  const desk = await openDesk(t, server.url, 'communeClerk', {
    time: { ...systemTime, elapsed: () => elapsedMs },
    fetch: answering(() => {
      elapsedMs += lateMs;
      return null;
    }),
  });
  await desk.sync.kick();
  assert.deepEqual([desk.sync.status().line, desk.sync.status().online], ['slow', true]);
  lateMs = 100;
  await desk.sync.kick();
  assert.equal(desk.sync.status().line, 'up');
});

test('two windows or a second copy with the same words: the key is one, and the effect', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk', { credentials: { user: people.communeClerk.user, password } });
  await draft(desk);
  const both = [desk.sync.kick(), desk.sync.kick(), desk.sync.kick()];
  await Promise.all(both);
  await until(desk, () => desk.sync.status().pending === 0);
  assert.equal((await (await signIn(server.url, 'communeLeader')).changes()).changes.length, 1);
});
