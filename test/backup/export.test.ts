import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportAll } from '../../src-main/backup/export.ts';
import { safeName } from '../../src-shared/domain/safe-name.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { act, command, draftBody, key, newId, pieces } from '../store/helpers.ts';
import { cli, codeOf, office, page } from './support.ts';

const filesIn = (dir: string): readonly string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:pdf|csv|part)$/.test(name)).toSorted();

test('every document leaves with its files and their hashes, while the desk is open, and a second run goes on', async (t) => {
  const scene = await office(t);
  const store = scene.open();
  t.after(store.close);
  const titles = ['=HYPERLINK("x"), “ngoặc”', 'Về việc\nxuống dòng'];
  const hashes: Sha256[] = [];
  for (const [i, title] of titles.entries()) {
    const put = await store.blobs.put(pieces(page(i)));
    assert.ok(put.ok);
    hashes.push(put.value.sha256);
    const body = draftBody(title);
    if (body.type !== 'draft') throw new Error('no draft');
    act(store.desk, command(newId<DocumentId>(), 'officer', { type: 'draft', args: { ...body.args, content: { ...put.value, fileName: 'tờ trình: số 1/2?.pdf', parent: null } } }));
  }
  const out = join(scene.root, 'xuat');
  const first = await exportAll({ profileDir: scene.profileDir, key, out });
  // those of the scene name contents that were never here
  assert.deepEqual(first, { ok: true, value: { documents: 7, written: 2, kept: 0, missing: 5 } });
  const pdfs = filesIn(out).filter((name) => name.endsWith('.pdf'));
  assert.equal(pdfs.length, 2);
  for (const name of pdfs) {
    assert.match(name.replaceAll('\\', '/'), /^2026\/du-thao\/khong-so [^/]+\/tờ trình- số 1-2-\.pdf$/);
    assert.ok(hashes.includes(createHash('sha256').update(readFileSync(join(out, name))).digest('hex') as Sha256));
  }
  const index = readFileSync(join(out, 'index.csv'), 'utf8');
  assert.ok(index.startsWith('\uFEFFid,'));
  for (const sha256 of hashes) assert.ok(index.includes(`,${sha256},co`));
  assert.ok(index.includes(`"'=HYPERLINK(""x""), “ngoặc”"`), 'no formula');

  rmSync(join(out, pdfs[0] ?? ''));
  writeFileSync(join(out, pdfs[1] ?? ''), 'của người khác');
  const again = cli(['export', '--profile', scene.profileDir, '--key-env', 'VT_KEY', '--out', out, '--json']);
  assert.equal(again.status, 0, again.stderr);
  assert.deepEqual(JSON.parse(again.stdout), { documents: 7, written: 2, kept: 0, missing: 5 });
  assert.equal(readFileSync(join(out, pdfs[1] ?? ''), 'utf8'), 'của người khác', 'what is not ours stays');
  const third = await exportAll({ profileDir: scene.profileDir, key, out });
  assert.deepEqual(third.ok && [third.value.written, third.value.kept], [0, 2]);
  assert.equal(codeOf(await exportAll({ profileDir: join(scene.root, 'khong-co'), key, out })), 'store.cannot-open');
});

test('a name is one that Windows takes, and keeps its marks', () => {
  for (const [given, wanted] of [
    ['Tờ trình: số 1/2?.pdf', 'Tờ trình- số 1-2-.pdf'], ['..', '_'], ['../../x.pdf', '-..-x.pdf'], ['CON', '_CON'], ['nul.pdf', '_nul.pdf'], ['kết. ', 'kết'], ['a\u202Efdp.exe', 'a-fdp.exe'], ['', '_'],
  ] as const) assert.equal(safeName(given), wanted, JSON.stringify(given));
  const long = safeName(`${'Kính gửi '.repeat(60)}.pdf`);
  assert.ok(long.length <= 85 && long.endsWith('.pdf'));
});
