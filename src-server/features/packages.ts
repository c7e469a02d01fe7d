import { createHash } from 'node:crypto';
import { stationRequest } from '../../src-shared/protocol/package.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply, type ServerRequest } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session, Upload } from '../storage/port.ts';
import { readPackageKey } from './packages-keys.ts';
import { bindStation, revokeStation } from './packages-stations.ts';
import { nameOf, stageName, takePackage, type PackageParts, type TakenPackage } from './packages-take.ts';

type Limits = Pick<ServerLimits, 'contentBytes' | 'smallBodyBytes' | 'openUploadsPerUnit'>;
type Outcome = { readonly sizeBytes: number; readonly taken: TakenPackage };
type PackageCall = { readonly request: ServerRequest; readonly params: readonly string[] };

/** A piece is kept whole or not at all, so that a line cut in the middle leaves nothing half-written and nobody waiting. */
const maxPieceBytes = 1 << 20;
/** Of one package: what a desk of a few large scans needs, and no disk is filled by one person's patience. */
const packageBytes = (limits: Limits) => 4 * limits.contentBytes;

/** Every call about packages, for the server's table. */
export function packageRoutes(parts: Parameters<typeof createPackageCalls>[0]): readonly Route[] {
  const calls = createPackageCalls(parts);
  const id = /^\/v1\/packages\/([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;
  return [
    { method: 'GET', path: /^\/v1\/packages\/key$/, name: 'package-key', handle: calls.key },
    { method: 'POST', path: /^\/v1\/packages\/station$/, name: 'package-station', handle: calls.bind },
    { method: 'DELETE', path: /^\/v1\/packages\/station\/([0-9a-f]{32})$/, name: 'package-station-end', handle: calls.revoke },
    { method: 'POST', path: /^\/v1\/packages$/, name: 'packages', handle: calls.whole },
    { method: 'HEAD', path: id, name: 'package-head', handle: calls.head },
    { method: 'PATCH', path: id, name: 'package-patch', handle: calls.patch },
    { method: 'POST', path: id, name: 'package-take', handle: calls.take },
  ];
}

/** Packages carried by hand, brought in over somebody's line. Who carries reads nothing of it; the commands are their author's. */
export function createPackageCalls(parts: Omit<PackageParts, 'limits'> & { readonly limits: Limits }) {
  const { storage, content, limits, now, randomBytes } = parts;
  const tooLarge = () => refuse({ code: 'upload.too-large', params: { limit: packageBytes(limits) / (1 << 20) } });
  const offsetHeaders = (offset: number) => ({ 'upload-offset': offset });
  // one piece of a package after the other, on this node; between nodes the offset decides
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const done = (turns.get(id) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => undefined).finally(() => {
      if (turns.get(id) === settled) turns.delete(id);
    });
    turns.set(id, settled);
    return done;
  }

  /** Each carrier's own copy: nobody can spoil another's. */
  const stageOf = ({ user }: Session, id: string) => stageName(createHash('sha256').update(`${user}\n${id}`).digest());

  /** Null: the unit has too much under way. */
  async function openStage(session: Session, id: string): Promise<Upload | null> {
    const unit = session.unit.code;
    const bytes = packageBytes(limits);
    return storage.transaction(async (tx) => {
      const known = await tx.uploads.find(id, unit);
      if (known !== null) return known;
      if ((await tx.uploads.count(unit)) >= limits.openUploadsPerUnit) return null;
      const upload: Upload = { id, unit, sha256: nameOf(id), sizeBytes: bytes, base: null, lengthBytes: bytes };
      await tx.uploads.create(upload, now());
      return upload;
    });
  }

  async function dropStage(id: string): Promise<void> {
    await content.drop(id);
    await storage.transaction((tx) => tx.uploads.drop(id));
  }

  const tooMany = () => refuse({ code: 'server.busy' }, { 'retry-after': 60 }, 429);

  async function takeStaged(session: Session, id: string): Promise<Reply> {
    const sizeBytes = await content.receivedBytes(id);
    const taken = await takePackage(parts, { sizeBytes, read: (start, end) => content.readReceived(id, start, end) }, { user: session.user, unit: session.unit.code });
    if (taken.ok && taken.value.answers.every(({ status }) => status !== 'retry')) await keepOutcome(session, id, { sizeBytes, taken: taken.value });
    // in order or not, it is done with: what was damaged on the way is sent anew from its beginning
    await dropStage(id);
    return taken.ok ? json(200, answerFor(session, taken.value)) : refuse(taken.error);
  }

  // when the answer is lost on the way, the package need not cross the line again to hear it; swept with old uploads
  const outcomeOf = (id: string) => `${id}-outcome`;

  async function keepOutcome({ unit }: Session, stage: string, outcome: Outcome): Promise<void> {
    const id = outcomeOf(stage);
    const bytes = Buffer.from(JSON.stringify(outcome));
    await storage.transaction(async (tx) => {
      await tx.uploads.drop(id);
      await tx.uploads.create({ id, unit: unit.code, sha256: nameOf(id), sizeBytes: bytes.length, base: null, lengthBytes: bytes.length }, now());
    });
    await content.drop(id);
    await content.receive(id, 0, bytes.length, one(bytes), () => undefined);
  }

  async function findOutcome(session: Session, stage: string): Promise<Outcome | null> {
    const id = outcomeOf(stage);
    const known = await storage.read(async (tx) => await tx.uploads.find(id, session.unit.code));
    const length = known === null ? 0 : await content.receivedBytes(id);
    // written down half when the power went: as if it had not been
    if (known === null || length !== known.lengthBytes) return null;
    const pieces: Uint8Array[] = [];
    for await (const piece of content.readReceived(id, 0, length - 1)) pieces.push(piece);
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Outcome;
  }

  return {
    /** GET /v1/packages/key */
    key: async (): Promise<Reply> => json(200, await readPackageKey(storage)),
    /** POST /v1/packages/station */
    bind: async ({ request }: PackageCall, session: Session): Promise<Reply> => {
      const body = await readJson(request, stationRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      const bound = await bindStation(storage, session, body.value, now());
      return 'signer' in bound ? json(200, bound) : refuse(bound);
    },
    /** DELETE /v1/packages/station/{signer}: by its person, or an administrator of the unit. */
    revoke: async ({ params }: PackageCall, session: Session): Promise<Reply> => {
      const may = await revokeStation(storage, params[0] ?? '', now(), (station) => station.unit === session.unit.code && (station.user === session.user || session.role === 'administrator'));
      return may ? { status: 204 } : refuse({ code: 'not-found', params: { what: '' } });
    },
    /** POST /v1/packages: all of it at once. */
    whole: async ({ request }: PackageCall, session: Session): Promise<Reply> => {
      if (Number(request.headers['content-length'] ?? 0) > packageBytes(limits)) return tooLarge();
      const id = stageName(randomBytes(24));
      if ((await openStage(session, id)) === null) return tooMany();
      try {
        const received = await content.receive(id, 0, packageBytes(limits), request.body, () => undefined);
        if (received.tooLong) {
          await dropStage(id);
          return tooLarge();
        }
      } catch (error) {
        await dropStage(id);
        throw error;
      }
      return takeStaged(session, id);
    },
    /** HEAD /v1/packages/{id}: how much of it is here from this person. */
    head: async ({ params }: PackageCall, session: Session): Promise<Reply> => {
      const id = stageOf(session, params[0] ?? '');
      const known = await storage.read(async (tx) => await tx.uploads.find(id, session.unit.code));
      const outcome = await findOutcome(session, id);
      return { status: 200, headers: offsetHeaders(outcome?.sizeBytes ?? (known === null ? 0 : await content.receivedBytes(id))) };
    },
    /** PATCH /v1/packages/{id} */
    patch: async ({ request, params }: PackageCall, session: Session): Promise<Reply> => {
      if (request.headers['content-type'] !== 'application/offset+octet-stream') return refuse({ code: 'input.invalid', params: { where: 'content-type' } });
      const given = readOffset(request.headers['upload-offset']);
      if (given === null) return refuse({ code: 'input.invalid', params: { where: 'upload-offset' } });
      const piece = await readPiece(request);
      if (piece === null) return refuse({ code: 'upload.too-large', params: { limit: maxPieceBytes / (1 << 20) } });
      const id = stageOf(session, params[0] ?? '');
      return inTurn(id, async () => {
        const outcome = await findOutcome(session, id);
        if (outcome === null && (await openStage(session, id)) === null) return tooMany();
        const offset = outcome?.sizeBytes ?? (await content.receivedBytes(id));
        if (outcome !== null || given !== offset) return refuse({ code: 'upload.offset', params: { offset } }, offsetHeaders(offset));
        const received = await content.receive(id, offset, packageBytes(limits), one(piece), () => undefined);
        if (!received.tooLong) return { status: 204, headers: offsetHeaders(received.offset) };
        await dropStage(id);
        return tooLarge();
      });
    },
    /** POST /v1/packages/{id}: all pieces are there. */
    take: async ({ params }: PackageCall, session: Session): Promise<Reply> => {
      const id = stageOf(session, params[0] ?? '');
      return inTurn(id, async () => {
        const outcome = await findOutcome(session, id);
        if (outcome !== null) return json(200, answerFor(session, outcome.taken));
        const known = await storage.read(async (tx) => await tx.uploads.find(id, session.unit.code));
        return known === null ? refuse({ code: 'not-found', params: { what: 'package' } }) : takeStaged(session, id);
      });
    },
  };
}

/** Who carries for another unit learns that it was done, and not what it was about. */
function answerFor(session: Session, { id, unit, answers }: TakenPackage): { readonly package: string; readonly answers: readonly CommandAnswer[] } {
  const own = unit === session.unit.code;
  return { package: id, answers: own ? answers : answers.map((answer) => (answer.status === 'rejected' ? { ...answer, error: { code: answer.error.code } } : answer)) };
}

function readOffset(header: string | undefined): number | null {
  const offset = /^\d{1,15}$/.test(header ?? '') ? Number(header) : Number.NaN;
  return Number.isSafeInteger(offset) ? offset : null;
}

/** Null: it is larger than a piece may be, and the rest is not read. */
async function readPiece(request: ServerRequest): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxPieceBytes) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    if (size > maxPieceBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
