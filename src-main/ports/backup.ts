import type { BackupPlace, BackupState } from '../../src-shared/contract/backup.ts';
import type { Result } from '../../src-shared/result.ts';

/** Backups of this profile, made by a process of their own while the desk works on. */
export type BackupPort = {
  /** The desk is open: from now on one is made when it is due. Before, nothing is written and nothing runs. */
  readonly begin: () => void;
  readonly state: () => BackupState;
  readonly places: () => readonly BackupPlace[];
  /** Errors: `backup.no-target`. */
  readonly setFolder: (folder: string | null) => Result<null>;
  /** Errors: `backup.no-target`, `backup.no-sheet`, `backup.busy`. */
  readonly start: () => Result<null>;
  readonly stop: () => void;
  /** Reads all of the profile and writes nothing. Errors: `backup.busy`. */
  readonly check: () => Result<null>;
  /** Errors: `backup.stopped`. */
  readonly newSheet: () => Promise<Result<{ readonly number: string; readonly madeAt: string; readonly phrase: string }>>;
  readonly onChanged: (listener: (state: BackupState) => void) => () => void;
  /** Ends what is under way; nothing of a half backup is left to be taken for a whole one. */
  readonly close: () => Promise<void>;
};
