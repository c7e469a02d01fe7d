import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeProfile } from '../../bench/make-profile.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import type { PersonId } from '../../src-shared/domain/ids.ts';

test('a made profile is the same for the same seed, marked by its reader, with every content here', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'van-thu-made-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const until = new Date('2026-11-22T03:00:00Z');
  const make = async (name: string, seed: number) => {
    const options = { dir: join(root, name), key: new Uint8Array(32).fill(7) };
    assert.deepEqual(await makeProfile({ ...options, documents: 900, seed, until }), { documents: 900 });
    const opened = openProfileStore(options);
    assert.ok(opened.ok);
    const { desk, blobs } = opened.value;
    const page = (folder: 'incoming' | 'outgoing') => desk.listDocuments({ folder, me: '', text: '', offset: 0, limit: 900 }).rows;
    const rows = [...page('incoming'), ...page('outgoing')];
    const summary = {
      rows, total: rows.length, counts: desk.countFolders('commune-clerk'), missing: desk.missingContents('', 5000).missing,
      read: rows.filter((row) => row.read).length, here: rows.every((row) => blobs.has(row.state.content.sha256)), phrases: desk.phrases(0, 9),
    };
    desk.setReader('other' as PersonId);
    assert.ok(page('incoming').every((row) => !row.read), 'the marks are one person’s');
    opened.value.close();
    return summary;
  };
  const first = await make('a', 1);
  assert.equal(first.total, 900);
  assert.ok(first.here);
  assert.deepEqual(first.missing, []);
  assert.ok(first.read > 800 && first.read < 900, `${first.read} read`);
  assert.deepEqual(await make('b', 1), first);
  assert.notDeepEqual((await make('c', 2)).rows, first.rows);
});
