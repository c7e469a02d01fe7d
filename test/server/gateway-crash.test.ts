import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { createCore } from '../../src-server/core.ts';
import { officesUnder, postDocument } from '../../src-server/features/delivery-axis.ts';
import { readDocument } from '../../src-server/features/delivery-documents.ts';
import { createPasswords } from '../../src-server/features/passwords.ts';
import { createExchange, type Exchange } from '../../src-server/gateway/exchange-loop.ts';
import { createFolderGateway } from '../../src-server/gateway/folder.ts';
import type { Gateway } from '../../src-server/gateway/port.ts';
import { defaultLimits } from '../../src-server/limits.ts';
import { openContentFolder } from '../../src-server/storage/content/folder.ts';
import type { ContentStore, Storage } from '../../src-server/storage/port.ts';
import { overBoth } from '../storage/backends.ts';
import { boxAt, government, letter, packageOf, pdf, statusesOf } from './gateway-box.ts';
import { commune, province, tempDir } from './office.ts';

/** The node ended here: nothing of it goes on. */
class Killed extends Error {}

/** Counts every step that leaves something behind, and ends the node before or behind the one it is told to. */
function createKiller() {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  let steps = 0;
  const check = (): void => {
    if (dead) throw new Killed('dead');
    steps += 1;
    left -= 1;
    if (left >= 0) return;
    dead = true;
    throw new Killed('killed');
  };
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    check();
    const value = await work();
    check();
    return value;
  };
  return { around, arm: (after: number) => ([left, dead, steps] = [after, false, 0]), isDead: () => dead, steps: () => steps };
}
type Killer = ReturnType<typeof createKiller>;

const mortal = {
  storage: (storage: Storage, killer: Killer): Storage => ({ ...storage, transaction: (work) => killer.around(() => storage.transaction(work)) }),
  content: (content: ContentStore, { around }: Killer): ContentStore => ({
    ...content, receive: (...args) => around(() => content.receive(...args)), finish: (...args) => around(() => content.finish(...args)), drop: (id) => around(() => content.drop(id)),
  }),
  gateway: (gateway: Gateway, { around }: Killer): Gateway => ({
    listReceived: () => gateway.listReceived(), fetch: (entry) => around(() => gateway.fetch(entry)), send: (outgoing) => around(() => gateway.send(outgoing)),
    updateStatus: (entry, state) => around(() => gateway.updateStatus(entry, state)),
  }),
};

