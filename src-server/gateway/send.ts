import type { DocumentId } from '../../src-shared/domain/ids.ts';
import type { PackageSigner } from '../../src-shared/edxml/signature-algorithms.ts';
import { writePackage, writeStatus } from '../../src-shared/edxml/writer.ts';
import type { AxisBody } from '../features/delivery-axis.ts';
import { reportAt } from '../features/delivery-reports.ts';
import type { Deps } from '../features/deps.ts';
import type { AxisMessage } from '../storage/port.ts';
import { nodeDigests } from './digests.ts';
import { packageFromDocument, statusFromNotice } from './exchange.ts';
import type { Gateway } from './port.ts';
import { bearsSecret } from './take-document.ts';

export type Sending = Pick<Deps, 'storage' | 'content' | 'now'> & { readonly gateway: Gateway; readonly chance: () => number; readonly firstMs: number; readonly mostMs: number; /** Packages go unsigned without it. */ readonly signer?: PackageSigner };
/** `line`: nothing else would get through either. */
export type SentOne = { readonly outcome: 'sent' | 'later' | 'failed'; readonly reason: string; readonly line: boolean };

/** Our own keys, or our own name, are wrong: no document is at fault, and every one of them waits until the administrator has put it right. */
const ownFaults: ReadonlySet<number> = new Set([15, 19, 401, 403, 404, 405, 407]);

const base64Columns = 76;

/**
 * Sends one message of the queue. Its key goes with it: whoever is not sure that it arrived (a node ended, a line broke) sends the same bytes under the same key again, which the other side takes for the
 * same message. What will never be taken is told to the office that sent it, with the reason.
 */
export async function sendOne(parts: Sending, message: AxisMessage): Promise<SentOne> {
  const { storage, gateway, now } = parts;
  const ready = bytesOf(parts, JSON.parse(message.body) as AxisBody);
  if ('reason' in ready) return give(parts, message, ready.reason);
  const result = await gateway.send({ kind: message.kind, from: message.sender, to: [message.receiver], key: message.key, open: ready.open });
  if (result.ok) {
    await storage.transaction((tx) => tx.axis.sent(message.key, now()));
    return { outcome: 'sent', reason: '', line: false };
  }
  const { error, retry, afterMs } = result.fault;
  const reason = String(error.params?.['reason'] ?? error.code);
  const ownFault = ownFaults.has(Number(error.params?.['status']));
  if (retry === 'never' && !ownFault) return give(parts, message, reason);
  const wait = Math.max(afterMs ?? 0, backoffMs(parts, message.tries));
  await storage.transaction((tx) => tx.axis.later(message.key, now() + wait, reason));
  return { outcome: 'later', reason, line: ownFault || error.code === 'gateway.unreachable' || error.code === 'gateway.folder' };
}

/** Full jitter: between nothing and twice as long as the last time, so that many do not come back together. */
export function backoffMs({ chance, firstMs, mostMs }: Pick<Sending, 'chance' | 'firstMs' | 'mostMs'>, tries: number): number {
  return Math.round(Math.min(mostMs, firstMs * 2 ** Math.min(tries, 30)) * (0.5 + chance() / 2));
}

async function give({ storage, now }: Sending, message: AxisMessage, reason: string): Promise<SentOne> {
  const moved = await storage.transaction(async (tx) => {
    await tx.documents.lock(message.unit, message.document);
    if (!(await tx.axis.failed(message.key, reason, now())) || message.kind === 'status') return false;
    const touched = await reportAt(tx.documents, { unit: message.unit, id: message.document as DocumentId }, message.receiver as typeof message.unit, '02', `Không gửi được qua Trục liên thông: ${reason}`, new Date(now()).toISOString());
    if (touched.length > 0) await tx.documents.touch(touched);
    return touched.length > 0;
  });
  if (moved) await storage.announce([message.unit]);
  return { outcome: 'failed', reason, line: false };
}

function bytesOf({ content, signer }: Pick<Sending, 'content' | 'signer'>, body: AxisBody): { readonly open: () => AsyncIterable<Uint8Array> } | { readonly reason: string } {
  const signing = signer === undefined ? {} : { signing: { signer, digests: nodeDigests } };
  if (body.kind === 'status') {
    const mapped = statusFromNotice(body.notice);
    return mapped.ok ? { open: () => writeStatus(mapped.value, signing) } : { reason: mapped.refusal.reason };
  }
  // QĐ 28/2018 Art 1.2, once more at the last door
  if (bearsSecret(body.document)) return { reason: 'văn bản có dấu chỉ độ mật không gửi qua Trục liên thông (Quyết định 28/2018/QĐ-TTg Điều 1 khoản 2)' };
  const mapped = packageFromDocument(body.document, ({ sha256, sizeBytes }) => content.read(sha256 as Parameters<typeof content.read>[0], 0, sizeBytes - 1));
  return mapped.ok ? { open: () => writePackage(mapped.value, { columns: base64Columns, ...signing }) } : { reason: mapped.refusal.reason };
}
