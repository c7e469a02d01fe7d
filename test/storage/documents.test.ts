import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src-shared/protocol/wire.ts';
import { emptyDigest } from '../../src-shared/protocol/digest.ts';
import { overBoth } from './backends.ts';
import { commune, department, digestOf, hashOf, newCommand, newDocument, page, reported, revised, write } from './material.ts';

overBoth((backend) => {
  test('what was appended is read in its order, by its own unit alone', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    const events = [revised('a'), reported('xong "rồi" \\ \n {1,2}'), revised('b')];
    await write(storage, commune, id, ...events.slice(0, 1));
    await write(storage, commune, id, ...events.slice(1));
    assert.deepEqual(await storage.read((tx) => tx.documents.readEvents(commune, id)), events);
    assert.deepEqual(await storage.read((tx) => tx.documents.readEvents(department, id)), []);
  });

  test('a transaction sees its own events, answers, numbers and contents before anybody else does', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    const command = newCommand();
    await storage.transaction(async (tx) => {
      await tx.documents.lock(commune, id);
      assert.deepEqual(await tx.documents.readEvents(commune, id), []);
      await tx.documents.append(commune, id, [revised('a')]);
      await tx.documents.append(commune, id, [reported('b')]);
      await tx.answers.put(commune, { id: command, status: 'applied' }, 'print', 1);
      assert.deepEqual(await tx.documents.readEvents(commune, id), [revised('a'), reported('b')]);
      assert.deepEqual(await tx.answers.find(commune, command), { fingerprint: 'print', answer: { id: command, status: 'applied' } });
      assert.equal(await tx.uploads.mayRead(commune, hashOf('a')), true);
      assert.equal(await tx.uploads.mayName(commune, hashOf('a')), true);
      assert.deepEqual(await storage.read(async (other) => (backend.name === 'sqlite' ? [] : other.documents.readEvents(commune, id))), []);
      await tx.documents.touch([{ unit: commune, id }]);
      assert.equal((await tx.documents.head(commune)).counter, 1);
    });
    assert.equal((await storage.read((tx) => tx.documents.readEvents(commune, id))).length, 2);
  });

  test('a transaction that throws leaves nothing of anything', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    const command = newCommand();
    const failed = storage.transaction(async (tx) => {
      await tx.documents.lock(commune, id);
      await tx.documents.append(commune, id, [revised('a')]);
      await tx.answers.put(commune, { id: command, status: 'applied' }, 'print', 1);
      await tx.settings.put('key', 'value');
      await tx.documents.touch([{ unit: commune, id }]);
      await tx.documents.head(commune);
      throw new Error('power cut');
    });
    await assert.rejects(failed, /power cut/);
    await storage.read(async (tx) => {
      assert.deepEqual(await tx.documents.readEvents(commune, id), []);
      assert.equal(await tx.answers.find(commune, command), null);
      assert.equal(await tx.settings.get('key'), null);
      assert.equal(await tx.uploads.mayRead(commune, hashOf('a')), false);
      assert.deepEqual(await tx.documents.head(commune), { counter: 0, digest: emptyDigest });
    });
  });

  test('the digest is that of the protocol’s own words, after every change, and a document that is gone is in it no more', async (t) => {
    const storage = await backend.open(t);
    const [a, b] = [newDocument(), newDocument()];
    const digest = async () => (await storage.read((tx) => tx.documents.head(commune))).digest;
    await write(storage, commune, a, revised('1'));
    assert.equal(await digest(), digestOf(new Map([[a, [revised('1')]]])));
    await write(storage, commune, b, revised('2'), reported('2'));
    await write(storage, commune, a, reported('3'));
    await write(storage, department, a, reported('elsewhere'));
    assert.equal(await digest(), digestOf(new Map([[a, [revised('1'), reported('3')]], [b, [revised('2'), reported('2')]]])));
    await storage.transaction(async (tx) => {
      await tx.documents.lock(commune, a);
      await tx.documents.withdraw(commune, a, 'withdrawn');
      await tx.documents.touch([{ unit: commune, id: a }]);
    });
    assert.equal(await digest(), digestOf(new Map([[b, [revised('2'), reported('2')]]])));
  });

  test('the feed gives every document once, at its last change, with the events that the reader had not', async (t) => {
    const storage = await backend.open(t);
    const [a, b, c] = [newDocument(), newDocument(), newDocument()];
    await write(storage, commune, a, revised('1'));
    await write(storage, commune, b, revised('2'));
    await write(storage, commune, a, reported('3'), reported('4'));
    await write(storage, commune, c, revised('5'));
    const changes = (had: number, after = had, limit = 100, bytes = 1 << 20) => storage.read((tx) => tx.documents.changesSince(commune, page(had, after, limit, bytes)));
    assert.deepEqual(await changes(0), { next: 4, hasMore: false, changes: [
      { document: b, from: 0, events: [revised('2')] }, { document: a, from: 0, events: [revised('1'), reported('3'), reported('4')] }, { document: c, from: 0, events: [revised('5')] },
    ] });
    assert.deepEqual(await changes(2), { next: 4, hasMore: false, changes: [{ document: a, from: 1, events: [reported('3'), reported('4')] }, { document: c, from: 0, events: [revised('5')] }] });
    assert.deepEqual(await changes(0, 2, 1), { next: 3, hasMore: true, changes: [{ document: a, from: 0, events: [revised('1'), reported('3'), reported('4')] }] });
    assert.deepEqual(await changes(4), { next: 4, hasMore: false, changes: [] });
    // a page is never empty for want of room
    assert.deepEqual((await changes(0, 0, 100, 1)).changes.map((change) => change.document), [b]);
    assert.equal((await changes(0, 0, 100, 1)).hasMore, true);
  });

  test('pages by bytes and by count give all and nothing twice', async (t) => {
    const storage = await backend.open(t);
    const ids = Array.from({ length: 25 }, newDocument);
    for (const [at, id] of ids.entries()) await write(storage, commune, id, reported('x'.repeat(at * 40)));
    for (const [limit, bytes] of [[4, 1 << 20], [100, 2000], [7, 900]] as const) {
      const seen: Change[] = [];
      let after = 0;
      for (let pages = 0; pages < 100; pages++) {
        const got = await storage.read((tx) => tx.documents.changesSince(commune, page(0, after, limit, bytes)));
        assert.ok(got.changes.length <= limit);
        seen.push(...got.changes);
        after = got.next;
        if (!got.hasMore) break;
      }
      assert.deepEqual(seen.map((change) => change.document), ids);
    }
  });

  test('a withdrawn document stands in the feed as gone for those who had it; its log stays, its content is held no more, unless another document has it', async (t) => {
    const storage = await backend.open(t);
    const [a, b] = [newDocument(), newDocument()];
    await write(storage, commune, a, revised('own'), revised('shared'));
    await write(storage, commune, b, revised('shared'));
    await storage.transaction(async (tx) => {
      await tx.documents.lock(commune, a);
      assert.equal(await tx.documents.findGone(commune, a), null);
      await tx.documents.withdraw(commune, a, 'scope');
      await tx.documents.touch([{ unit: commune, id: a }]);
    });
    await storage.read(async (tx) => {
      assert.equal(await tx.documents.findGone(commune, a), 'scope');
      assert.equal(await tx.documents.findGone(commune, b), null);
      assert.equal((await tx.documents.readEvents(commune, a)).length, 2);
      assert.deepEqual((await tx.documents.changesSince(commune, page(2))).changes, [{ document: a, gone: 'scope' }]);
      assert.deepEqual((await tx.documents.changesSince(commune, page(0))).changes.map((change) => change.document), [b]);
      assert.deepEqual((await tx.documents.newestBefore(commune, null, 10)).map(({ change }) => change.document), [b]);
      assert.equal(await tx.uploads.mayRead(commune, hashOf('own')), false);
      assert.equal(await tx.uploads.mayRead(commune, hashOf('shared')), true);
    });
  });

  test('the newest come first for a snapshot, whole, in pages', async (t) => {
    const storage = await backend.open(t);
    const [a, b, c] = [newDocument(), newDocument(), newDocument()];
    for (const id of [a, b, c]) await write(storage, commune, id, revised('1'));
    await write(storage, commune, a, reported('2'));
    await storage.read(async (tx) => {
      const first = await tx.documents.newestBefore(commune, null, 2);
      assert.deepEqual(first, [{ seq: 4, change: { document: a, from: 0, events: [revised('1'), reported('2')] } }, { seq: 3, change: { document: c, from: 0, events: [revised('1')] } }]);
      assert.deepEqual((await tx.documents.newestBefore(commune, 3, 2)).map(({ seq, change }) => [seq, change.document]), [[2, b]]);
    });
  });

  test('a transaction that changes documents of several units moves each unit’s feed, and several places of one', async (t) => {
    const storage = await backend.open(t);
    const [a, b] = [newDocument(), newDocument()];
    await storage.transaction(async (tx) => {
      for (const [unit, id] of [[commune, a], [commune, b], [department, a]] as const) {
        await tx.documents.lock(unit, id);
        await tx.documents.append(unit, id, [reported('1')]);
      }
      await tx.documents.touch([{ unit: department, id: a }, { unit: commune, id: b }, { unit: commune, id: a }, { unit: commune, id: b }]);
    });
    await storage.read(async (tx) => {
      assert.equal((await tx.documents.head(commune)).counter, 2);
      assert.equal((await tx.documents.head(department)).counter, 1);
      assert.deepEqual((await tx.documents.changesSince(commune, page())).changes.map((change) => change.document), [b, a]);
    });
  });

  test('what was announced is heard once by whoever listens, and by nobody after that', async (t) => {
    const storage = await backend.open(t);
    const heard: string[] = [];
    const leave = storage.onAnnounced((unit) => heard.push(unit));
    await storage.announce([commune, department, commune]);
    leave();
    await storage.announce([commune]);
    assert.deepEqual(heard.sort(), [department, commune].sort());
  });

  test('it answers when it is asked, and its epoch stays', async (t) => {
    const place = await backend.newPlace(t);
    const storage = await place.open();
    await storage.ping();
    assert.match(storage.epoch, /^[\w-]{12}$/);
    assert.equal((await place.open()).epoch, storage.epoch);
  });
});
