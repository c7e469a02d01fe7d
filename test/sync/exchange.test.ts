import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import type { CommandBody, DocumentState } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { replay } from '../support/rules.ts';
import type { Server } from '../../src-server/server.ts';
import { commune, draftBody, incomingBook, newDocument, openOffice, outgoingBook, personOf, province, signIn, type Who } from '../server/office.ts';
import { openDesk, pathOf, until, type TestDesk } from './desk.ts';

type Cast = { readonly clerk: TestDesk; readonly leader: TestDesk; readonly receiver: TestDesk };
type Step = { readonly who: keyof Cast; readonly ready: (cast: Cast) => boolean; readonly take: (cast: Cast) => Promise<void> | void };

const seats = { clerk: 'provinceClerk', leader: 'provinceLeader', receiver: 'communeClerk' } as const satisfies Record<keyof Cast, Who>;

async function seat(t: TestContext, server: Server): Promise<Cast> {
  await server.admin.setBookStart(outgoingBook(province), 15);
  const [clerk, leader, receiver] = [await openDesk(t, server.url, seats.clerk), await openDesk(t, server.url, seats.leader), await openDesk(t, server.url, seats.receiver)];
  clerk.sync.wantBooks([outgoingBook(province)]);
  receiver.sync.wantBooks([incomingBook(commune)]);
  for (const desk of [clerk, leader, receiver]) await desk.sync.kick();
  return { clerk, leader, receiver };
}

function here(desk: TestDesk, id: DocumentId | null, stage: DocumentState['stage']): boolean {
  const state = id === null ? null : (desk.store.desk.findDocument(id)?.state ?? null);
  return state !== null && state.stage === stage && desk.store.blobs.has(state.content.sha256);
}

function arrivedAt(desk: TestDesk): DocumentId | null {
  return desk.store.desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 10 }).rows[0]?.state.id ?? null;
}

/** Draft → signed → numbered and sent → received, registered, presented, assigned. */
function story(document: DocumentId): readonly Step[] {
  const number = (desk: TestDesk, book: ReturnType<typeof outgoingBook>) => {
    const lease = desk.store.desk.findBook(book);
    assert.ok(lease !== null && lease.next <= lease.reserveEnd);
    return { entry: { book, epoch: lease.epoch, number: lease.next }, used: { id: book, used: lease.next } };
  };
  const continued = async (desk: TestDesk) => {
    const { content } = desk.state(document);
    const bytes = Buffer.concat([desk.store.blobs.read(content.sha256, 0, content.sizeBytes), randomBytes(9000)]);
    return desk.importContent(bytes, content);
  };
  return [
    {
      who: 'clerk', ready: () => true,
      take: async ({ clerk }) => {
        const content = await clerk.importContent(randomBytes(400_000));
        clerk.act(document, draftBody(content, [commune]));
        clerk.act(document, { type: 'submit', args: { content: await continued(clerk) } });
      },
    },
    { who: 'leader', ready: ({ leader }) => here(leader, document, 'submitted'), take: async ({ leader }) => void leader.act(document, { type: 'approve', args: { content: await continued(leader), signer: 'Lãnh đạo' } }) },
    {
      who: 'clerk', ready: ({ clerk }) => here(clerk, document, 'approved') && clerk.store.desk.findBook(outgoingBook(province)) !== null,
      take: async ({ clerk }) => {
        const { entry, used } = number(clerk, outgoingBook(province));
        clerk.act(document, { type: 'issue', args: { content: await continued(clerk), entry, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'Lãnh đạo' } }, used);
        clerk.act(document, { type: 'send', args: { recipients: [commune] } });
      },
    },
    {
      who: 'receiver', ready: ({ receiver }) => here(receiver, arrivedAt(receiver), 'arrived') && receiver.store.desk.findBook(incomingBook(commune)) !== null,
      take: ({ receiver }) => {
        const id = arrivedAt(receiver);
        assert.ok(id !== null);
        const { entry, used } = number(receiver, incomingBook(commune));
        receiver.act(id, { type: 'register', args: { entry, arrivalDate: '2026-11-22' } }, used);
        receiver.act(id, { type: 'present', args: { note: '' } });
        receiver.act(id, { type: 'assign', args: { lead: personOf('communeClerk').id, support: [], inform: [], directive: 'Xử lý', deadline: null } });
      },
    },
  ];
}

