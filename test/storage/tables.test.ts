import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { organizationCode, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import { plainEntry } from '../../src-shared/domain/organization.ts';
import { auditHash } from '../../src-server/features/audit.ts';
import { auditRoot } from '../../src-shared/protocol/audit-chain.ts';
import { overBoth } from './backends.ts';
import { addClerk, book, clerk, commune, department, hashOf, newCommand, newDocument } from './material.ts';

const bytes = (text: string) => Buffer.from(hashOf(text), 'hex');

overBoth((backend) => {
  test('an answer is kept under its unit and key, and pruned when it is old', async (t) => {
    const storage = await backend.open(t);
    const [a, b] = [newCommand(), newCommand()];
    await storage.transaction(async (tx) => {
      await tx.answers.put(commune, { id: a, status: 'rejected', error: { code: 'number.taken', params: { number: 3 } } }, 'p1', 1000);
      await tx.answers.put(commune, { id: b, status: 'applied' }, 'p2', 2000);
    });
    assert.deepEqual(await storage.read((tx) => tx.answers.find(commune, a)), { fingerprint: 'p1', answer: { id: a, status: 'rejected', error: { code: 'number.taken', params: { number: 3 } } } });
    assert.equal(await storage.read((tx) => tx.answers.find(department, a)), null);
    assert.equal(await storage.transaction((tx) => tx.answers.prune(2000)), 1);
    assert.equal(await storage.read((tx) => tx.answers.find(commune, a)), null);
    assert.notEqual(await storage.read((tx) => tx.answers.find(commune, b)), null);
  });

  test('a book is lent to one station, renewed ahead of the last number seen, given back and taken over without a silent gap', async (t) => {
    const storage = await backend.open(t);
    const numbers = () => storage.read((tx) => tx.books.numbers(book));
    assert.equal(await storage.read((tx) => tx.books.holder(book)), null);
    assert.equal(await storage.read((tx) => tx.books.check({ book, epoch: 1, number: 1 }, commune)), 'number.no-book');
    assert.equal(await storage.transaction((tx) => tx.books.setStart(book, commune, 11)), true);
    assert.deepEqual(await storage.transaction((tx) => tx.books.lease(book, commune, 'station-a', 5)), { book, epoch: 1, next: 11, reserveEnd: 15 });
    assert.equal(await storage.transaction((tx) => tx.books.setStart(book, commune, 1)), false);
    assert.equal(await storage.transaction((tx) => tx.books.lease(book, commune, 'station-b', 5)), null);
    assert.equal(await storage.transaction((tx) => tx.books.lease(book, department, 'station-a', 5)), null);
    const check = (epoch: number, number: number, unit: OrganizationCode = commune) => storage.read((tx) => tx.books.check({ book, epoch, number }, unit));
    assert.deepEqual(await Promise.all([check(1, 11), check(1, 10), check(1, 16), check(0, 11), check(1, 11, department)]), [null, 'number.taken', 'number.reserve-used-up', 'number.old-epoch', 'not-allowed']);
    const [a, b] = [newDocument(), newDocument()];
    await storage.transaction(async (tx) => {
      await tx.books.record({ book, epoch: 1, number: 11 }, a);
      assert.equal(await tx.books.check({ book, epoch: 1, number: 11 }, commune), 'number.taken');
      await tx.books.record({ book, epoch: 1, number: 13 }, b);
    });
    assert.deepEqual(await storage.transaction((tx) => tx.books.lease(book, commune, 'station-a', 5)), { book, epoch: 1, next: 14, reserveEnd: 18 });
    assert.equal(await storage.transaction((tx) => tx.books.giveBack(book, 'station-b', 1)), false);
    assert.equal(await storage.transaction((tx) => tx.books.giveBack(book, 'station-a', 0)), false);
    assert.equal(await storage.transaction((tx) => tx.books.giveBack(book, 'station-a', 1)), true);
    assert.deepEqual(await numbers(), [{ number: 11, epoch: 1, document: a }, { number: 12, epoch: 1, document: null }, { number: 13, epoch: 1, document: b }]);
    assert.equal(await check(1, 14), 'number.old-epoch');
    assert.deepEqual(await storage.transaction((tx) => tx.books.lease(book, commune, 'station-b', 3)), { book, epoch: 2, next: 14, reserveEnd: 16 });
    await storage.transaction((tx) => tx.books.release(book));
    assert.deepEqual((await numbers()).slice(3), [14, 15, 16].map((number) => ({ number, epoch: 2, document: null })));
    assert.deepEqual(await storage.read((tx) => tx.books.holder(book)), { epoch: 2, station: null, last: 16 });
    assert.deepEqual(await storage.transaction((tx) => tx.books.own(book)), { epoch: 2, station: null, last: 16 });
    const pageOf = (after: number, limit: number) => storage.read(async (tx) => (await tx.books.numbersAfter(book, after, limit)).map(({ number, document }) => [number, document]));
    assert.deepEqual(await pageOf(0, 2), [[11, a], [12, null]]);
    assert.deepEqual(await pageOf(12, 2), [[13, b], [14, null]]);
    assert.deepEqual(await pageOf(16, 2), []);
    assert.deepEqual(await storage.transaction((tx) => tx.books.lease(book, commune, 'station-c', 2)), { book, epoch: 3, next: 17, reserveEnd: 18 });
    await storage.transaction((tx) => tx.books.release('H48.05/2026/none' as typeof book));
  });

  test('an upload is one node’s at a time, and what it brought may be named but not read', async (t) => {
    const storage = await backend.open(t);
    const upload = { id: randomUUID(), unit: commune, sha256: hashOf('x'), sizeBytes: 5_000_000_000, base: hashOf('base'), lengthBytes: 7 };
    const other = { ...upload, id: randomUUID(), sha256: hashOf('y'), base: null };
    await storage.transaction(async (tx) => {
      await tx.uploads.create(upload, 100);
      await tx.uploads.create(other, 200);
    });
    await storage.read(async (tx) => {
      assert.deepEqual(await tx.uploads.find(upload.id, commune), upload);
      assert.equal(await tx.uploads.find(upload.id, department), null);
      assert.deepEqual(await tx.uploads.findByContent(commune, other.sha256), other);
      assert.equal(await tx.uploads.count(commune), 2);
      assert.equal(await tx.uploads.mayName(commune, upload.sha256), false);
    });
    const claim = (node: string, now: number, until: number) => storage.transaction((tx) => tx.uploads.claim(upload.id, node, now, until));
    assert.equal(await claim('a', 0, 50), true);
    assert.equal(await claim('b', 40, 90), false);
    assert.equal(await claim('a', 40, 60), true);
    assert.equal(await claim('b', 60, 90), true);
    await storage.transaction((tx) => tx.uploads.unclaim(upload.id, 'a'));
    assert.equal(await claim('a', 61, 90), false);
    await storage.transaction((tx) => tx.uploads.unclaim(upload.id, 'b'));
    assert.equal(await claim('a', 61, 90), true);
    await storage.transaction((tx) => tx.uploads.complete(upload));
    await storage.read(async (tx) => {
      assert.equal(await tx.uploads.find(upload.id, commune), null);
      assert.equal(await tx.uploads.mayName(commune, upload.sha256), true);
      assert.equal(await tx.uploads.mayName(department, upload.sha256), false);
      assert.equal(await tx.uploads.mayRead(commune, upload.sha256), false);
    });
    assert.deepEqual(await storage.transaction((tx) => tx.uploads.dropOlderThan(200)), new Set([other.id]));
    await storage.transaction((tx) => tx.uploads.drop(other.id));
    assert.deepEqual(await storage.transaction((tx) => tx.uploads.dropOlderThan(0)), new Set());
  });

  test('an account keeps its sessions until its password, unit or role is another, or it is disabled', async (t) => {
    const storage = await backend.open(t);
    const token = bytes('token');
    const account = { user: 'xa.vanthu', person: clerk.id, unit: commune, role: 'clerk' as const, password: 'hash', mustChange: false, disabled: false };
    await storage.transaction(async (tx) => {
      await addClerk(tx, 'hash');
      await tx.directory.put([plainEntry({ code: department, name: 'Sở Nội vụ' })]);
    });
    const open = () => storage.transaction((tx) => tx.sessions.put(token, 'xa.vanthu', 10_000, 1));
    const find = (now = 2) => storage.read((tx) => tx.sessions.find(token, now));
    await open();
    assert.deepEqual(await find(), { user: 'xa.vanthu', person: clerk, unit: { code: commune, name: 'UBND xã Phú Lâm' }, role: 'clerk', mustChange: false });
    assert.equal(await find(10_000), null);
    await storage.transaction((tx) => tx.accounts.put({ ...account, mustChange: true }));
    assert.equal((await find())?.mustChange, true);
    await storage.transaction((tx) => tx.accounts.rehash('xa.vanthu', 'hash', 'stronger'));
    assert.notEqual(await find(), null);
    for (const change of [{ password: 'other' }, { password: 'other', unit: department }, { password: 'other', role: 'leader' as const }, { password: 'other', disabled: true }]) {
      await storage.transaction((tx) => tx.accounts.put({ ...account, password: 'other' }));
      await storage.transaction((tx) => tx.sessions.end(token));
      await open();
      await storage.transaction((tx) => tx.accounts.put({ ...account, ...change }));
      if ('unit' in change || 'role' in change || 'disabled' in change) assert.equal(await find(), null, JSON.stringify(change));
    }
    await storage.transaction((tx) => tx.accounts.put({ ...account, password: 'new', disabled: false }));
    await open();
    await storage.transaction((tx) => tx.accounts.put({ ...account, password: 'newer' }));
    assert.equal(await find(), null);
  });

  test('accounts are found by name, unit and certificate; one without a password has none', async (t) => {
    const storage = await backend.open(t);
    await storage.transaction(async (tx) => {
      await addClerk(tx, null);
      await tx.accounts.addCertificate('xa.vanthu', 'bb');
      await tx.accounts.addCertificate('xa.vanthu', 'aa');
      await tx.accounts.addCertificate('xa.vanthu', 'aa');
    });
    await storage.read(async (tx) => {
      const found = await tx.accounts.find('xa.vanthu');
      assert.equal(found?.password, null);
      assert.deepEqual(found?.certificates, ['aa', 'bb']);
      assert.equal(await tx.accounts.find('ai.do'), null);
      assert.deepEqual((await tx.accounts.findByCertificate('bb')).map((each) => each.user), ['xa.vanthu']);
      assert.deepEqual((await tx.accounts.list(commune)).map((each) => each.user), ['xa.vanthu']);
      assert.deepEqual(await tx.accounts.list(department), []);
      assert.equal((await tx.accounts.list(null)).length, 1);
      assert.deepEqual(await tx.accounts.people(commune), [clerk]);
      assert.deepEqual(await tx.accounts.findPerson(clerk.id), clerk);
      assert.equal(await tx.accounts.findPerson('ai'), null);
    });
    await storage.transaction((tx) => tx.accounts.removeCertificate('xa.vanthu', 'bb'));
    assert.deepEqual(await storage.read((tx) => tx.accounts.findByCertificate('bb')), []);
  });

  test('open sessions are listed, ended by their id, all at once, and pruned', async (t) => {
    const storage = await backend.open(t);
    await storage.transaction(async (tx) => {
      await addClerk(tx);
      await tx.sessions.put(bytes('a'), 'xa.vanthu', 1000, 10);
      await tx.sessions.put(bytes('b'), 'xa.vanthu', 2000, 20);
    });
    const list = (user: string | null, now: number) => storage.read((tx) => tx.sessions.list(user, now));
    const [a, b] = [hashOf('a').slice(0, 16), hashOf('b').slice(0, 16)];
    assert.deepEqual(await list(null, 30), [{ id: b, user: 'xa.vanthu', openedAtMs: 20, expiresAtMs: 2000 }, { id: a, user: 'xa.vanthu', openedAtMs: 10, expiresAtMs: 1000 }]);
    assert.deepEqual((await list('xa.vanthu', 1500)).map((each) => each.id), [b]);
    assert.deepEqual(await list('ai.do', 30), []);
    assert.equal(await storage.transaction((tx) => tx.sessions.endById('0'.repeat(16))), false);
    assert.equal(await storage.transaction((tx) => tx.sessions.endById(b)), true);
    await storage.transaction((tx) => tx.sessions.prune(999));
    assert.equal((await list(null, 30)).length, 1);
    await storage.transaction((tx) => tx.sessions.prune(1000));
    assert.equal((await list(null, 30)).length, 0);
    await storage.transaction(async (tx) => {
      await tx.sessions.put(bytes('c'), 'xa.vanthu', 5000, 10);
      await tx.sessions.endAll('xa.vanthu');
    });
    assert.equal(await storage.read((tx) => tx.sessions.find(bytes('c'), 11)), null);
  });

  test('tries are counted before the password is looked at, many at once too, and the lock ends by itself', async (t) => {
    const storage = await backend.open(t);
    const attempt = (now: number) => storage.transaction((tx) => tx.sessions.beginTry('xa.vanthu', now, 5, 1000));
    const at = await Promise.all(Array.from({ length: 12 }, () => attempt(100)));
    assert.equal(at.filter((wait) => wait === 0).length, 5);
    assert.deepEqual(new Set(at), new Set([0, 1000]));
    assert.equal(await attempt(600), 500);
    assert.equal(await attempt(1100), 0);
    await storage.transaction((tx) => tx.sessions.forgetTries('xa.vanthu'));
    for (let n = 0; n < 5; n++) assert.equal(await attempt(1200), 0);
    assert.equal(await attempt(1200), 1000);
  });

  test('a challenge is good for one answer, and not after its time', async (t) => {
    const storage = await backend.open(t);
    await storage.transaction(async (tx) => {
      await tx.sessions.putChallenge(bytes('a'), 100, 1);
      await tx.sessions.putChallenge(bytes('b'), 100, 1);
    });
    const take = (name: string, now: number) => storage.transaction((tx) => tx.sessions.takeChallenge(bytes(name), now));
    assert.deepEqual((await Promise.all([take('a', 50), take('a', 50), take('a', 50)])).filter(Boolean), [true]);
    assert.equal(await take('b', 100), false);
    assert.equal(await take('c', 1), false);
  });

  test('the directory gives what changed after a version, by code, and finds an office by either of its codes', async (t) => {
    const storage = await backend.open(t);
    const entry = (code: string, name: string) => ({ ...plainEntry({ code: organizationCode.parse(code), name }) });
    const old = { ...entry('H48.60', 'Huyện "cũ" {a}, \\'), otherCode: organizationCode.parse('000.00.60.H48'), ceasedOn: '2025-07-01', successors: [commune] };
    assert.equal(await storage.read((tx) => tx.directory.version()), 0);
    await storage.transaction((tx) => tx.directory.put([entry('H48.60.12', 'Phú Lâm'), old, entry('H48.05', 'Sở Nội vụ')]));
    await storage.transaction((tx) => tx.directory.put([entry('H48.60.12', 'Phú Lâm mới'), entry('H48.05', 'Sở Nội vụ')]));
    await storage.read(async (tx) => {
      assert.equal(await tx.directory.version(), 2);
      assert.equal(await tx.directory.count(), 3);
      assert.deepEqual(await tx.directory.find(old.code), old);
      assert.deepEqual(await tx.directory.find(organizationCode.parse('000.00.60.H48')), old);
      assert.equal(await tx.directory.find(organizationCode.parse('H49')), null);
      assert.deepEqual((await tx.directory.changedSince(0, '', 2)).map((each) => each.code), ['H48.05', 'H48.60']);
      assert.deepEqual((await tx.directory.changedSince(0, 'H48.60', 2)).map((each) => each.code), ['H48.60.12']);
      assert.deepEqual(await tx.directory.changedSince(1, '', 10), [entry('H48.60.12', 'Phú Lâm mới')]);
    });
    await storage.transaction((tx) => tx.directory.put([old]));
    assert.equal(await storage.read((tx) => tx.directory.version()), 2);
  });

  test('every line of the audit hangs on the one before it', async (t) => {
    const storage = await backend.open(t);
    const entry = (n: number) => ({ atMs: n, unit: n % 2 === 0 ? commune : null, user: n % 3 === 0 ? 'xa.vanthu' : null, action: 'session.opened', subject: `s${n}`, detail: { n, right: true, by: 'token' } });
    await Promise.all(Array.from({ length: 12 }, (_, n) => storage.transaction((tx) => tx.audit.append(entry(n)))));
    await storage.transaction(async (tx) => {
      await tx.audit.append(entry(12));
      await tx.audit.append(entry(13));
    });
    const lines = [...(await storage.read((tx) => tx.audit.read(0, 5))), ...(await storage.read((tx) => tx.audit.read(5, 100)))];
    assert.deepEqual(lines.map((line) => line.seq), Array.from({ length: 14 }, (_, n) => n + 1));
    lines.reduce((before, line) => {
      assert.equal(line.hash, auditHash(before, line));
      return line.hash;
    }, auditRoot);
    assert.deepEqual(lines.map((line) => Number(line.detail['n'])).sort((x, y) => x - y), Array.from({ length: 14 }, (_, n) => n));
    const { hash: _, seq: __, ...last } = lines.at(-1) ?? assert.fail();
    assert.deepEqual(last, entry(13));
  });

  test('a setting is put, put anew, and the first of those who put it where there is none stands', async (t) => {
    const storage = await backend.open(t);
    await storage.transaction((tx) => tx.settings.put('quota', '1'));
    await storage.transaction((tx) => tx.settings.put('quota', '2'));
    assert.equal(await storage.read((tx) => tx.settings.get('quota')), '2');
    assert.equal(await storage.read((tx) => tx.settings.get('none')), null);
    const stood = await Promise.all(['a', 'b', 'c'].map((value) => storage.transaction((tx) => tx.settings.putNew('key', value))));
    assert.equal(new Set(stood).size, 1);
    assert.equal(await storage.read((tx) => tx.settings.get('key')), stood[0]);
  });
});
