import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import type { ReadOutcome } from '../../src-shared/edxml/reader.ts';
import { writePackage, writeStatus, type WriteOptions } from '../../src-shared/edxml/writer.ts';
import { packageFromDocument, statusFromNotice } from '../../src-server/gateway/exchange.ts';
import type { OutgoingDocument, StatusNotice } from '../../src-server/gateway/exchange-types.ts';
import type { AxisSettings } from '../../src-server/gateway/open.ts';
import { gather, readBytes } from '../edxml/support/read.ts';
import type { Backend } from '../storage/backends.ts';
import { openRound } from './desks.ts';
import { commune, tempDir } from './office.ts';

/** Offices beyond this server. */
export const government: Organization = { code: organizationCode.parse('G22'), name: 'Văn phòng Chính phủ' };
export const neighbour: Organization = { code: organizationCode.parse('H14.05.02'), name: 'UBND xã Hòa Sơn' };

export const pdf = Buffer.from(`%PDF-1.7\n${'Nội dung văn bản. '.repeat(400)}\n%%EOF\n`);

export function folderSettings(dir: string): AxisSettings {
  return { units: ['H48'], pollSeconds: 0.05, retrySeconds: [0.05, 0.2], channel: { kind: 'folder', dir, settleSeconds: 0 } };
}

/** What an office beyond this server sends us. */
export function letter(change: Partial<OutgoingDocument> = {}, bytes: Uint8Array = pdf): OutgoingDocument {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    documentId: `G22,2026/11/20,${randomUUID().slice(0, 8)}/VPCP`, title: 'V/v báo cáo kết quả chuyển đổi số', kindName: 'Công văn', number: '05', notation: 'VPCP-TTĐT', issuedOn: '2026-11-20', place: 'Hà Nội',
    signer: { capacity: 'TL. BỘ TRƯỞNG', position: 'Cục trưởng', fullName: 'Nguyễn Văn A' }, urgency: '2', dueOn: null, pages: null, toPlaces: [], replies: [], business: '0', reason: null, updates: null, replaces: [],
    staff: null, from: government, to: [commune], sentAt: '2026-11-20T03:00:00.000Z', files: [{ sha256, name: 'Công văn 5.pdf', sizeBytes: bytes.length }], ...change,
  };
}

export async function packageOf(document: OutgoingDocument, bytes: Uint8Array = pdf, signing: Pick<WriteOptions, 'signing'> = {}): Promise<Buffer> {
  const mapped = packageFromDocument(document, async function* () {
    yield await Promise.resolve(bytes);
  });
  if (!mapped.ok) throw new Error(mapped.refusal.reason);
  return gather(writePackage(mapped.value, { columns: 76, ...signing }));
}

export async function statusOf(notice: StatusNotice): Promise<Buffer> {
  const mapped = statusFromNotice(notice);
  if (!mapped.ok) throw new Error(mapped.refusal.reason);
  return gather(writeStatus(mapped.value));
}

export type Sent = { readonly name: string; readonly message: Extract<ReadOutcome, { readonly ok: true }>['message']; readonly signature: Extract<ReadOutcome, { readonly ok: true }>['signature']; readonly files: readonly Buffer[] };
export type Box = ReturnType<typeof boxAt>;

/** The two drop boxes as whoever runs the line to the axis sees them. */
export function boxAt(dir: string) {
  const list = async (folder: string): Promise<readonly string[]> => (await readdir(path.join(dir, folder)).catch(() => [] as string[])).filter((name) => name.endsWith('.edxml')).toSorted();
  async function until<Value>(what: string, look: () => Promise<Value | null | false>): Promise<Value> {
    for (let left = 800; left > 0; left -= 1) {
      const found = await look();
      if (found !== null && found !== false) return found;
      await pause(25);
    }
    throw new Error(`never: ${what}`);
  }
  async function put(name: string, bytes: Uint8Array): Promise<void> {
    // the folder is there once the server has begun
    await until('a folder to put into', async () => (await readdir(path.join(dir, 'in')).catch(() => null)) !== null);
    await writeFile(path.join(dir, 'in', `.${name}.part`), bytes);
    await rename(path.join(dir, 'in', `.${name}.part`), path.join(dir, 'in', `${name}.edxml`));
  }
  return {
    dir, list, until, put,
    /** Until the server is through with it; in which folder it lies then. */
    taken: async (name: string, bytes: Uint8Array): Promise<'done' | 'bad'> => {
      await put(name, bytes);
      return until(`${name} taken`, async () => ((await list('done')).includes(`${name}.edxml`) ? 'done' : (await list('bad')).includes(`${name}.edxml`) ? 'bad' : null));
    },
    sent: async (): Promise<readonly Sent[]> =>
      Promise.all((await list('out')).map(async (name): Promise<Sent> => {
        const { outcome, kept } = await readBytes(await readFile(path.join(dir, 'out', name)));
        if (!outcome.ok) throw new Error(`${name}: ${outcome.refusal.reason}`);
        return { name, message: outcome.message, signature: outcome.signature, files: kept.map(({ bytes }) => bytes) };
      })),
  };
}

/** Status messages of the box about one document, oldest code first. */
export function statusesOf(sent: readonly Sent[], documentId: string): readonly (readonly [code: string, from: string, description: string])[] {
  return sent.flatMap(({ message }) => (message.kind === 'status' && message.header.responseFor.documentId === documentId ? [[message.header.statusCode, message.header.from.organId, message.header.description ?? ''] as const] : [])).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A province with an axis of folders, its desks, and two offices beyond it. */
export async function openAxisRound(t: TestContext, backend: Backend, signing?: AxisSettings['signing']) {
  const dir = tempDir(t);
  const lines: string[] = [];
  const round = await openRound(t, backend, { axis: { ...folderSettings(dir), signing }, log: (level, message, fields) => void lines.push(JSON.stringify({ level, message, ...fields })) });
  for (const office of [government, neighbour]) await round.server.admin.addOrganization(office);
  const box = boxAt(dir);
  /** What became of a letter at the commune. */
  async function arrived(title: string) {
    for (const [id, [first]] of await round.clerk.logs()) if (first?.type === 'received' && first.title === title) return id;
    return null;
  }
  const statuses = async (documentId: string) => statusesOf(await box.sent(), documentId);
  return { ...round, box, lines, arrived, statuses };
}
