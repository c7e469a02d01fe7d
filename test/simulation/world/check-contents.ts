import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { replay } from '../../support/rules.ts';
import type { CheckOptions, ServerState } from './checks.ts';
import { hashOf, signaturesHold } from './contents.ts';
import { short } from './ledger.ts';

/** I4: bytes under a name are the bytes of that name, on every disk; what was signed still begins its successors, and every signature still covers what it did. */
export async function checkContents({ ledger, province, desks }: CheckOptions, server: ServerState): Promise<void> {
  const named = new Set<Sha256>();
  for (const documents of server.units.values()) for (const events of documents.values()) for (const event of events) if ('content' in event) named.add(event.content.sha256);
  for (const sha256 of named) {
    const size = await province.content.findSize(sha256);
    if (size === null) {
      ledger.violate('I4', `the server has no ${short(sha256)}, which a document names`);
      continue;
    }
    const parts: Uint8Array[] = [];
    for await (const part of province.content.read(sha256, 0, size - 1)) parts.push(part);
    judge('the server', sha256, Buffer.concat(parts));
  }
  for (const desk of desks) {
    const live = desk.live();
    if (live === null) continue;
    for (const sha256 of ledger.contents.keys()) {
      const size = live.store.blobs.findSize(sha256);
      if (size !== null) judge(desk.name, sha256, live.store.blobs.read(sha256, 0, size));
    }
  }

  function judge(where: string, sha256: Sha256, bytes: Uint8Array): void {
    const made = ledger.contents.get(sha256);
    if (made === undefined) ledger.violate('I4', `${where} has ${short(sha256)}, which nobody made`);
    else if (!Buffer.from(made.bytes.buffer, made.bytes.byteOffset, made.bytes.length).equals(bytes)) ledger.violate('I4', `${where} has other bytes under ${short(sha256)} (${hashOf(bytes).slice(0, 8)})`);
    else if (!signaturesHold(bytes)) ledger.violate('I4', `${where}: a signature in ${short(sha256)} covers something else`);
  }
}

/** I15: whoever reads "đã đến" of a recipient may rely on it. */
export function checkDelivery({ ledger, desks }: CheckOptions, server: ServerState): void {
  const arrived = new Map<string, DocumentId>();
  for (const { unit, event, document } of ledger.effects) if (event.type === 'arrived') arrived.set(`${event.origin} ${unit}`, document);
  for (const { event, document, order } of ledger.effects) {
    if (event.type !== 'deliveryReported' || event.status === 'planned' || event.status === 'sent') continue;
    const there = ledger.effects.some((effect) => effect.event.type === 'arrived' && effect.event.origin === document && effect.unit === event.recipient && effect.order <= order + 1);
    if (!there) ledger.violate('I15', `${short(document)} is called ${event.status} at ${event.recipient}, and was not there`);
  }
  for (const desk of desks) {
    const live = desk.live();
    if (live === null) continue;
    for (const [id] of server.units.get(desk.seat.unit.code) ?? []) {
      for (const { organization, status } of live.store.desk.findDocument(id)?.state.recipients ?? []) {
        if (/^0\d$/.test(status) && !arrived.has(`${id} ${organization.code}`)) ledger.violate('I15', `${desk.name} says ${short(id)} has come to ${organization.code}, and it has not`);
      }
    }
  }
  // the ledger hears what was written; what stands in the end is the database's own word
  const stands = new Set([...server.units].flatMap(([unit, documents]) => [...documents.values()].flatMap(([first]) => (first?.type === 'arrived' ? [`${first.origin} ${unit}`] : []))));
  const takenAway = new Set<string>(ledger.withdrawn.map(({ document }) => document));
  for (const [unit, documents] of server.units) {
    for (const [id, events] of documents) {
      for (const event of events) {
        if (event.type !== 'deliveryReported' || !/^0\d$/.test(event.status)) continue;
        const key = `${id} ${event.recipient}`;
        if (!stands.has(key) && !takenAway.has(arrived.get(key) ?? '')) ledger.violate('I15', `${short(id)} of ${unit} is called ${event.status} at ${event.recipient}, and does not stand there`);
      }
      for (const { organization } of replay(id, events)?.recipients.filter(({ status }) => status === 'sent') ?? []) {
        if (ledger.withdrawn.every(({ document }) => document !== id)) ledger.violate('I15', `${short(id)} of ${unit} was sent to ${organization.code} and nothing was said of it`);
      }
    }
  }
}

/** I8: what crossed whole and back was needed, with three tenths to spare and a piece for every fault that made it go again. */
export function checkTraffic({ ledger, desks }: CheckOptions): void {
  const needed = new Map<string, number>();
  for (const { command, desk } of ledger.actions.values()) {
    if (!('content' in command.args)) continue;
    const { sha256, sizeBytes, parent } = command.args.content;
    const key = `${desk} ${sha256}`;
    if (!needed.has(key)) needed.set(key, sizeBytes - (parent === null ? 0 : (ledger.contents.get(parent)?.bytes.length ?? 0)));
  }
  for (const desk of desks) {
    const name = desk.name.replace('-copy', '');
    let owed = 0;
    for (const [key, bytes] of needed) if (key.startsWith(`${name} `) || key.startsWith(`${name}-copy `)) owed += bytes;
    const { cleanUploadBytes, faults } = desk.traffic;
    const allowed = Math.ceil(1.3 * owed) + 1000 * faults + 2000;
    if (cleanUploadBytes > allowed) ledger.violate('I8', `${desk.name} sent ${cleanUploadBytes} bytes of content for ${owed} with ${faults} faults`);
  }
}
