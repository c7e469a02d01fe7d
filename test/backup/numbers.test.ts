import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSheet } from '../../src-main/backup/recovery.ts';
import { finishRestore, prepareRestore } from '../../src-main/backup/restore.ts';
import { makeBackup } from '../../src-main/backup/make.ts';
import { nextNumber } from '../../src-main/features/documents/books.ts';
import { writeProfile } from '../../src-main/office/profile.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { personId } from '../../src-shared/domain/ids.ts';
import { sendArrivals } from '../kill/arrivals.ts';
import { account, createClerk, createDeskSync, incoming, key, office } from '../kill/clerk.ts';
import { openOffice, tempDir } from '../server/office.ts';
import { codeOf } from './support.ts';

const now = (): Date => new Date();

for (const lost of ['the profile of after the backup is there to be read', 'the machine is lost with all that came after'] as const) {
  test(`a desk out of a backup gives no number before the server has told the next one, and then none twice: ${lost}`, async (t) => {
    const server = await openOffice(t);
    await sendArrivals(server.url, 12);
    const root = tempDir(t);
    const profileDir = join(root, 'office');
    const target = join(root, 'stick');
    mkdirSync(target);
    let open: ProfileStore | null = null;
    t.after(() => open?.close());
    const openAt = (dir: string): ProfileStore => {
      const opened = openProfileStore({ dir: join(dir, 'desk'), key });
      assert.ok(opened.ok, codeOf(opened));
      open = opened.value;
      return opened.value;
    };

    const first = openAt(profileDir);
    writeProfile(profileDir, {
      schema: 1, serverUrl: server.url, user: account.user, unit: office, role: 'clerk', certificate: null, tokenSession: false, locked: false, left: null,
      person: { id: personId.parse(account.user), fullName: 'Người xã', position: 'Văn thư', unit: office.code, roles: ['clerk'] },
    });
    const { phrase } = makeSheet(profileDir, key, now());
    const sync = createDeskSync(first, server.url);
    await sync.kick();
    const clerk = createClerk(first, () => undefined);
    for (let i = 0; i < 3; i++) assert.ok(clerk.register());
    await sync.kick();
    assert.equal(first.desk.outbox().length, 0);
    const made = await makeBackup({ profileDir, key, target, program: '0.0.0', now });
    assert.ok(made.ok, codeOf(made));
    for (let i = 0; i < 2; i++) assert.ok(clerk.register());
    await sync.kick();
    await sync.stop();
    first.close();

    const home = lost.startsWith('the machine') ? join(root, 'moi', 'office') : profileDir;
    const prepared = await prepareRestore({ profileDir: home, key, folder: made.value.folder, phrase, now });
    assert.ok(prepared.ok, codeOf(prepared));
    assert.ok(finishRestore(home, now()).ok);

    const restored = openAt(home);
    const offline = nextNumber({ store: restored.desk }, incoming);
    assert.equal(codeOf(offline), 'number.after-restore');
    assert.equal(createClerk(restored, () => undefined).register(), false);

    const again = createDeskSync(restored, server.url);
    await again.kick();
    const next = nextNumber({ store: restored.desk }, incoming);
    assert.equal(next.ok && next.value.number, 6, codeOf(next));
    const later = createClerk(restored, () => undefined);
    for (let i = 0; i < 2; i++) assert.ok(later.register());
    await again.kick();
    assert.deepEqual(restored.desk.outbox().map(({ sync: state, problem }) => [state, problem]), []);
    const known = await again.askNumbers(incoming);
    assert.equal(known.ok && known.value.last, 7);
    const numbers = restored.desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 100 }).rows.flatMap(({ state }) => (state.direction === 'incoming' && state.arrival?.number !== undefined ? [state.arrival.number] : []));
    assert.deepEqual(numbers.toSorted((one, other) => one - other), [1, 2, 3, 4, 5, 6, 7]);
    await again.stop();
  });
}
