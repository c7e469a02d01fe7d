import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeSheet } from '../src-main/backup/recovery.ts';
import { cast, practiceUnits } from '../src-main/practice/cast.ts';
import { writeProfile } from '../src-main/office/profile.ts';
import { openProfileStore } from '../src-main/store/open.ts';
import type { Figure } from './figure.ts';
import { makeProfile } from './make-profile.ts';

/** A desk that signs while its five gigabytes are backed up by the process that the program would use. */
const cli = fileURLToPath(new URL('../src-main/cli/main.ts', import.meta.url));
const gigabytes = Number(process.env['VAN_THU_BACKUP_GB'] ?? '5');
const folder = mkdtempSync(join(process.argv[2] ?? '.', 'backup-'));
const key = randomBytes(32);
const profileDir = join(folder, 'office');
const target = join(folder, 'stick');
const dir = join(profileDir, 'desk');
mkdirSync(target, { recursive: true });

try {
  await makeProfile({ dir, key, documents: 2000, seed: 1 });
  await fill();
  const clerk = cast.find(({ id }) => id === 'commune-clerk');
  if (clerk === undefined) throw new Error('no clerk');
  writeProfile(profileDir, { schema: 1, serverUrl: 'https://van-thu.example', user: 'mai', unit: practiceUnits.commune, person: clerk.person, role: 'clerk', certificate: null, tokenSession: false, locked: false, left: null });
  makeSheet(profileDir, key, new Date());
  const copyS = await plainCopy();
  const { backupS, worstMs, calls } = await backUpAtWork();
  process.stderr.write(`${gigabytes} GB: copy ${copyS.toFixed(1)} s, backup ${backupS.toFixed(1)} s, calls ${calls}\n`);
  tell({ name: 'backup.5gb-s', value: backupS, unit: 's' });
  tell({ name: 'backup.5gb-copy-ratio', value: backupS / copyS, unit: '×', against: 'a plain copy of the same files, synced' });
  tell({ name: 'backup.5gb-worst-call-ms', value: worstMs, unit: 'ms' });
} finally {
  rmSync(folder, { recursive: true });
}

function tell(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

async function fill(): Promise<void> {
  const store = openProfileStore({ dir, key });
  if (!store.ok) throw new Error(store.error.code);
  const piece = randomBytes(4_000_000);
  for (let written = 0; written < gigabytes * 1e9; written += 50e6) {
    const put = await store.value.blobs.put((async function* () {
      for (let i = 0; i < 12.5; i++) {
        piece.writeDoubleLE(written + i, 0);
        for (let at = 0; at < piece.length; at += 200_000) piece.writeDoubleLE(Math.random(), at);
        yield piece;
      }
    })());
    if (!put.ok) throw new Error(put.error.code);
  }
  store.value.close();
}

async function plainCopy(): Promise<number> {
  const began = performance.now();
  for (const file of ['desk.db', 'blobs.db']) {
    const to = join(folder, `copy-${file}`);
    await copyFile(join(dir, file), to);
    const handle = openSync(to, 'r+');
    fsyncSync(handle);
    closeSync(handle);
  }
  const took = (performance.now() - began) / 1000;
  for (const file of ['desk.db', 'blobs.db']) rmSync(join(folder, `copy-${file}`));
  return took;
}

/** What a desk does the while: a signed tail is stored, a list is read, a note is written; each is what a person waits for. */
async function backUpAtWork(): Promise<{ readonly backupS: number; readonly worstMs: number; readonly calls: number }> {
  const opened = openProfileStore({ dir, key });
  if (!opened.ok) throw new Error(opened.error.code);
  const { desk, blobs, close } = opened.value;
  let worstMs = 0;
  let calls = 0;
  let isDone = false;
  const timed = async (work: () => unknown): Promise<void> => {
    const began = performance.now();
    await work();
    worstMs = Math.max(worstMs, performance.now() - began);
    calls += 1;
  };
  const began = performance.now();
  const child = spawn(process.execPath, [cli, 'backup', 'make', '--profile', profileDir, '--key-env', 'VT_KEY', '--to', target], { env: { ...process.env, VT_KEY: key.toString('hex') }, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit').then(([status]) => { isDone = true; if (status !== 0) throw new Error(`the backup ended with ${String(status)}`); });
  while (!isDone) {
    const letter = randomBytes(40_000);
    await timed(() => blobs.put((async function* () { yield letter; })()));
    await timed(() => desk.setSetting('bench', String(calls)));
    await timed(() => desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 50 }));
    await nextTurn();
    // a person at work, not a machine
    await sleep(20);
  }
  await ended;
  const backupS = (performance.now() - began) / 1000;
  close();
  return { backupS, worstMs, calls };
}
