import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { createBackups, type BackupsOptions } from '../../src-main/backup/backups.ts';
import { backupsName } from '../../src-main/backup/backups-file.ts';
import { listBackups } from '../../src-main/backup/manifest.ts';
import { readRecovery, recoveryName, unseal } from '../../src-main/backup/recovery.ts';
import { takeProfileLock } from '../../src-main/office/profile-lock.ts';
import type { BackupPort } from '../../src-main/ports/backup.ts';
import type { BackupState } from '../../src-shared/contract/backup.ts';
import { key } from '../store/helpers.ts';
import { office, type Office } from './support.ts';

const never = 2 ** 30;
const quiet = (): void => undefined;
const dayMs = 86_400_000;

function open(t: TestContext, { profileDir }: Office, more: Partial<BackupsOptions> = {}): BackupPort {
  const backups = createBackups({ profileDir, key, program: '1.0.0', now: () => new Date(), log: quiet, times: { firstMs: never, lookMs: never }, ...more });
  t.after(() => backups.close());
  backups.begin();
  return backups;
}

/** The first state from now on that is as wanted; the test's own time limit ends a wait for what never comes. */
function until(backups: BackupPort, wanted: (state: BackupState) => boolean): Promise<BackupState> {
  return new Promise((resolve) => {
    const stop = backups.onChanged((state) => {
      if (!wanted(state)) return;
      stop();
      resolve(state);
    });
  });
}
const ended = ({ running }: BackupState): boolean => running === null;
const wholeIn = (target: string): number => {
  const listed = listBackups(target);
  return listed.ok ? listed.value.filter(({ complete }) => complete).length : 0;
};

