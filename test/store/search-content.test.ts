import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test, type TestContext } from 'node:test';
import type { ContentRef, LogEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { createIndexing, type Indexing } from '../../src-main/features/indexing/indexing.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { createTextReader } from '../../src-main/signing/text-reader.ts';
import { blobSource } from '../../src-main/store/blob-source.ts';
import { arrived, newId, pieces, scene, sha256Of } from './helpers.ts';

const fixture = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(`../fixtures/pdf/${name}`, import.meta.url)));

async function bring(store: ProfileStore, name: string, bytes = fixture(name)): Promise<ContentRef> {
  const put = await store.blobs.put(pieces(bytes));
  assert.ok(put.ok);
  return { sha256: put.value.sha256, sizeBytes: bytes.length, fileName: name, parent: null };
}

function receive(store: ProfileStore, title: string, content: ContentRef): DocumentId {
  const id = newId<DocumentId>();
  assert.ok(store.desk.applyChanges([{ document: id, from: 0, events: [arrived(title, { content })] }], `after-${id}`).fits);
  return id;
}

function indexingOf(t: TestContext, store: ProfileStore): Indexing {
  const problems: string[] = [];
  const indexing = createIndexing(
    { store: store.desk, blobs: store.blobs, openContent: (sha256) => blobSource(store.blobs, sha256), log: (_level, message) => void problems.push(message), texts: createTextReader() },
    { pauseMs: 0 },
  );
  t.after(async () => {
    await indexing.stop();
    assert.deepEqual(problems, []);
  });
  return indexing;
}

const found = (store: ProfileStore, text: string): readonly string[] =>
  store.desk.listDocuments({ folder: 'incoming', me: 'p', text, offset: 0, limit: 50 }).rows.map(({ state }) => state.title);

test('what stands in a letter is found, with the words of its title and with operators, and shown where it stands', async (t) => {
  const store = scene(t).open();
  const letter = receive(store, 'Văn bản thứ nhất', await bring(store, 'cong-van-xa.pdf'));
  receive(store, 'Văn bản thứ hai', await bring(store, 'giay-moi.pdf'));
  const read = await createReaderText(t, 'cong-van-xa.pdf');
  const words = [...new Set(read.match(/\p{L}{5,}/gu) ?? [])];
  assert.ok(words.length > 5, 'the letter has words');
  const own = store.desk.findDocument(letter)?.state.title ?? '';
  const word = words.find((one) => !own.includes(one) && !/giấy|mời/i.test(one)) ?? '';
  assert.deepEqual(found(store, `${word} nhất`), [], 'nothing was read yet');

  const indexing = indexingOf(t, store);
  indexing.start();
  await indexing.idle();
  assert.deepEqual(found(store, `${word} nhất`), ['Văn bản thứ nhất']);
  assert.deepEqual(found(store, `${word.toUpperCase()} nhat số:15`), ['Văn bản thứ nhất']);
  assert.deepEqual(found(store, `${word} nhất số:16`), []);
  const snippet = store.desk.findSnippet(letter, word);
  assert.ok(snippet !== null && snippet.marks.length > 0);
  for (const [from, to] of snippet.marks) assert.ok(snippet.text.slice(from, to).toLowerCase().startsWith(word.toLowerCase()), snippet.text);
  assert.equal(store.desk.findSnippet(letter, 'nhất'), null, 'the title says it');
  assert.equal(store.desk.findSnippet(letter, 'xyzkhongco'), null);
});

async function createReaderText(t: TestContext, name: string): Promise<string> {
  const reader = createTextReader();
  t.after(() => reader.close());
  const bytes = fixture(name);
  const read = await reader.read({ sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) });
  assert.equal(read.outcome, 'text');
  return read.text;
}

