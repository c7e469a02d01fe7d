import { z } from 'zod';
import { actor, command, commandBody, logEvent, versions, type Command } from '../domain/document.ts';
import { bookId, commandId, documentId, grantId, instant, organizationCode, sha256 } from '../domain/ids.ts';
import { directoryEntry, organization, person, role } from '../domain/organization.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';

/**
 * Client ⇄ provincial server, version 1. See docs/protocol.md. JSON over HTTP; content as raw bytes.
 * Every call but those of `/v1/session`, `/healthz` and `/metrics` carries `Authorization: Bearer <token>`.
 * A refused call answers `{error: AppError}` with 400 malformed · 401 sign in · 403 not yours · 404 · 409 offset · 410 resync · 413 too large · 415 coding · 422 · 429/503 + Retry-After.
 * JSON travels as it is, or in the codings of `protocol/packing.ts`.
 */
export const errorCode = z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]);
export const appError = z.object({ code: errorCode, params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
export const errorResponse = z.object({ error: appError });

// POST /v1/session/challenge → a challenge that is good once and for two minutes; signed by the token it opens a session
export const challengeResponse = z.object({ challenge: z.string().min(43).max(200), expiresAt: instant });
/** What the token signs (SHA-256, PKCS#1 v1.5 or ECDSA in DER): these bytes, UTF-8. The server's host stands in it, so that no other server can pass it on. */
export function challengeText(host: string, challenge: string): string {
  return `van-thu sign-in\n${host}\n${challenge}`;
}
// POST /v1/session → an opaque 32-byte token (base64url). The person acts in one unit with one role per session.
export const sessionRequest = z.union([
  z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(200) }),
  z.object({
    challenge: z.string().min(43).max(200),
    /** The server's host as this client addressed it. */
    host: z.string().min(1).max(300),
    /** DER, base64; the signer's certificate first, its issuers after it. */
    certificates: z.array(z.string().max(8192)).min(1).max(5),
    signature: z.string().max(2048),
    /** Which account, when the certificate opens several; null: the only one. */
    user: z.string().min(1).max(64).nullable(),
  }),
]);
export const sessionResponse = z.object({
  token: z.string().min(43), person, unit: organization, role, expiresAt: instant, user: z.string(),
  /** Nothing but `POST /v1/session/password` is answered until the password is another one. */
  mustChange: z.boolean(),
});
/** 409 `session.several-accounts`: the same signed challenge once more with one of these as `user`, within two minutes. */
export const accountChoice = z.object({ error: appError, accounts: z.array(z.object({ user: z.string(), person: z.string(), unit: organization, role })).min(2).max(20) });
export type AccountChoice = z.infer<typeof accountChoice>;
// POST /v1/session/password → 204; other sessions of the name end
/** The rules of a new one: `domain/password.ts`. */
export const passwordRequest = z.object({ present: z.string().min(1).max(200), next: z.string().min(1).max(200) });
// DELETE /v1/session → 204
// GET /v1/sessions → those that an administrator may see: of their unit, at the province of all. DELETE /v1/sessions/{id} → 204
export const sessionsResponse = z.object({ sessions: z.array(z.object({ id: z.string().length(16), user: z.string(), person: z.string(), unit: organization, role, openedAt: instant, expiresAt: instant })) });
// GET /v1/audit?after= → the audit from the line after this number on, as JSON lines: {seq, atMs, unit, user, action, subject, detail, hash}

// POST /v1/push: ≤ 50 commands or 32 KB. 200 when the batch was read; each command has its own answer, in order.
export const maxPushCommands = 50;
export const maxPushBytes = 32 * 1024;
/** A command without what the session says: `unit` and `actor` are left out when they are the session's own, `base` and `dependsOn` when they say nothing. */
export const pushedCommand = z
  .object({
    id: commandId, document: documentId, at: instant,
    unit: organizationCode.optional(), actor: actor.optional(), base: versions.optional(), dependsOn: commandId.nullable().optional(), byGrant: grantId.optional(),
  })
  .and(commandBody);
export type PushedCommand = z.infer<typeof pushedCommand>;
type Said = Pick<Command, 'unit' | 'actor'>;

export function toPushed(given: Command, session: Said | null): PushedCommand {
  const { unit, actor: by, base, dependsOn, ...rest } = given;
  const ours = session !== null && session.unit === unit && session.actor.person === by.person && session.actor.role === by.role && session.actor.unit === by.unit && session.actor.fullName === by.fullName;
  return {
    ...rest, ...(ours ? {} : { unit, actor: by }), ...(base.workflow === 0 && base.assignment === 0 ? {} : { base }), ...(dependsOn === null ? {} : { dependsOn }),
  };
}

export function fromPushed({ unit, actor: by, base, dependsOn, ...rest }: PushedCommand, session: Said): Command {
  return command.parse({ ...rest, unit: unit ?? session.unit, actor: by ?? session.actor, base: base ?? { workflow: 0, assignment: 0 }, dependsOn: dependsOn ?? null });
}

export const pushRequest = z.object({ commands: z.array(pushedCommand).min(1).max(maxPushCommands) });
export const commandAnswer = z.discriminatedUnion('status', [
  z.object({ id: commandId, status: z.literal('applied') }),
  z.object({ id: commandId, status: z.literal('conflict'), current: versions }),
  z.object({ id: commandId, status: z.literal('rejected'), error: appError }),
  /** Not settled yet (content missing, busy): ask again with the same id. `afterMs` ≥ 0. */
  z.object({ id: commandId, status: z.literal('retry'), afterMs: z.int().nonnegative() }),
]);
export type CommandAnswer = z.infer<typeof commandAnswer>;
export const pushResponse = z.object({ answers: z.array(commandAnswer) });

