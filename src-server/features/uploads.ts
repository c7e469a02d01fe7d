import type { OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import { uploadRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply, type ServerRequest } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session, Tx, Upload } from '../storage/port.ts';
import { randomUuid } from './canonical.ts';
import type { Deps } from './deps.ts';
import { readQuota } from './quota.ts';
import { createTurns, type Turn } from './upload-turns.ts';

const tus = { 'tus-resumable': '1.0.0' } as const;

/** Content on its way up (tus 1.0, core). Bytes go straight to the content store; what has arrived stays, whoever cut the line. */
export function createUploadCalls(deps: Deps) {
  const { storage, content, limits, now, randomBytes } = deps;
  const turns = createTurns(deps);

  const offsetHeaders = async (upload: Upload) => ({ ...tus, 'upload-offset': await content.receivedBytes(upload.id), 'upload-length': upload.lengthBytes, 'cache-control': 'no-store' });
  const notFound = () => refuse({ code: 'not-found', params: { what: 'upload' } }, tus);
  // 423 as other servers of tus say it: this upload waits, and nothing else of the desk does
  const busy = () => refuse({ code: 'upload.elsewhere' }, { ...tus, 'retry-after': Math.ceil(limits.uploadClaimMs / 1000) });
  const find = (id: string, session: Session) => storage.read((tx) => tx.uploads.find(id, session.unit.code));

  async function complete(upload: Upload): Promise<boolean> {
    const right = await content.finish(upload.id, upload.sha256, upload.base);
    await storage.transaction((tx) => (right ? tx.uploads.complete(upload) : tx.uploads.drop(upload.id)));
    if (right) await content.drop(upload.id);
    return right;
  }

  async function drop(upload: Upload): Promise<void> {
    await storage.transaction((tx) => tx.uploads.drop(upload.id));
    await content.drop(upload.id);
  }

  async function receive(request: ServerRequest, upload: Upload, turn: Turn): Promise<Reply> {
    const start = await content.receivedBytes(upload.id);
    const given = request.headers['upload-offset'] ?? '';
    if (!/^\d{1,15}$/.test(given) || Number(given) !== start) return refuse({ code: 'upload.offset', params: { offset: start } }, await offsetHeaders(upload));
    const { offset, tooLong } = await content.receive(upload.id, start, upload.lengthBytes, turn.guard(request.body), turn.moved);
    if (tooLong) return refuse({ code: 'input.invalid', params: { where: 'length' } }, await offsetHeaders(upload));
    if (offset === upload.lengthBytes && !(await turn.hold(() => complete(upload)))) return refuse({ code: 'content.damaged' }, tus);
    return { status: 204, headers: { ...tus, 'upload-offset': offset, 'upload-length': upload.lengthBytes } };
  }

  /** What the unit has of it and may build on. `base` null: none that can be used. */
  async function look(tx: Tx, unit: OrganizationCode, sha256: Sha256, base: Sha256 | null) {
    return {
      quota: await readQuota(tx, unit, limits), mayName: await tx.uploads.mayName(unit, sha256), base: base !== null && (await tx.uploads.mayName(unit, base)) ? base : null,
      upload: await tx.uploads.findByContent(unit, sha256), open: await tx.uploads.count(unit),
    };
  }

  return {
    /** OPTIONS /v1/uploads */
    options: async (_: Call, session: Session): Promise<Reply> => {
      const quota = await storage.read((tx) => readQuota(tx, session.unit.code, limits));
      return { status: 204, headers: { ...tus, 'tus-version': '1.0.0', 'tus-max-size': quota } };
    },
    /** POST /v1/uploads */
    open: async ({ request }: Call, session: Session): Promise<Reply> => {
      const body = await readJson(request, uploadRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error, tus);
      const { sha256, sizeBytes, base } = body.value;
      const unit = session.unit.code;
      const here = await storage.read((tx) => look(tx, unit, sha256, base));
      if (sizeBytes > here.quota) return refuse({ code: 'upload.too-large', params: { limit: here.quota / (1 << 20) } }, tus);
      const present = (): Reply => ({ ...json(200, { state: 'present' }), headers: tus });
      // "present" only to a unit that has shown the bytes or was sent them: a hash alone opens nothing
      if (here.mayName && (await content.findSize(sha256)) === sizeBytes) return present();

      const baseSize = here.base === null ? 0 : ((await content.findSize(here.base)) ?? 0);
      const usable = baseSize > 0 && baseSize < sizeBytes ? here.base : null;
      let { upload } = here;
      // asked anew with another size or base (a tail that did not fit is sent again whole)
      if (upload !== null && (upload.sizeBytes !== sizeBytes || upload.base !== usable)) {
        await turns.takeOver(upload.id);
        await drop(upload);
        upload = null;
      }
      if (upload !== null) {
        const whole = upload;
        await turns.takeOver(whole.id);
        upload = await find(whole.id, session);
        if (upload === null) {
          if (await storage.read((tx) => tx.uploads.mayName(unit, sha256))) return present();
        } else if ((await content.receivedBytes(whole.id)) === whole.lengthBytes) {
          // the process ended between the last byte and the name
          const done = await turns.take(whole.id, () => undefined, (turn) => turn.hold(() => complete(whole)));
          if (done === 'taken') return busy();
          if (done) return present();
          upload = null;
        }
      }
      if (upload === null) {
        if (here.open >= limits.openUploadsPerUnit) return refuse({ code: 'server.busy' }, { ...tus, 'retry-after': 60 }, 429);
        const fresh: Upload = { id: randomUuid(randomBytes), unit, sha256, sizeBytes, base: usable, lengthBytes: usable === null ? sizeBytes : sizeBytes - baseSize };
        upload = await storage.transaction(async (tx) => {
          await tx.uploads.create(fresh, now());
          return tx.uploads.findByContent(unit, sha256);
        });
      }
      if (upload === null) return busy();
      return {
        ...json(201, { state: 'open', upload: upload.id, offset: await content.receivedBytes(upload.id), lengthBytes: upload.lengthBytes }),
        headers: { ...tus, location: `/v1/uploads/${upload.id}` },
      };
    },
    /** HEAD /v1/uploads/{upload} */
    head: async ({ params }: Call, session: Session): Promise<Reply> => {
      const id = params[0] ?? '';
      if ((await find(id, session)) === null) return { status: 404, headers: tus };
      await turns.takeOver(id);
      const upload = await find(id, session);
      return upload === null ? { status: 404, headers: tus } : { status: 200, headers: await offsetHeaders(upload) };
    },
    /** PATCH /v1/uploads/{upload} */
    patch: async ({ request, params }: Call, session: Session): Promise<Reply> => {
      const id = params[0] ?? '';
      const version = request.headers['tus-resumable'] ?? '1.0.0';
      if (version !== '1.0.0') return refuse({ code: 'input.invalid', params: { where: 'tus-resumable' } }, { ...tus, 'tus-version': '1.0.0' }, 412);
      if (request.headers['content-type'] !== 'application/offset+octet-stream') return refuse({ code: 'input.invalid', params: { where: 'content-type' } }, tus, 415);
      if ((await find(id, session)) === null) return notFound();
      await turns.takeOver(id);
      // it may have been completed or dropped by the one that was just ended
      const upload = await find(id, session);
      if (upload === null) return notFound();
      const reply = await turns.take(id, request.destroy, (turn) => receive(request, upload, turn));
      return reply === 'taken' ? busy() : reply;
    },
  };
}