describe('backups of a desk, made beside it', { timeout: 60_000 }, () => {
  test('one is made by itself when its place is known, by a process of its own while the store is open', async (t) => {
    const o = await office(t);
    const store = o.open();
    t.after(() => store.close());
    const backups = open(t, o, { times: { firstMs: 1, lookMs: 50 } });
    const done = until(backups, ({ last }) => last !== null);
    assert.ok(backups.setFolder(o.target).ok);
    const { last, problem, running } = await done;
    assert.deepEqual([problem, running, wholeIn(o.target)], [null, null, 1]);
    assert.ok(last !== null && last.sizeBytes > 600_000 && last.place.startsWith(o.target));
    store.desk.setSetting('after', 'still open');
    assert.equal(store.desk.getSetting('after'), 'still open');
  });

  test('one a day: what was made is remembered by the next start, and nothing is due until tomorrow', async (t) => {
    const o = await office(t);
    const first = open(t, o);
    assert.ok(first.setFolder(o.target).ok);
    const done = until(first, ended);
    assert.ok(first.start().ok);
    assert.equal((await done).problem, null);
    await first.close();
    let nowMs = Date.now();
    const second = open(t, o, { now: () => new Date(nowMs), times: { firstMs: 1, lookMs: 10 } });
    assert.equal(second.state().last?.place, first.state().last?.place);
    nowMs += dayMs;
    const { last } = await until(second, (state) => ended(state) && state.last?.place !== first.state().last?.place);
    assert.ok(last !== null);
    assert.equal(wholeIn(o.target), 1, 'of one day the newest stays');
  });

  test('without a sheet nothing is made, and a new sheet’s words open what is made then', async (t) => {
    const o = await office(t);
    rmSync(join(o.profileDir, recoveryName));
    const backups = open(t, o);
    assert.ok(backups.setFolder(o.target).ok);
    const refused = backups.start();
    assert.equal(refused.ok ? 'made' : refused.error.code, 'backup.no-sheet');
    const sheet = await backups.newSheet();
    assert.ok(sheet.ok);
    assert.equal(backups.state().sheet?.number, sheet.value.number);
    const done = until(backups, ended);
    assert.ok(backups.start().ok);
    await done;
    const [made] = readdirSync(o.target);
    const recovery = readRecovery(join(o.target, made ?? ''));
    assert.ok(recovery.ok);
    const opened = unseal(recovery.value, sheet.value.phrase);
    assert.ok(opened.ok);
    assert.deepEqual(Buffer.from(opened.value.key), Buffer.from(key));
  });

  test('a stick that is not there is waited for without a word, and told to who asks', async (t) => {
    const o = await office(t);
    const backups = open(t, o, { times: { firstMs: 1, lookMs: 10 } });
    const away = `${o.target}-away`;
    renameSync(o.target, away);
    const refused = backups.setFolder(o.target);
    assert.equal(refused.ok ? 'taken' : refused.error.code, 'backup.no-target');
    renameSync(away, o.target);
    const done = until(backups, ({ last }) => last !== null);
    assert.ok(backups.setFolder(o.target).ok);
    await done;
    renameSync(o.target, away);
    assert.deepEqual([backups.state().folderThere, backups.state().problem], [false, null]);
    const asked = backups.start();
    assert.equal(asked.ok ? 'begun' : asked.error.code, 'backup.no-target');
  });

  test('one that is stopped leaves nothing, and those before it as they were', async (t) => {
    const o = await office(t, { contents: 40 });
    const backups = open(t, o);
    assert.ok(backups.setFolder(o.target).ok);
    const begun = until(backups, ({ running }) => running !== null);
    assert.ok(backups.start().ok);
    await begun;
    const again = backups.start();
    assert.equal(again.ok ? 'begun' : again.error.code, 'backup.busy');
    const done = until(backups, ended);
    backups.stop();
    const { problem } = await done;
    assert.equal(problem, null, 'whoever stopped it knows');
    assert.deepEqual(readdirSync(o.target).filter((name) => name.endsWith('.part')), []);
  });

  test('another backup of the same profile is told, and does not end that one', async (t) => {
    const o = await office(t);
    const other = takeProfileLock(join(o.profileDir, 'backup.lock'));
    assert.ok(other !== null);
    const backups = open(t, o);
    assert.ok(backups.setFolder(o.target).ok);
    const done = until(backups, ({ problem }) => problem !== null);
    assert.ok(backups.start().ok);
    assert.equal((await done).problem?.code, 'backup.busy');
    other.release();
    const made = until(backups, ({ last }) => last !== null);
    assert.ok(backups.start().ok);
    assert.equal((await made).problem, null);
  });

  test('after a week without one the person is told, also where none was ever made', async (t) => {
    const o = await office(t);
    let nowMs = Date.parse('2026-11-01T01:00:00Z');
    const backups = open(t, o, { now: () => new Date(nowMs) });
    assert.equal(backups.state().overdue, false);
    nowMs += 8 * dayMs;
    assert.equal(backups.state().overdue, true);
    await backups.close();
    assert.equal(open(t, o, { now: () => new Date(nowMs) }).state().overdue, true, 'a start is no backup');
  });

  test('everything is looked at once a week by itself, and when a person asks; a torn place is counted', async (t) => {
    const o = await office(t);
    let nowMs = Date.now();
    const backups = open(t, o, { now: () => new Date(nowMs), times: { firstMs: 1, lookMs: 10 } });
    nowMs += 8 * dayMs;
    const byItself = await until(backups, ({ check, checking }) => check !== null && !checking);
    assert.deepEqual([byItself.check?.faults, byItself.check?.contents, byItself.problem], [0, 3, null]);
    const file = join(o.profileDir, 'desk', 'blobs.db');
    const torn = readFileSync(file);
    const at = torn.length - 100_000;
    torn[at] = (torn[at] ?? 0) ^ 1;
    writeFileSync(file, torn);
    const asked = until(backups, ({ check, checking }) => !checking && check !== null && check.faults > 0);
    assert.ok(backups.check().ok);
    const again = backups.check();
    assert.equal(again.ok ? 'begun' : again.error.code, 'backup.busy');
    await asked;
  });

  test('a note of the last one that was torn is begun anew, and hinders nothing', async (t) => {
    const o = await office(t);
    mkdirSync(o.profileDir, { recursive: true });
    writeFileSync(join(o.profileDir, backupsName), '{"schema":1,"folder":"/x","si');
    const backups = open(t, o);
    assert.deepEqual([backups.state().folder, backups.state().last], [null, null]);
    assert.ok(backups.setFolder(o.target).ok);
  });
});
