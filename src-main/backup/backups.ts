import type { BackupState } from '../../src-shared/contract/backup.ts';
import { backupAgeDays, isBackupDue, noticeAfterDays } from '../../src-shared/domain/backup-rotation.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { BackupPort } from '../ports/backup.ts';
import type { Log } from '../ports/log.ts';
import { readBackupsFile, writeBackupsFile, type BackupsFile } from './backups-file.ts';
import { told } from './disk.ts';
import { runHost, type HostRun } from './host-process.ts';
import { namesIn } from './manifest.ts';
import { findPlaces } from './places.ts';
import { readRecovery } from './recovery.ts';

export type BackupsOptions = {
  readonly profileDir: string;
  readonly key: Uint8Array;
  readonly program: string;
  readonly now: () => Date;
  readonly log: Log;
  /** How soon after the start the first one by itself, and how often it is looked whether one is due, ms. */
  readonly times?: { readonly firstMs: number; readonly lookMs: number };
};

/** Everything is read again once a week. */
const weekMs = 7 * 86_400_000;
/** After the desk has come up and the line has brought what is new. */
const usualTimes = { firstMs: 3 * 60_000, lookMs: 10 * 60_000 };

/** Backups of one profile: one a day by itself while its place is there, one when a person asks, each in a process of its own. */
export function createBackups({ profileDir, key, program, now, log, times = usualTimes }: BackupsOptions): BackupPort {
  const listeners = new Set<(state: BackupState) => void>();
  let file: BackupsFile = readBackupsFile(profileDir, now());
  let problem: AppError | null = null;
  let running: { readonly run: HostRun; progress: { readonly doneBytes: number; readonly totalBytes: number } } | null = null;
  let checking: HostRun | null = null;
  let closed = false;

  let timer: ReturnType<typeof setTimeout> | undefined;

  function state(): BackupState {
    const { folder, since, last, check } = file;
    const recovery = readRecovery(profileDir);
    return {
      available: true,
      folder,
      folderThere: folder !== null && namesIn(folder) !== null,
      sheet: recovery.ok ? { number: recovery.value.sheet, madeAt: recovery.value.madeAt } : null,
      last,
      check,
      checking: checking !== null,
      overdue: backupAgeDays(Date.parse(last?.at ?? since), now().getTime()) >= noticeAfterDays,
      problem,
      running: running === null ? null : running.progress,
    };
  }

  function tell(): void {
    const told = state();
    for (const listener of listeners) listener(told);
  }

  /** A disk that takes no note of it takes no backup either, and that is said. */
  function keep(next: BackupsFile): Result<null> {
    file = next;
    try {
      writeBackupsFile(profileDir, next);
      return ok(null);
    } catch (error) {
      return told(error);
    }
  }

  function look(): void {
    if (closed) return;
    const { folder, last } = file;
    const due = isBackupDue(last === null ? null : Date.parse(last.at), now().getTime());
    // a stick that is not there is no fault to be told each ten minutes; after a week without it the person is told
    if (folder !== null && due && running === null && namesIn(folder) !== null && readRecovery(profileDir).ok) begin(folder);
    // never both at once: they read the same disk
    else if (running === null && checking === null && now().getTime() - Date.parse(file.check?.at ?? file.since) >= weekMs) beginCheck();
    timer = setTimeout(look, times.lookMs);
    timer.unref();
  }

  function begin(target: string): void {
    const run = runHost({ kind: 'make', profileDir, key, target, program }, (progress) => {
      if (running !== null) running.progress = progress;
      tell();
    });
    running = { run, progress: { doneBytes: 0, totalBytes: 0 } };
    tell();
    void run.answer.then((answer) => {
      running = null;
      if (answer.ok && answer.value.kind === 'made') {
        const { at, place, sizeBytes } = answer.value;
        problem = null;
        const kept = keep({ ...file, last: { at, place, sizeBytes } });
        if (!kept.ok) problem = kept.error;
        log('info', 'backed up', { sizeBytes });
      } else if (!answer.ok) {
        problem = answer.error.code === 'backup.cancelled' ? null : answer.error;
        log('warn', 'not backed up', { code: answer.error.code });
      }
      tell();
    });
  }

  function beginCheck(): void {
    const run = runHost({ kind: 'check', profileDir, key });
    checking = run;
    tell();
    void run.answer.then((answer) => {
      checking = null;
      if (answer.ok && answer.value.kind === 'checked') {
        const { faults, contents } = answer.value;
        const kept = keep({ ...file, check: { at: now().toISOString(), faults, contents } });
        problem = kept.ok ? null : kept.error;
        log(faults === 0 ? 'info' : 'error', 'looked at everything', { faults, contents });
      } else if (!answer.ok && !closed) {
        problem = answer.error;
        log('error', 'everything could not be looked at', { code: answer.error.code });
      }
      tell();
    });
  }

  return {
    begin: () => {
      // from when on there is something to lose
      keep(file);
      timer = setTimeout(look, times.firstMs);
      timer.unref();
    },
    state,
    places: () => findPlaces(profileDir),
    setFolder: (folder) => {
      if (folder !== null && namesIn(folder) === null) return fail('backup.no-target', { path: folder });
      problem = null;
      const kept = keep({ ...file, folder });
      tell();
      return kept;
    },
    start: () => {
      if (running !== null || checking !== null) return fail('backup.busy');
      if (file.folder === null || namesIn(file.folder) === null) return fail('backup.no-target', { path: file.folder ?? '' });
      if (!readRecovery(profileDir).ok) return fail('backup.no-sheet');
      problem = null;
      begin(file.folder);
      return ok(null);
    },
    stop: () => running?.run.stop(),
    check: () => {
      if (running !== null || checking !== null) return fail('backup.busy');
      problem = null;
      beginCheck();
      return ok(null);
    },
    newSheet: async () => {
      const answer = await runHost({ kind: 'sheet', profileDir, key }).answer;
      tell();
      if (!answer.ok) return answer;
      if (answer.value.kind !== 'sheet') throw new Error('asked for a sheet');
      const { number, madeAt, phrase } = answer.value;
      return ok({ number, madeAt, phrase });
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      running?.run.stop();
      checking?.kill();
      await Promise.all([running?.run.answer, checking?.answer]);
    },
  };
}
