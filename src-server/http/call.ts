import type { ErrorCode } from '../../src-shared/errors.ts';
import type { AppError } from '../../src-shared/result.ts';

/** A request without its socket: the same core answers over HTTP and in a simulated world. Header names in lower case. */
export type ServerRequest = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the body's source: nobody reads on. */
  readonly destroy: () => void;
  /** Aborted when the caller hangs up or the server closes. */
  readonly signal: AbortSignal;
  /** Who sits at the other end, for logs and for shedding; '' where there is none. */
  readonly peer: string;
};

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly stream?: AsyncIterable<Uint8Array>;
};

/** Codes whose refusal is not a plain 400. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'session.required': 401,
  'session.wrong-password': 401,
  'session.unknown-certificate': 401,
  'session.challenge-spent': 401,
  'session.bad-signature': 401,
  'session.other-host': 401,
  'session.certificate-expired': 401,
  'session.certificate-untrusted': 401,
  'session.disabled': 403,
  'session.several-accounts': 409,
  'session.must-change': 403,
  'session.locked': 429,
  'server.busy': 503,
  'not-allowed': 403,
  'not-found': 404,
  'upload.offset': 409,
  'number.old-epoch': 409,
  'sync.resync': 410,
  'upload.too-large': 413,
  'upload.elsewhere': 423,
  'input.coding': 415,
  'content.damaged': 422,
  'package.damaged': 422,
  'package.not-for-us': 422,
  'package.newer': 422,
  'package.old-key': 422,
  'package.unknown-station': 422,
  'package.account': 422,
  'package.base-missing': 422,
  'idempotency.mismatch': 422,
  bug: 500,
};

export function json(status: number, body: unknown): Reply {
  return { status, json: body };
}

export function refuse(error: AppError, headers: Reply['headers'] = {}, status = statuses[error.code] ?? 400): Reply {
  return { status, headers, json: { error } };
}