/** What must hold at the end, whatever the line did (sync.md, Invariants). */
async function judge(server: Server, cast: Cast, document: DocumentId): Promise<void> {
  for (const desk of Object.values(cast)) {
    await desk.sync.kick();
    assert.deepEqual(desk.store.desk.outbox(), [], 'I6: the outbox drains, and nothing was refused');
    const truth = await (await signIn(server.url, desk.who)).changes();
    assert.equal(truth.hasMore, false);
    assert.equal(truth.changes.length, 1, 'I2: one document, however often it was sent');
    for (const change of truth.changes) {
      assert.deepEqual(desk.store.desk.readHistory(change.document), change.events, 'I5: a quiet desk equals the server');
      const commands = change.events.map((event) => event.command).filter((id) => id !== null);
      assert.equal(new Set(commands).size, commands.length, 'I2: no command had its effect twice');
      const content = replay(change.document, change.events)?.content;
      assert.ok(content !== undefined && desk.store.blobs.has(content.sha256));
    }
  }
  const sent = cast.clerk.state(document);
  assert.deepEqual(cast.clerk.store.desk.readHistory(document).filter((event) => event.command !== null).map((event) => event.type), ['drafted', 'submitted', 'approved', 'issued', 'sent'], 'I1');
  assert.deepEqual([sent.number, sent.recipients.map((r) => r.status)], [15, ['04']], 'I15: the receiver’s own word');
  const arrived = cast.receiver.state(arrivedAt(cast.receiver) ?? document);
  assert.deepEqual([arrived.stage, arrived.content.sha256, arrived.arrival?.number], ['assigned', sent.content.sha256, 1]);
  assert.deepEqual((await server.admin.readBook(outgoingBook(province))).map((row) => row.number), [15], 'I3');
}

test('with the line cut between every two steps the desks stay usable and everything arrives once', async (t) => {
  const server = await openOffice(t);
  const cast = await seat(t, server);
  const document = newDocument();
  for (const { who, ready, take } of story(document)) {
    const desk = cast[who];
    for (let i = 0; i < 10 && !ready(cast); i++) await desk.sync.kick();
    assert.ok(ready(cast));
    for (const each of Object.values(cast)) each.line.cut();
    await take(cast);
    await desk.sync.kick();
    assert.ok(desk.sync.status().pending > 0 && !desk.sync.status().online);
    for (const each of Object.values(cast)) each.line.mend();
    await desk.sync.kick();
    assert.equal(desk.sync.status().pending, 0);
  }
  for (const desk of Object.values(cast)) await desk.sync.kick();
  await judge(server, cast, document);
});

test('with the line cut after every few kilobytes, wherever that falls, everything arrives once', async (t) => {
  const server = await openOffice(t);
  const cast = await seat(t, server);
  const document = newDocument();
  // a fixed sequence of odd budgets, from inside a request's head to inside the content
  let seed = 20_261_122;
  const next = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 200 + (seed % limit);
  };
  let cuts = 0;
  const kickWithCuts = async (desk: TestDesk) => {
    desk.line.cutAfterBytes(next(60_000));
    await desk.sync.kick();
    if (!desk.line.isUp()) cuts++;
    desk.line.mend();
  };
  for (const { who, ready, take } of story(document)) {
    const desk = cast[who];
    for (let i = 0; i < 200 && !ready(cast); i++) await kickWithCuts(desk);
    assert.ok(ready(cast), who);
    await take(cast);
    for (let i = 0; i < 200 && desk.sync.status().pending > 0; i++) await kickWithCuts(desk);
    assert.equal(desk.sync.status().pending, 0);
  }
  assert.ok(cuts > 20, `${cuts} cuts`);
  for (const desk of Object.values(cast)) desk.line.cutAfterBytes(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 2; i++) for (const desk of Object.values(cast)) await desk.sync.kick();
  await judge(server, cast, document);
});

