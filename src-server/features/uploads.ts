import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { uploadRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/reply.ts';
import type { Call } from '../http/router.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session } from '../storage/accounts.ts';
import type { Storage } from '../storage/storage.ts';
import type { Upload } from '../storage/uploads.ts';

/** `movedAt`: when its last byte was written, on the process's own clock. */
type Running = { readonly stop: () => void; readonly done: Promise<unknown>; movedAt: number };

/** An old request that still brings bytes is let finish: they have crossed the line and need not cross it again. */
const quietMs = 250;
const patienceMs = 5000;

/** Content on its way up. Bytes go straight to a file; what has arrived stays, whoever cut the line. */
export function createUploadCalls(storage: Storage, limits: ServerLimits, now: () => number) {
  const running = new Map<string, Running>();

  const offsetHeaders = (upload: Upload) => ({ 'upload-offset': storage.content.receivedBytes(upload.id), 'upload-length': upload.lengthBytes });
  const notFound = () => refuse({ code: 'not-found', params: { what: 'upload' } });

  /** A cut line may leave the old PATCH hanging half open: the client's next call ends it, so that the offset it is told stands still. */
  async function takeOver(id: string): Promise<void> {
    const since = performance.now();
    for (let previous = running.get(id); previous !== undefined; previous = running.get(id)) {
      const now = performance.now();
      if (now - previous.movedAt >= quietMs || now - since >= patienceMs) {
        previous.stop();
        await previous.done;
      } else await Promise.race([previous.done, delay(quietMs / 5)]);
    }
  }

  function exclusively<T>(id: string, stop: () => void, work: (mine: Pick<Running, 'movedAt'>) => Promise<T>): Promise<T> {
    const movement = { movedAt: performance.now() };
    const done = work(movement).finally(() => {
      if (running.get(id) === mine) running.delete(id);
    });
    const mine: Running = Object.assign(movement, { stop, done: done.catch(() => undefined) });
    running.set(id, mine);
    return done;
  }

  async function complete(upload: Upload): Promise<boolean> {
    const right = await storage.content.finish(upload.id, upload.sha256, upload.base);
    if (right) storage.uploads.complete(upload);
    else storage.uploads.drop(upload.id);
    return right;
  }

  async function receive(request: IncomingMessage, upload: Upload, movement: Pick<Running, 'movedAt'>): Promise<Reply> {
    const start = storage.content.receivedBytes(upload.id);
    const given = Number(request.headers['upload-offset'] ?? Number.NaN);
    if (given !== start) return refuse({ code: 'upload.offset', params: { offset: start } }, offsetHeaders(upload));
    const handle = await storage.content.openUpload(upload.id);
    let offset = start;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        if (offset + chunk.length > upload.lengthBytes) return refuse({ code: 'input.invalid', params: { where: 'length' } }, offsetHeaders(upload));
        await handle.write(chunk, 0, chunk.length, offset);
        offset += chunk.length;
        movement.movedAt = performance.now();
      }
    } finally {
      await handle.close();
    }
    if (offset === upload.lengthBytes && !(await complete(upload))) return refuse({ code: 'content.damaged' });
    return { status: 204, headers: { 'upload-offset': offset, 'upload-length': upload.lengthBytes } };
  }

  return {
    /** POST /v1/uploads */
    open: async (request: IncomingMessage, session: Session): Promise<Reply> => {
      const body = await readJson(request, uploadRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      const { sha256, sizeBytes, base } = body.value;
      const unit = session.unit.code;
      if (sizeBytes > limits.contentBytes) return refuse({ code: 'upload.too-large', params: { limit: limits.contentBytes / (1 << 20) } });
      // "present" only to a unit that has shown the bytes or was sent them: a hash alone opens nothing
      if (storage.mayName(unit, sha256)) return json(200, { state: 'present' });

      const baseSize = base !== null && storage.mayName(unit, base) ? (storage.content.findSize(base) ?? 0) : 0;
      const usableBase = baseSize > 0 && baseSize < sizeBytes ? base : null;
      let upload = storage.uploads.findByContent(unit, sha256);
      // asked anew with another size or base (a tail that did not fit is sent again whole)
      if (upload !== null && (upload.size !== sizeBytes || upload.base !== usableBase)) {
        await takeOver(upload.id);
        storage.uploads.drop(upload.id);
        await storage.content.dropUpload(upload.id);
        upload = null;
      }
      if (upload !== null) {
        await takeOver(upload.id);
        // the process ended between the last byte and the name
        if (storage.content.receivedBytes(upload.id) === upload.lengthBytes && storage.uploads.find(upload.id, unit) !== null) {
          const whole = upload;
          if (await exclusively(whole.id, () => undefined, () => complete(whole))) return json(200, { state: 'present' });
          upload = null;
        } else if (storage.mayName(unit, sha256)) return json(200, { state: 'present' });
      }
      if (upload === null && storage.uploads.count(unit) >= limits.openUploadsPerUnit) {
        return refuse({ code: 'input.invalid', params: { where: 'uploads' } }, { 'retry-after': 60 }, 429);
      }
      const open = upload ?? storage.uploads.create({ unit, sha256, size: sizeBytes, base: usableBase, lengthBytes: usableBase === null ? sizeBytes : sizeBytes - baseSize }, now());
      return json(201, { state: 'open', upload: open.id, offset: storage.content.receivedBytes(open.id), lengthBytes: open.lengthBytes });
    },
    /** HEAD /v1/uploads/{upload} */
    head: async ({ params }: Call, session: Session): Promise<Reply> => {
      const id = params[0] ?? '';
      if (storage.uploads.find(id, session.unit.code) === null) return { status: 404 };
      await takeOver(id);
      const upload = storage.uploads.find(id, session.unit.code);
      return upload === null ? { status: 404 } : { status: 200, headers: offsetHeaders(upload) };
    },
    /** PATCH /v1/uploads/{upload} */
    patch: async ({ request, params }: Call, session: Session): Promise<Reply> => {
      const id = params[0] ?? '';
      if (request.headers['content-type'] !== 'application/offset+octet-stream') return refuse({ code: 'input.invalid', params: { where: 'content-type' } });
      if (storage.uploads.find(id, session.unit.code) === null) return notFound();
      await takeOver(id);
      // it may have been completed or dropped by the one that was just ended
      const upload = storage.uploads.find(id, session.unit.code);
      if (upload === null) return notFound();
      return exclusively(id, () => request.destroy(), (movement) => receive(request, upload, movement));
    },
  };
}
