import { z } from 'zod';
import { figuresResponse, publicFigures } from './figures.ts';
import { stationRequest, stationResponse } from './package.ts';
import { updateAnswer } from './update.ts';
import {
  accountChoice, changesResponse, challengeResponse, directoryResponse, errorResponse, eventHint, leaseRequest, bookLease, bookNumbers, packageKey, packageResponse, passwordRequest, pushRequest, pushResponse,
  returnRequest, sessionRequest, sessionResponse, sessionsResponse, snapshotInfo, uploadRequest, uploadResponse,
} from './wire.ts';

/** What travels as a body: a schema, octets, or a stream of hints. */
export type ApiBody = z.ZodType | 'octets' | 'hints' | null;

/**
 * One call of the wire, as `docs/openapi.json` tells it. `path` is a template; `query` and `headers` are what the call reads besides.
 * `refusals`: statuses with an `errorResponse` besides the general ones (400, 401, 403, 429, 503).
 */
export type ApiCall = {
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly open?: true;
  readonly summary: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly request: ApiBody;
  readonly answers: Readonly<Record<number, { readonly what: string; readonly body: ApiBody; readonly headers?: Readonly<Record<string, string>> }>>;
  readonly refusals?: readonly number[];
};

const range = { range: 'bytes=from-[to]', 'if-range': 'the ETag; another one is answered by the whole' };
const tus = { 'tus-resumable': '1.0.0' };

