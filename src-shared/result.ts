import type { ErrorCode } from './errors.ts';

/**
 * What can happen to a careful person is a value; a bug throws.
 * `params` fill the code's sentence (see `errors.ts`); they carry no secret, no title and no document text.
 */
export type AppError = {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
};

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, params?: AppError['params']): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error: params === undefined ? { code } : { code, params } };
}

/** Carries an `AppError` through code that can only throw (streams, callbacks). The gate turns it back into a `Result`. */
export class AppFailure extends Error {
  readonly error: AppError;

  constructor(code: ErrorCode, params?: AppError['params']) {
    super(code);
    this.name = 'AppFailure';
    this.error = params === undefined ? { code } : { code, params };
  }
}

export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