test('every fixture is read or noted, once; a locked, a broken and a foreign file do not come back', async (t) => {
  const store = scene(t).open();
  const names = ['bao-cao-quy.pdf', 'bao-cao-quy-encrypted.pdf', 'cong-van-xa-gs14.pdf', 'giay-moi-chromium.pdf', 'phu-luc.pdf', 'quyet-dinh-linearized-objstm.pdf', 'quyet-dinh.pdf'];
  for (const name of names) receive(store, name, await bring(store, name));
  receive(store, 'broken', await bring(store, 'broken.pdf', fixture('quyet-dinh.pdf').subarray(0, 900)));
  receive(store, 'picture', await bring(store, 'picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47])));
  assert.equal(store.desk.contentsWithoutText('', 50).length, names.length + 2);
  const indexing = indexingOf(t, store);
  indexing.start();
  await indexing.idle();
  assert.deepEqual(store.desk.contentsWithoutText('', 50), []);
});

test('a restart goes on where the program ended; what is not here is read when it comes', async (t) => {
  const { open } = scene(t);
  const store = open();
  receive(store, 'first', await bring(store, 'quyet-dinh.pdf'));
  const late = fixture('giay-moi.pdf');
  const lateRef: ContentRef = { sha256: sha256Of(late), sizeBytes: late.length, fileName: 'giay-moi.pdf', parent: null };
  receive(store, 'late', lateRef);
  // ended in the middle of the first one: nothing of it is kept
  const ended = indexingOf(t, store);
  ended.start();
  await ended.stop();
  const before = store.desk.contentsWithoutText('', 9).length;
  assert.ok(before >= 1);
  store.close();

  const again = open();
  const indexing = indexingOf(t, again);
  indexing.start();
  await indexing.idle();
  assert.deepEqual(again.desk.contentsWithoutText('', 9), [lateRef.sha256], 'only what is not here');
  await bring(again, 'giay-moi.pdf');
  indexing.later(lateRef.sha256);
  await indexing.idle();
  assert.deepEqual(again.desk.contentsWithoutText('', 9), []);
});

test('what is taken away is found by nothing of its content any more', (t) => {
  const store = scene(t).open();
  const sha256 = createHash('sha256').update('x').digest('hex') as Sha256;
  const content: ContentRef = { sha256, sizeBytes: 1, fileName: 'a.pdf', parent: null };
  const one = receive(store, 'một', content);
  const two = receive(store, 'hai', content);
  store.desk.keepContentText(sha256, { outcome: 'text', pages: 1, text: 'Điều 5. Kinh phí thực hiện từ nguồn ngân sách huyện.' });
  assert.deepEqual(found(store, 'kinh phi huyen').toSorted(), ['hai', 'một']);
  store.desk.applyChanges([{ document: one, gone: 'withdrawn' }], 'c1');
  assert.deepEqual(found(store, 'kinh phi huyen'), ['hai']);
  assert.ok(store.desk.isTextKept(sha256));
  store.desk.applyChanges([{ document: two, gone: 'withdrawn' }], 'c2');
  assert.deepEqual(found(store, 'kinh phi huyen'), []);
  assert.ok(!store.desk.isTextKept(sha256), 'the text goes with the content');
});

test('another step of a document leaves the words of its content', (t) => {
  const store = scene(t).open();
  const sha256 = createHash('sha256').update('y').digest('hex') as Sha256;
  const id = newId<DocumentId>();
  const birth = (title: string): LogEvent => arrived(title, { content: { sha256, sizeBytes: 1, fileName: 'a.pdf', parent: null } });
  store.desk.applyChanges([{ document: id, from: 0, events: [birth('Tiêu đề')] }], 'c1');
  store.desk.keepContentText(sha256, { outcome: 'text', pages: 1, text: 'đường liên thôn' });
  store.desk.applyChanges([{ document: id, from: 0, events: [birth('Tiêu đề mới')] }], 'c2');
  assert.deepEqual(found(store, 'duong lien thon moi'), ['Tiêu đề mới']);
});
