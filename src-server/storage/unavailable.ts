import { AppFailure } from '../../src-shared/result.ts';

/**
 * The database cannot be asked now, or the line to it broke before it said whether it had committed. The core answers 503 with `Retry-After`; a command
 * that comes again comes with its own key, so the repeat is harmless (sync.md rule 2). `cause` is for the log.
 */
export class StorageUnavailable extends AppFailure {
  constructor(cause: unknown) {
    super('server.busy');
    this.name = 'StorageUnavailable';
    this.cause = cause;
  }
}
