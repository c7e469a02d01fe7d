import { AppFailure, type AppError, type Result } from '../../src-shared/result.ts';

/** Why a file's structure cannot be read; the words go into `pdf.broken`'s sentence as `{reason}`. */
export function broken(reason: string): AppFailure {
  return new AppFailure('pdf.broken', { reason });
}

/** Readers below throw `AppFailure`, since a dictionary is looked at in a hundred places; this turns it back into a `Result` at the border. */
export function attempt<T>(read: () => T): Result<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}

/** The `AppError` that an `AppFailure` carries; any other error is a bug and is thrown on. */
export function failureOf(error: unknown): AppError {
  if (error instanceof AppFailure) return error.error;
  throw error;
}
