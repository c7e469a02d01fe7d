import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { AppError } from '../../src-shared/result.ts';

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly json?: unknown;
  readonly stream?: Readable;
};

/** Codes whose refusal is not a plain 400. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'session.required': 401,
  'session.wrong-password': 401,
  'session.locked': 429,
  'not-allowed': 403,
  'not-found': 404,
  'upload.offset': 409,
  'number.old-epoch': 409,
  'upload.too-large': 413,
  'content.damaged': 422,
  'idempotency.mismatch': 422,
  bug: 500,
};

export function json(status: number, body: unknown): Reply {
  return { status, json: body };
}

export function refuse(error: AppError, headers: Reply['headers'] = {}, status = statuses[error.code] ?? 400): Reply {
  return { status, headers, json: { error } };
}

/** Sends the reply whole, or destroys the socket when the stream breaks: half an answer is never taken for a whole one. */
export async function send(response: ServerResponse, reply: Reply): Promise<void> {
  const body = reply.json === undefined ? null : Buffer.from(JSON.stringify(reply.json));
  response.writeHead(reply.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }),
    ...reply.headers,
  });
  if (reply.stream !== undefined) await pipeline(reply.stream, response);
  else response.end(body ?? undefined);
}