/** Every call that a desk makes. `test/server/api.test.ts` holds it against the server's own table. */
export const apiCalls: readonly ApiCall[] = [
  { name: 'session-challenge', method: 'POST', path: '/v1/session/challenge', open: true, summary: 'A challenge for a token to sign, good once and for two minutes.', request: null, answers: { 200: { what: 'the challenge', body: challengeResponse } } },
  { name: 'session', method: 'POST', path: '/v1/session', open: true, summary: 'Opens a session with a password or with a signed challenge: one person, one unit, one role.', request: sessionRequest, answers: { 200: { what: 'the token and whom it speaks for', body: sessionResponse }, 409: { what: 'the certificate opens several accounts: the same again with one of them', body: accountChoice } }, refusals: [429] },
  { name: 'session-password', method: 'POST', path: '/v1/session/password', summary: 'Changes the password; other sessions of the name end.', request: passwordRequest, answers: { 204: { what: 'changed', body: null } } },
  { name: 'session-end', method: 'DELETE', path: '/v1/session', summary: 'Ends this session and no other.', request: null, answers: { 204: { what: 'ended', body: null } } },
  { name: 'sessions', method: 'GET', path: '/v1/sessions', summary: 'Open sessions of the unit, at the province of all units. Administrators only.', request: null, answers: { 200: { what: 'the newest first', body: sessionsResponse } } },
  { name: 'sessions-end', method: 'DELETE', path: '/v1/sessions/{id}', summary: 'Ends one of them.', request: null, answers: { 204: { what: 'ended', body: null } }, refusals: [404] },
  { name: 'audit', method: 'GET', path: '/v1/audit', summary: 'The audit as JSON lines, each chained to the one before. Administrators of the province’s own unit only.', query: { after: 'the number of the last line that is there; left out: from the first' }, request: null, answers: { 200: { what: 'application/x-ndjson', body: 'octets' } } },
  { name: 'push', method: 'POST', path: '/v1/push', summary: 'Up to 50 commands or 32 KB. Each has its own answer, in order; the same id again has the first answer.', request: pushRequest, answers: { 200: { what: 'the batch was read', body: pushResponse } }, refusals: [413] },
  {
    name: 'changes', method: 'GET', path: '/v1/changes', summary: 'What the cursor had not.', query: { cursor: 'opaque, from the page before; left out: from the beginning', limit: 'at most so many documents' },
    request: null, answers: { 200: { what: 'a page', body: changesResponse } }, refusals: [410],
  },
  { name: 'events', method: 'GET', path: '/v1/events', summary: 'Hints that the feed moved (text/event-stream). Losing one loses nothing.', query: { cursor: 'where the desk stands' }, request: null, answers: { 200: { what: 'events named hint', body: 'hints' } } },
  { name: 'snapshot', method: 'GET', path: '/v1/snapshot', summary: 'Which snapshot of the unit to fetch.', query: { cursor: 'where the desk stands: none from before it' }, request: null, answers: { 200: { what: 'its name, size and cursor', body: snapshotInfo } } },
  { name: 'snapshot-bytes', method: 'GET', path: '/v1/snapshot/{scope}/{hash}', summary: 'The snapshot: frames of brotli, the newest documents first.', headers: range, request: null, answers: { 200: { what: 'all of it', body: 'octets' }, 206: { what: 'the range', body: 'octets' } }, refusals: [404, 416] },
  { name: 'lease', method: 'POST', path: '/v1/books/lease', summary: 'Lends a book to this station, or renews it, with a reserve of numbers.', request: leaseRequest, answers: { 200: { what: 'the lease', body: bookLease } }, refusals: [409] },
  { name: 'book-return', method: 'POST', path: '/v1/books/return', summary: 'Gives a book back.', request: returnRequest, answers: { 204: { what: 'given back', body: null } }, refusals: [409] },
  {
    name: 'book-numbers', method: 'GET', path: '/v1/books/{unit}/{year}/{register}/numbers', summary: 'Which numbers of a book of the unit are given, to which document, and which are void. Clerks and leaders.', query: { after: 'the last number of the page before; left out: from the first' },
    request: null, answers: { 200: { what: 'a page', body: bookNumbers } }, refusals: [404],
  },
  { name: 'directory', method: 'GET', path: '/v1/directory', summary: 'Offices that changed after a version, in pages; the people of the unit with the first.', query: { since: 'a version, 0 at first', after: 'the last code of the page before' }, request: null, answers: { 200: { what: 'a page', body: directoryResponse } } },
  { name: 'trust', method: 'GET', path: '/v1/trust', summary: 'The province’s list of trusted certificates (docs/adr/0017).', headers: { 'if-none-match': 'the ETag of the list that is here' }, request: null, answers: { 200: { what: 'list and signature', body: z.object({ list: z.string(), signature: z.string().nullable() }) }, 304: { what: 'nothing newer', body: null } }, refusals: [404] },
  { name: 'upload-options', method: 'OPTIONS', path: '/v1/uploads', summary: 'What of tus 1.0 is spoken.', request: null, answers: { 204: { what: 'Tus-Version, Tus-Extension, Tus-Max-Size', body: null } } },
  {
    name: 'upload-open', method: 'POST', path: '/v1/uploads', summary: 'Asks to send a content; with a base that the server has, its tail alone.', request: uploadRequest,
    answers: { 200: { what: 'it is there already', body: uploadResponse }, 201: { what: 'where to send it', body: uploadResponse, headers: { location: '/v1/uploads/{upload}' } } }, refusals: [413, 423],
  },
  { name: 'upload-head', method: 'HEAD', path: '/v1/uploads/{upload}', summary: 'tus 1.0: how far it is.', headers: tus, request: null, answers: { 200: { what: 'Upload-Offset, Upload-Length', body: null } }, refusals: [404] },
  {
    name: 'upload-patch', method: 'PATCH', path: '/v1/uploads/{upload}', summary: 'tus 1.0: the next bytes. The last ones have the whole hashed, made durable and named.', headers: { ...tus, 'upload-offset': 'where these begin', 'content-type': 'application/offset+octet-stream' },
    request: 'octets', answers: { 204: { what: 'Upload-Offset', body: null } }, refusals: [404, 409, 413, 422, 423],
  },
  { name: 'blob', method: 'GET', path: '/v1/blobs/{sha256}', summary: 'A content of a document of this unit; immutable, strong ETag.', headers: range, request: null, answers: { 200: { what: 'all of it', body: 'octets' }, 206: { what: 'the range', body: 'octets' } }, refusals: [404, 416] },
  { name: 'blob-head', method: 'HEAD', path: '/v1/blobs/{sha256}', summary: 'Whether it is there, and its size.', request: null, answers: { 200: { what: 'Content-Length, ETag', body: null } }, refusals: [404] },
  { name: 'package-key', method: 'GET', path: '/v1/packages/key', summary: 'Whom a hand-carried package is sealed for.', request: null, answers: { 200: { what: 'the key', body: packageKey } } },
  { name: 'packages', method: 'POST', path: '/v1/packages', summary: 'Brings a hand-carried package in.', request: 'octets', answers: { 200: { what: 'what became of each of its commands', body: packageResponse } }, refusals: [413, 422] },
  { name: 'package-head', method: 'HEAD', path: '/v1/packages/{id}', summary: 'How much of a package is here from this person.', request: null, answers: { 200: { what: 'Upload-Offset', body: null } } },
  { name: 'package-patch', method: 'PATCH', path: '/v1/packages/{id}', summary: 'The next piece of a package, at most 1 MiB; kept whole or not at all.', headers: { 'upload-offset': 'where it begins', 'content-type': 'application/offset+octet-stream' }, request: 'octets', answers: { 204: { what: 'Upload-Offset', body: null } }, refusals: [409, 413] },
  { name: 'package-take', method: 'POST', path: '/v1/packages/{id}', summary: 'All pieces are there: takes the package in.', request: null, answers: { 200: { what: 'what became of each of its commands', body: packageResponse } }, refusals: [404, 413, 422] },
  { name: 'package-station', method: 'POST', path: '/v1/packages/station', summary: 'What this key has signed is this account’s from now on.', request: stationRequest, answers: { 200: { what: 'the name that packages call the key by', body: stationResponse } }, refusals: [422] },
  { name: 'package-station-end', method: 'DELETE', path: '/v1/packages/station/{signer}', summary: 'Packages of this key are refused from now on; by its person or an administrator of the unit.', request: null, answers: { 204: { what: 'refused from now on', body: null } }, refusals: [404] },
  {
    name: 'update-release', method: 'GET', path: '/v1/updates/release', summary: 'The version of the program that this desk is to have, with its publisher’s signatures (docs/adr/0031).',
    query: { station: 'the installation’s name, for its turn', installed: 'its version', channel: 'latest or beta', platform: 'win32-x64, win32-ia32 or linux-x64' }, headers: { 'if-none-match': 'the ETag of the one that is here' }, request: null, answers: { 200: { what: 'a signed manifest, or null', body: updateAnswer }, 304: { what: 'the one that is here', body: null } }, refusals: [404],
  },
  {
    name: 'figures', method: 'GET', path: '/v1/figures', summary: 'The unit’s figures beside the average of all units; every unit by itself for the province and its readers.',
    query: { from: 'yyyy-mm; left out: as to', to: 'yyyy-mm; left out: the month that runs', unit: 'another unit, for whoever sees them all' }, request: null, answers: { 200: { what: 'the figures, and the twelve months up to the last', body: figuresResponse } }, refusals: [404],
  },
  { name: 'figures-public', method: 'GET', path: '/v1/figures/public', open: true, summary: 'Counts of all units together in the twelve months that are over, where the province has them told to anybody.', request: null, answers: { 200: { what: 'counts by month', body: publicFigures } }, refusals: [404] },
  { name: 'update-yml', method: 'GET', path: '/v1/updates/latest.yml', summary: 'The same as electron-updater’s generic provider asks for it; beta.yml and -linux.yml besides.', query: { station: 'as above; without it stagingPercentage decides', installed: 'as above', arch: 'ia32' }, request: null, answers: { 200: { what: 'text/yaml', body: 'octets' }, 304: { what: 'nothing newer', body: null } }, refusals: [404] },
  { name: 'update-file', method: 'GET', path: '/v1/updates/{file}', summary: 'An installer, or its .blockmap; immutable, strong ETag.', headers: range, request: null, answers: { 200: { what: 'all of it', body: 'octets' }, 206: { what: 'the range', body: 'octets' } }, refusals: [404, 416] },
];

export { errorResponse, eventHint };
