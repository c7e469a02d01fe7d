import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { readPackage } from '../../src-shared/edxml/reader.ts';
import type { Deps } from '../features/deps.ts';
import { axisArrivalId, postStatus } from '../features/delivery-axis.ts';
import { presentCode, readAddressees } from './addressees.ts';
import { nodeDigests } from './digests.ts';
import type { Directory, Office } from './exchange-types.ts';
import { arrivalFromPackage, noticeFromStatus } from './exchange.ts';
import { createIncomingFiles } from './incoming-files.ts';
import { createPeek, type Peeked } from './peek.ts';
import { GatewayFailure, type Gateway, type ReceivedEntry } from './port.ts';
import { bearsSecret, takeDocument, type OurSide, type Taken } from './take-document.ts';
import { takeStatus } from './take-status.ts';

export type Receiving = Pick<Deps, 'storage' | 'content' | 'randomBytes' | 'now' | 'limits'> & { readonly gateway: Gateway; readonly isOurs: OurSide['isOurs']; readonly root: string };
export type Received =
  | { readonly state: 'done' | 'fail'; readonly kind: 'edoc' | 'status' | 'unreadable'; readonly outcome: Taken['outcome'] | 'broken'; readonly code: string }
  /** Nothing was changed; it is asked for again. */
  | { readonly state: 'later'; readonly reason: string; readonly afterMs: number | null };

/**
 * Takes one message in: contents into the store, then everything it does in one transaction, then `done` or `fail` at the door. Whoever ends between any two of these is shown it again, and what has
 * been done already is not done twice.
 */
export async function receiveOne(parts: Receiving, entry: ReceivedEntry): Promise<Received> {
  const { gateway } = parts;
  const fetched = await gateway.fetch(entry);
  if (!fetched.ok) return { state: 'later', reason: String(fetched.fault.error.params?.['reason'] ?? fetched.fault.error.code), afterMs: fetched.fault.afterMs };
  let found: Found;
  try {
    found = await take(parts, fetched.value);
  } catch (fault) {
    if (!(fault instanceof GatewayFailure)) throw fault;
    return { state: 'later', reason: String(fault.fault.error.params?.['reason'] ?? fault.fault.error.code), afterMs: fault.fault.afterMs };
  }
  const units = [...new Set(found.taken.touched.map(({ unit }) => unit))];
  if (units.length > 0) await parts.storage.announce(units);
  const state = found.taken.outcome === 'refused' ? 'fail' : 'done';
  const told = await gateway.updateStatus(entry, state);
  if (!told.ok && told.fault.retry !== 'never') return { state: 'later', reason: String(told.fault.error.params?.['reason'] ?? told.fault.error.code), afterMs: told.fault.afterMs };
  return { state, kind: found.kind, outcome: found.kind === 'unreadable' ? 'broken' : found.taken.outcome, code: found.taken.code };
}

type Found = { readonly kind: 'edoc' | 'status' | 'unreadable'; readonly taken: Taken };

async function take({ storage, content, randomBytes, now, limits, isOurs, root }: Receiving, bytes: AsyncIterable<Uint8Array>): Promise<Found> {
  const files = createIncomingFiles(content, randomBytes, limits.contentBytes);
  const peek = createPeek();
  const ours = await storage.read(async (tx) => ({ isOurs, root: await rootOffice(root, (code) => tx.directory.find(code)) }));
  try {
    const outcome = await readPackage(peek.watch(bytes), { digests: nodeDigests, sink: files.sink, limits: { attachmentBytes: Math.min(512 << 20, limits.contentBytes) } });
    if (!outcome.ok) {
      const head = peek.read();
      const reason = outcome.refusal.reason;
      if (head !== null) await storage.transaction((tx) => refuseUnread(tx, head, reason, ours, now()));
      return { kind: 'unreadable', taken: { outcome: 'refused', code: 'edxml.refused', touched: [] } };
    }
    if (outcome.message.kind === 'status') {
      const notice = noticeFromStatus(outcome.message.header, nobody);
      return { kind: 'status', taken: await storage.transaction((tx) => takeStatus(tx, notice, ours, now())) };
    }
    const message = outcome.message;
    const { header } = message;
    // what bears a mark of secrecy is refused before any of its files is kept
    const kept = bearsSecret({ title: header.subject, notation: header.code.codeNotation }) ? [] : await files.keep(outcome.attachments);
    const document = arrivalFromPackage(message, kept, { directory: nobody, ourCodes: new Set(), signature: outcome.signature });
    return { kind: 'edoc', taken: await storage.transaction((tx) => takeDocument(tx, document, ours, now())) };
  } finally {
    await files.drop();
  }
}

/** A package that is broken is answered as far as its head can be read (QĐ 28/2018 Art 5.4). */
async function refuseUnread(tx: Parameters<typeof takeDocument>[0], head: Peeked, reason: string, ours: OurSide, nowMs: number): Promise<void> {
  const to: Office[] = head.receivers.map((code) => ({ code, name: code }));
  const { taken, refused } = await readAddressees(tx.directory, ours.isOurs, to, nowMs);
  const sender = await presentCode(tx.directory, head.sender);
  // our own, come back: there is nobody to tell
  if (sender.code !== null && ours.isOurs(sender.code)) return;
  const [office = ours.root] = [...taken, ...refused.map((each) => each.office)];
  const about = { document: axisArrivalId(head.sender, head.message, office.code), sender: head.sender, senderName: head.senderName, message: head.message, code: head.code, issuedOn: '' };
  await postStatus(tx.axis, office, about, '02', reason, reason, new Date(nowMs).toISOString());
}

async function rootOffice(root: string, find: (code: OrganizationCode) => Promise<{ readonly code: OrganizationCode; readonly name: string } | null>): Promise<OurSide['root']> {
  const code = root as OrganizationCode;
  const known = await find(code);
  return { code, name: known?.name ?? root };
}

/** Who is known is asked of the directory inside the transaction. */
const nobody: Directory = () => undefined;