test('with every answer to a push lost once, nothing is done twice', async (t) => {
  const server = await openOffice(t);
  const cast = await seat(t, server);
  const document = newDocument();
  const deaf: Cast = { ...cast };
  for (const name of ['clerk', 'leader', 'receiver'] as const) {
    let lost = false;
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (pathOf(input) !== '/v1/push') return response;
      lost = !lost;
      if (!lost) return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    };
    Object.assign(deaf, { [name]: await cast[name].restart({ fetch: losing }) });
  }
  deaf.clerk.sync.wantBooks([outgoingBook(province)]);
  deaf.receiver.sync.wantBooks([incomingBook(commune)]);
  for (const { who, ready, take } of story(document)) {
    const desk = deaf[who];
    for (let i = 0; i < 10 && !ready(deaf); i++) await desk.sync.kick();
    await take(deaf);
    for (let i = 0; i < 10 && desk.sync.status().pending > 0; i++) await desk.sync.kick();
  }
  for (let i = 0; i < 2; i++) for (const desk of Object.values(deaf)) await desk.sync.kick();
  await judge(server, deaf, document);
});

test('desks left to themselves, with lines going up and down, come to rest equal to the server', async (t) => {
  const server = await openOffice(t);
  const cast = await seat(t, server);
  const document = newDocument();
  for (const desk of Object.values(cast)) desk.sync.start();
  for (const { who, ready, take } of story(document)) {
    await until(cast[who], () => ready(cast));
    cast[who].line.cut();
    await take(cast);
    cast[who].line.mend();
  }
  await Promise.all([until(cast.clerk, () => cast.clerk.store.desk.findDocument(document)?.state.recipients[0]?.status === '04'), until(cast.leader, () => cast.leader.state(document).recipients[0]?.status === '04')]);
  await judge(server, cast, document);
});

test('a desk that is ended in the middle goes on from its disk', async (t) => {
  const server = await openOffice(t);
  const cast: Cast = await seat(t, server);
  const document = newDocument();
  const [first] = story(document);
  await first?.take(cast);
  cast.clerk.line.cutAfterBytes(200_000);
  await cast.clerk.sync.kick();
  assert.ok(cast.clerk.sync.status().pending > 0);
  const again = await cast.clerk.restart();
  again.line.mend();
  await again.sync.kick();
  assert.deepEqual([again.sync.status().pending, again.sync.status().problems], [0, 0]);
  await cast.leader.sync.kick();
  assert.ok(here(cast.leader, document, 'submitted'));
});

test('two people who assign at once: one stands, the other is told and keeps the words', async (t) => {
  const server = await openOffice(t);
  const cast = await seat(t, server);
  const document = newDocument();
  for (const { who, ready, take } of story(document).slice(0, 3)) {
    for (let i = 0; i < 10 && !ready(cast); i++) await cast[who].sync.kick();
    await take(cast);
    await cast[who].sync.kick();
  }
  const { receiver } = cast;
  await receiver.sync.kick();
  const leader = await openDesk(t, server.url, 'communeLeader');
  const id = arrivedAt(receiver);
  const lease = receiver.store.desk.findBook(incomingBook(commune));
  assert.ok(id !== null && lease !== null);
  receiver.act(id, { type: 'register', args: { entry: { book: lease.book, epoch: lease.epoch, number: lease.next }, arrivalDate: '2026-11-22' } }, { id: lease.book, used: lease.next });
  receiver.act(id, { type: 'present', args: { note: '' } });
  await receiver.sync.kick();
  await leader.sync.kick();
  const assign = (who: Who, directive: string): CommandBody => ({ type: 'assign', args: { lead: personOf(who).id, support: [], inform: [], directive, deadline: null } });
  leader.act(id, assign('communeLeader', 'của lãnh đạo'));
  receiver.act(id, assign('communeClerk', 'của văn thư'));
  await leader.sync.kick();
  await receiver.sync.kick();

  assert.equal(receiver.state(id).assignment?.directive, 'của lãnh đạo');
  const [problem] = receiver.store.desk.outbox();
  assert.equal(problem?.problem?.code, 'sync.conflict');
  assert.equal(problem.command.type === 'assign' ? problem.command.args.directive : '', 'của văn thư');
});