/** Why a document is not this unit's to see any more. */
export const goneReasons = ['withdrawn', 'scope'] as const;
export const goneReason = z.enum(goneReasons);
export type GoneReason = z.infer<typeof goneReason>;

/**
 * GET /v1/changes?cursor=&limit=  What the cursor had not of one document: its events from position `from` on (0: the whole document).
 * A client whose own log of it is shorter than `from` has lost something, and resyncs. Positions that it has already are replaced.
 */
export const change = z.union([
  z.object({ document: documentId, from: z.int().nonnegative(), events: z.array(logEvent).min(1) }),
  z.object({ document: documentId, gone: goneReason }),
]);
export type Change = z.infer<typeof change>;
/** `digest`: of the unit's documents where `next` stands (`protocol/digest.ts`); left out while there is more. `scope`: the unit. */
export const changesResponse = z.object({ changes: z.array(change), next: z.string(), hasMore: z.boolean(), serverTime: instant, scope: organizationCode, digest: z.string().length(32).optional() });

// GET /v1/events?cursor=  text/event-stream: `event: hint`, `data: {"scope","at"}` when the unit's feed moves and at once when the cursor is behind; a comment every 20 s. Hints only.
export const eventHint = z.object({ scope: organizationCode, at: z.int().nonnegative() });

// GET /v1/snapshot → which one to fetch. GET /v1/snapshot/{scope}/{hash}: its bytes, ranges, strong ETag. `cursor`: where the feed goes on after it.
// The bytes: frames, the newest documents first; each is four bytes (big-endian) of length and then as many of brotli over JSON lines, a `change` a line. The first frame is ≤ 8 kB.
export const snapshotInfo = z.object({ scope: organizationCode, hash: sha256, sizeBytes: z.int().nonnegative(), documents: z.int().nonnegative(), cursor: z.string(), digest: z.string().length(32) });
export type SnapshotInfo = z.infer<typeof snapshotInfo>;

// POST /v1/books/lease {book, station}: lends the book to this station, or renews. 409 when another station holds it.
export const leaseRequest = z.object({ book: bookId, station: z.string().min(8).max(64) });
/** Numbers `next`…`reserveEnd` (both inclusive) may be given out offline under `epoch`. */
export const bookLease = z.object({ book: bookId, epoch: z.int().nonnegative(), next: z.int().positive(), reserveEnd: z.int().positive() });
export type BookLease = z.infer<typeof bookLease>;
// POST /v1/books/return {book, station, epoch} → 204: the holder gives no more numbers, and another station may take it.
export const returnRequest = leaseRequest.extend({ epoch: z.int().nonnegative() });
// GET /v1/books/{book}/numbers?after=
/**
 * The book's numbers above `after`, in order, 2,000 a page. `document` null: void. `last`: the highest number that the server has seen, 0: none. `lent`: a station holds the
 * book and may have given numbers that are not here yet; a book is closed when it is not lent, with `last`.
 */
export const bookNumbers = z.object({
  book: bookId, last: z.int().nonnegative(), lent: z.boolean(), closed: z.boolean(), numbers: z.array(z.object({ number: z.int().positive(), document: documentId.nullable() })), hasMore: z.boolean(),
});
export type BookNumbers = z.infer<typeof bookNumbers>;

// GET /v1/directory?since=&after= → what changed after version `since`, in pages by code; the people of the caller's unit come with the first page.
export const directoryResponse = z.object({ version: z.int().nonnegative(), entries: z.array(directoryEntry), hasMore: z.boolean(), people: z.array(person).optional() });

// POST /v1/uploads {sha256,sizeBytes,base?} → 200 {state:'present'} | 201 {state:'open', upload, offset} and `Location: /v1/uploads/{upload}`.
// With `base` (present on the server, whose bytes are a prefix) only the tail is sent: offsets count from 0 at the tail's first byte.
export const uploadRequest = z.object({ sha256, sizeBytes: z.int().positive(), base: sha256.nullable() });
export const uploadResponse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('present') }),
  /** `lengthBytes`: how many bytes the server wants in all: the tail's when it has the base, else the whole. */
  z.object({ state: z.literal('open'), upload: z.string(), offset: z.int().nonnegative(), lengthBytes: z.int().nonnegative() }),
]);
// tus 1.0 core (Tus-Resumable: 1.0.0): HEAD /v1/uploads/{upload} → Upload-Offset. PATCH with Upload-Offset + octets → 204 Upload-Offset; 409 wrong offset.
// The PATCH that completes it hashes the whole, fsyncs and renames into place; a wrong hash answers 422 content.damaged and drops the upload.
// HEAD/GET /v1/blobs/{sha256}: strong ETag = the hash, immutable, Range. 404 when the caller's unit holds no document with it.

// POST /v1/packages: a hand-carried package (`protocol/package.ts`) as octets → what became of each of its commands. GET /v1/packages/key → whom it is sealed for.
export const packageKey = z.object({ id: z.string().length(32), publicKey: z.string().max(2048) });
export const packageResponse = z.object({ package: z.uuid(), answers: z.array(commandAnswer) });