overBoth((backend) => {
  async function openNode(storage: Storage, content: ContentStore, dir: string, node: string, killer: Killer, clock: () => number): Promise<Exchange> {
    const gateway = await createFolderGateway({ root: dir, station: 'van-thu', writer: node, now: Date.now, settleMs: 0 });
    return createExchange({
      storage: mortal.storage(storage, killer), content: mortal.content(content, killer), gateway: mortal.gateway(gateway, killer), randomBytes, now: clock, limits: defaultLimits, log: () => undefined, node,
      isOurs: officesUnder(['H48']), root: 'H48', chance: () => 0.5, pollMs: 1000, firstMs: 1000, mostMs: 10_000, leaseMs: 30_000,
    });
  }

  test('a node that is killed before or behind any of its writes loses nothing and doubles nothing', async (t) => {
    const storage = await backend.open(t);
    const dir = tempDir(t);
    const content = openContentFolder(tempDir(t));
    const core = createCore({ storage, content, now: Date.now, randomBytes, passwords: createPasswords(randomBytes) });
    for (const office of [province, commune, government]) await core.admin.addOrganization(office);
    const sha256 = (await storeOf(content, pdf)) as never;
    const box = boxAt(dir);
    const killer = createKiller();
    let nowMs = Date.parse('2026-11-22T03:00:00Z');
    const clock = () => nowMs;
    let steps = Number.POSITIVE_INFINITY;
    let kills = 0;
    for (let after = 0; after <= steps; after += 1) {
      // one comes, one goes
      const coming = letter({ title: `Đến ${after}` });
      const going = randomUUID() as DocumentId;
      const node = await openNode(storage, content, dir, `a${after}`, killer, clock);
      await box.put(`n${after}`, await packageOf(coming));
      await storage.transaction(async (tx) => {
        const meta = { at: clockAt(nowMs), by: null, command: null };
        const ref = { sha256, sizeBytes: pdf.length, fileName: 'a.pdf', parent: null };
        const events: DocumentEvent[] = [
          { ...meta, type: 'drafted', unit: province, title: `Đi ${after}`, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: ref, recipients: [], inReplyTo: null },
          { ...meta, type: 'issued', content: ref, entry: { book: 'H48/2026/cong-van-di' as never, epoch: 1, number: after + 1 }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'A' },
          { ...meta, type: 'sent', recipients: [government] },
        ];
        await tx.documents.lock(province.code, going);
        await tx.documents.append(province.code, going, events);
        const state = await readDocument(tx.documents, province.code, going);
        assert.ok(state !== null);
        await postDocument({ axis: tx.axis }, state, government, { type: '0', reason: null, cause: 'sent' }, clockAt(nowMs));
        await tx.documents.touch([{ unit: province.code, id: going }]);
      });
      killer.arm(after);
      await node.round().catch((fault: unknown) => assert.ok(fault instanceof Killed, String(fault)));
      if (killer.isDead()) kills += 1;
      // without a kill: as many steps as there are in all
      else steps = Math.min(steps, after);
      // its lease runs out, and another node goes on; what it was told to wait for has passed too
      killer.arm(Number.POSITIVE_INFINITY);
      nowMs += 60_000;
      const next = await openNode(storage, content, dir, `b${after}`, killer, clock);
      assert.equal(await next.round(), true, `after ${after} the exchange goes on`);
      await next.stop();

      const events = await storage.read(async (tx) => {
        const found: string[] = [];
        for (const { change } of await tx.documents.newestBefore(commune.code, null, 1000)) {
          if ('events' in change && change.events.some((event) => event.type === 'received' && event.title === coming.title)) found.push(...change.events.map(({ type }) => type));
        }
        return found;
      });
      assert.deepEqual(events, ['received'], `killed after ${after}: one document`);
      const sent = await box.sent();
      assert.deepEqual(statusesOf(sent, coming.documentId).map(([code]) => code), ['01'], `killed after ${after}: one receipt`);
      assert.equal(sent.filter(({ message }) => message.kind === 'document' && message.header.documentId === going).length, 1, `killed after ${after}: one package`);
      assert.deepEqual([(await box.list('in')).length, (await box.list('work/van-thu')).length, (await box.list('bad')).length, (await box.list('done')).length], [0, 0, 0, after + 1]);
      assert.deepEqual(await storage.read((tx) => tx.axis.waiting()), { count: 0, oldestMs: null });
    }
    assert.ok(kills >= 16, `${kills} places to be killed at`);
    await core.close();
  });

  test('of two nodes one exchanges; when it is gone, the other does', async (t) => {
    const storage = await backend.open(t);
    const dir = tempDir(t);
    const content = openContentFolder(tempDir(t));
    let nowMs = Date.parse('2026-11-22T03:00:00Z');
    const killer = createKiller();
    const [a, b] = await Promise.all(['a', 'b'].map((node) => openNode(storage, content, dir, node, killer, () => nowMs)));
    assert.ok(a !== undefined && b !== undefined);
    const both = await Promise.all([a.round(), b.round(), a.round(), b.round()]);
    assert.deepEqual([both[0] === both[2], both[1] === both[3], both[0] !== both[1]], [true, true, true]);
    const [holder, other] = both[0] === true ? [a, b] : [b, a];
    nowMs += 29_000;
    assert.deepEqual([await holder.round(), await other.round()], [true, false], 'whoever has it renews it');
    nowMs += 31_000;
    assert.deepEqual([await other.round(), await holder.round()], [true, false], 'a node that was away too long has lost it');
    await other.stop();
    assert.equal(await holder.round(), true, 'one that stops leaves it at once');
  });
});

function clockAt(ms: number): string {
  return new Date(ms).toISOString();
}

async function storeOf(content: ContentStore, bytes: Uint8Array): Promise<string> {
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const upload = randomUUID();
  await content.receive(upload, 0, bytes.length, (async function* () { yield await Promise.resolve(bytes); })(), () => undefined);
  assert.equal(await content.finish(upload, sha256 as never, null), true);
  await content.drop(upload);
  return sha256;
}
