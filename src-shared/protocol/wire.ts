import { z } from 'zod';
import { command, documentEvent, versions } from '../domain/document.ts';
import { bookId, commandId, documentId, instant, sha256 } from '../domain/ids.ts';
import { organization, person, role } from '../domain/organization.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';

/**
 * Client ⇄ provincial server, version 1. See docs/protocol.md. JSON over HTTP; content as raw bytes.
 * Every call but POST /v1/session carries `Authorization: Bearer <token>`.
 * A refused call answers `{error: AppError}` with 400 malformed · 401 sign in · 403 not yours · 404 · 409 offset · 410 resync · 413 too large · 422 · 429/503 + Retry-After.
 */
export const errorCode = z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]);
export const appError = z.object({ code: errorCode, params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
export const errorResponse = z.object({ error: appError });

// POST /v1/session → an opaque 32-byte token (base64url). The person acts in one unit with one role per session.
export const sessionRequest = z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(200) });
export const sessionResponse = z.object({ token: z.string().min(43), person, unit: organization, role, expiresAt: instant });

// POST /v1/push: ≤ 50 commands. 200 when the batch was read; each command has its own answer, in order.
export const maxPushCommands = 50;
export const pushRequest = z.object({ commands: z.array(command).min(1).max(maxPushCommands) });
export const commandAnswer = z.discriminatedUnion('status', [
  z.object({ id: commandId, status: z.literal('applied') }),
  z.object({ id: commandId, status: z.literal('conflict'), current: versions }),
  z.object({ id: commandId, status: z.literal('rejected'), error: appError }),
  /** Not settled yet (content missing, busy): ask again with the same id. `afterMs` ≥ 0. */
  z.object({ id: commandId, status: z.literal('retry'), afterMs: z.int().nonnegative() }),
]);
export type CommandAnswer = z.infer<typeof commandAnswer>;
export const pushResponse = z.object({ answers: z.array(commandAnswer) });

// GET /v1/changes?cursor=&limit=  A change is one whole document: its complete event list. `cursor` is opaque; absent = from the beginning.
export const change = z.object({ document: documentId, events: z.array(documentEvent).min(1) });
export type Change = z.infer<typeof change>;
export const changesResponse = z.object({ changes: z.array(change), next: z.string(), hasMore: z.boolean(), serverTime: instant });

// GET /v1/changes/wait?cursor=  (long poll ≤ 25 s) → {changed}: a hint only; losing one loses nothing.
export const changesHint = z.object({ changed: z.boolean() });

// POST /v1/books/lease {book, station}: lends the book to this station, or renews. 409 when another station holds it.
export const leaseRequest = z.object({ book: bookId, station: z.string().min(8).max(64) });
/** Numbers `next`…`reserveEnd` (both inclusive) may be given out offline under `epoch`. */
export const bookLease = z.object({ book: bookId, epoch: z.int().nonnegative(), next: z.int().positive(), reserveEnd: z.int().positive() });
export type BookLease = z.infer<typeof bookLease>;

// GET /v1/directory → every organisation and the people of the caller's unit.
export const directoryResponse = z.object({ organizations: z.array(organization), people: z.array(person) });

// POST /v1/uploads {sha256,size,base?} → 200 {state:'present'} | 201 {state:'open', upload, offset}.
// With `base` (present on the server, whose bytes are a prefix) only the tail is sent: offsets count from 0 at the tail's first byte.
export const uploadRequest = z.object({ sha256, sizeBytes: z.int().positive(), base: sha256.nullable() });
export const uploadResponse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('present') }),
  /** `lengthBytes`: how many bytes the server wants in all: the tail's when it has the base, else the whole. */
  z.object({ state: z.literal('open'), upload: z.string(), offset: z.int().nonnegative(), lengthBytes: z.int().nonnegative() }),
]);
// HEAD /v1/uploads/{upload} → Upload-Offset. PATCH /v1/uploads/{upload} with Upload-Offset + octets → 204 Upload-Offset; 409 wrong offset.
// The PATCH that completes it hashes the whole, fsyncs and renames into place; a wrong hash answers 422 content.damaged and drops the upload.
// HEAD/GET /v1/blobs/{sha256}: strong ETag = the hash, immutable, Range. 404 when the caller's unit holds no document with it.
