import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { previewRestore } from '../../src-main/backup/look.ts';
import { listBackups } from '../../src-main/backup/manifest.ts';
import { readBackupsFile, writeBackupsFile } from '../../src-main/backup/backups-file.ts';
import { finishRestore, prepareRestore, putBack } from '../../src-main/backup/restore.ts';
import { checkProfile } from '../../src-main/store/integrity.ts';
import { readFacts } from '../../src-main/store/facts.ts';
import { officeKey, openProgramAt } from '../office/session-support.ts';
import { book, draft, key } from '../store/helpers.ts';
import { backUp, cli, codeOf, office, startCli, type Office } from './support.ts';

const otherKey = new Uint8Array(32).fill(9);
const now = (): Date => new Date();

function restore(scene: Office, folder: string, more: { phrase?: string; withKey?: Uint8Array; profileDir?: string } = {}) {
  return prepareRestore({ profileDir: more.profileDir ?? scene.profileDir, key: more.withKey ?? key, folder, phrase: more.phrase ?? scene.phrase, now });
}

async function backedUp(scene: Office): Promise<string> {
  const made = await backUp(scene);
  assert.ok(made.ok, codeOf(made));
  return made.value.folder;
}

function newest(target: string): string {
  const listed = listBackups(target);
  assert.ok(listed.ok && listed.value[0] !== undefined);
  return listed.value[0].folder;
}

function documentsIn(profileDir: string, withKey = key): number {
  const facts = readFacts({ dir: join(profileDir, 'desk'), key: withKey });
  assert.ok(facts.ok, codeOf(facts));
  return facts.value.documents;
}

function bytesOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(folder).toSorted().map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]));
}

test('what was done after the backup is shown before, put aside by the restore, and can be put back', async (t) => {
  const scene = await office(t);
  const before = scene.open();
  before.desk.putBook({ book, epoch: 1, next: 4, reserveEnd: 50 });
  before.close();
  const folder = await backedUp(scene);
  const store = scene.open();
  draft(store.desk, 'Sau ngày sao lưu');
  store.desk.putBook({ book, epoch: 1, next: 6, reserveEnd: 50 });
  store.close();
  writeBackupsFile(scene.profileDir, { schema: 1, folder: scene.target, since: now().toISOString(), last: null, check: null });
  const shown = previewRestore(folder, { phrase: scene.phrase }, { profileDir: scene.profileDir, key });
  assert.ok(shown.ok, codeOf(shown));
  assert.deepEqual([shown.value.backup.documents, shown.value.present?.documents, shown.value.backup.books, shown.value.manifest.person], [5, 6, [{ book, epoch: 1, next: 4 }], 'Trần Thị Mai']);
  const backup = bytesOf(folder);
  const prepared = await restore(scene, folder);
  assert.ok(prepared.ok, codeOf(prepared));
  assert.equal(documentsIn(scene.profileDir), 6, 'nothing has changed yet');
  assert.deepEqual(finishRestore(scene.profileDir, now()), { ok: true, value: { restored: true } });
  assert.equal(documentsIn(scene.profileDir), 5);
  assert.equal(readBackupsFile(scene.profileDir, now()).folder, scene.target, 'the machine goes on to back up where it did');
  const checked = checkProfile({ dir: join(scene.profileDir, 'desk'), key });
  assert.deepEqual(checked.ok && checked.value.faults, []);
  const restored = scene.open();
  assert.deepEqual(restored.desk.findBook(book), { book, epoch: 1, next: 6, reserveEnd: -1 }, 'no number until the book is lent anew, and none below what this machine had come to');
  restored.close();
  assert.deepEqual(bytesOf(folder), backup, 'the backup is as it was');
  assert.ok(putBack(scene.profileDir, now()).ok);
  assert.equal(documentsIn(scene.profileDir), 6);
  assert.equal(codeOf(putBack(scene.profileDir, now())), 'backup.nothing-to-put-back');
});

test('on another machine it lies under that machine’s key, and the same sheet opens it', async (t) => {
  const scene = await office(t);
  const folder = await backedUp(scene);
  const profileDir = join(scene.root, 'may-moi', 'office');
  const prepared = await restore(scene, folder, { withKey: otherKey, profileDir });
  assert.ok(prepared.ok, codeOf(prepared));
  assert.ok(finishRestore(profileDir, now()).ok);
  assert.equal(documentsIn(profileDir, otherKey), 5);
  assert.equal(readFacts({ dir: join(profileDir, 'desk'), key }).ok, false, 'the old key opens it no more');
  const whole = checkProfile({ dir: join(profileDir, 'desk'), key: otherKey });
  assert.deepEqual(whole.ok && whole.value.faults, []);
  rmSync(scene.profileDir, { recursive: true });
  const again = cli(['backup', 'make', '--profile', profileDir, '--key-env', 'NEW_KEY', '--to', scene.target, '--json'], { NEW_KEY: Buffer.from(otherKey).toString('hex') });
  assert.equal(again.status, 0, again.stderr);
  const checked = cli(['backup', 'check', (JSON.parse(again.stdout) as { folder: string }).folder, '--phrase-env', 'PHRASE'], { PHRASE: scene.phrase });
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
});

