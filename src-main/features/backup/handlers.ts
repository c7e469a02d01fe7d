import type { BackupState } from '../../../src-shared/contract/backup.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { DeskHandlers } from '../handlers.ts';

type BackupHandlers = Pick<DeskHandlers, Extract<keyof DeskHandlers, `backup.${string}`>>;

const none: BackupState = { available: false, folder: null, folderThere: false, sheet: null, last: null, check: null, checking: false, overdue: false, problem: null, running: null };

/** Copies of all that this desk holds. A profile is one person's, so whoever sits at the desk may. */
export function backupHandlers({ backups }: Pick<DeskContext, 'backups'>): BackupHandlers {
  if (backups === undefined) {
    const refuse = (): Result<never> => fail('backup.unavailable');
    return { 'backup.read': () => ok(none), 'backup.places': () => ok({ places: [] }), 'backup.setFolder': refuse, 'backup.start': refuse, 'backup.stop': refuse, 'backup.check': refuse, 'backup.newSheet': refuse };
  }
  const after = (done: Result<null>): Result<BackupState> => (done.ok ? ok(backups.state()) : done);
  return {
    'backup.read': () => ok(backups.state()),
    'backup.places': () => ok({ places: [...backups.places()] }),
    'backup.setFolder': ({ folder }) => after(backups.setFolder(folder)),
    'backup.start': () => after(backups.start()),
    'backup.stop': () => {
      backups.stop();
      return ok(backups.state());
    },
    'backup.check': () => after(backups.check()),
    'backup.newSheet': () => backups.newSheet(),
  };
}