test('a mistyped code names its group, another sheet’s code names the sheet, and nothing changes', async (t) => {
  const scene = await office(t);
  const other = await office(t);
  const folder = await backedUp(scene);
  const last = scene.phrase.at(-1) === '2' ? '3' : '2';
  const typo = await restore(scene, folder, { phrase: `${scene.phrase.slice(0, -1)}${last}` });
  assert.deepEqual(typo, { ok: false, error: { code: 'recovery.typing', params: { group: 6 } } });
  assert.equal(codeOf(await restore(scene, folder, { phrase: scene.phrase.slice(0, -3) })), 'recovery.length');
  assert.deepEqual(await restore(scene, folder, { phrase: other.phrase }), { ok: false, error: { code: 'recovery.wrong', params: { sheet: scene.sheet } } });
  assert.equal(existsSync(`${scene.profileDir}.restoring`), false);
  assert.ok((await restore(scene, folder, { phrase: scene.phrase.toLowerCase().replaceAll('-', ' ') })).ok, 'small letters and spaces do no harm');
});

test('another unit’s, another person’s, a torn and a half backup are refused', async (t) => {
  const scene = await office(t);
  const unit = await office(t, { code: 'H48.60.13' });
  const person = await office(t, { user: 'thang' });
  assert.equal(codeOf(await restore({ ...scene, phrase: unit.phrase }, await backedUp(unit))), 'backup.other-unit');
  assert.equal(codeOf(await restore({ ...scene, phrase: person.phrase }, await backedUp(person))), 'session.other-person');
  const folder = await backedUp(scene);
  const file = join(folder, 'desk.db');
  const bytes: Buffer = readFileSync(file);
  bytes[9000] = (bytes[9000] ?? 0) ^ 4;
  writeFileSync(file, bytes);
  assert.deepEqual(await restore(scene, folder), { ok: false, error: { code: 'backup.damaged', params: { what: 'desk.db' } } });
  rmSync(join(folder, 'manifest.json'));
  assert.equal(codeOf(await restore(scene, folder)), 'backup.not-a-backup');
  assert.deepEqual(readdirSync(scene.root).filter((name) => name.startsWith('office.')).filter((name) => !name.endsWith('.lock')), []);
  assert.equal(documentsIn(scene.profileDir), 5);
});

test('killed anywhere in a backup or a restore, the profile is whole, a half one is never listed, and the next run succeeds', async (t) => {
  const scene = await office(t, { contents: 40 });
  await backedUp(scene);
  const make = ['backup', 'make', '--profile', scene.profileDir, '--key-env', 'VT_KEY', '--to', scene.target];
  // the newest: of one day the rotation keeps no other
  const back = (): readonly string[] => ['backup', 'restore', newest(scene.target), '--profile', scene.profileDir, '--key-env', 'VT_KEY', '--phrase-env', 'PHRASE'];
  const env = { PHRASE: scene.phrase };
  let cut = 0;
  for (const args of [() => make, back]) {
    for (const atMs of [300, 500, 700, 900]) {
      const child = startCli(args(), env);
      const ended = new Promise<boolean>((resolve) => child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')));
      // the moment of the power cut is chance's; there is nothing to wait for
      const timer = setTimeout(() => child.kill('SIGKILL'), atMs);
      if (await ended) cut += 1;
      clearTimeout(timer);
      const listed = cli(['backup', 'list', scene.target]);
      assert.equal(listed.status, 0, listed.stdout);
      finishRestore(scene.profileDir, now());
      assert.equal(documentsIn(scene.profileDir), 5);
    }
  }
  assert.ok(cut > 0, 'something was cut');
  const made = cli(make);
  assert.equal(made.status, 0, made.stderr);
  assert.deepEqual(readdirSync(scene.target).filter((name) => name.endsWith('.part')), []);
  const restored = cli(back(), env);
  assert.equal(restored.status, 0, restored.stderr);
  const whole = checkProfile({ dir: join(scene.profileDir, 'desk'), key });
  assert.deepEqual(whole.ok && [whole.value.faults, whole.value.contents], [[], 40]);
});

test('cut between the two renames of a restore, the next opening ends it', async (t) => {
  const scene = await office(t);
  const folder = await backedUp(scene);
  assert.ok((await restore(scene, folder)).ok);
  renameSync(scene.profileDir, `${scene.profileDir}.before-restore-20261123-000000`);
  assert.deepEqual(finishRestore(scene.profileDir, now()), { ok: true, value: { restored: true } });
  assert.equal(documentsIn(scene.profileDir), 5);
});

test('what was made ready while the program was open goes into place when it is opened anew', async (t) => {
  const scene = await office(t, { withKey: officeKey });
  const made = await backUp(scene, { key: officeKey });
  assert.ok(made.ok, codeOf(made));
  const program = await openProgramAt(scene.root);
  assert.ok((await restore(scene, made.value.folder, { withKey: officeKey })).ok);
  assert.equal(codeOf(finishRestore(scene.profileDir, now())), 'session.in-use', 'not under an open desk');
  await program.close();
  const again = await openProgramAt(scene.root);
  t.after(() => again.close());
  assert.equal(readdirSync(scene.root).filter((name) => name.startsWith('office.before-restore-')).length, 1);
  assert.equal(readdirSync(scene.root).includes('office.restoring'), false);
});
