import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import { documentId, type CommandId, type DocumentId, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { findSecrecy } from '../../src-shared/domain/secrecy.ts';
import { commandRules } from '../../src-shared/domain/command-rules.ts';
import { fingerprint } from '../features/canonical.ts';
import { axisArrivalId, postStatus, sameId } from '../features/delivery-axis.ts';
import { isGone, readDocument, type Touched } from '../features/delivery-documents.ts';
import { supersede } from '../features/delivery-relations.ts';
import type { AxisArrival, Tx } from '../storage/port.ts';
import { presentCode, readAddressees } from './addressees.ts';
import type { IncomingDocument } from './exchange-types.ts';
import { receivedEvent, urgencyOf } from './received-event.ts';

/** Our side of the axis. `root`: who answers for the province where nobody of ours is named. */
export type OurSide = { readonly isOurs: (code: OrganizationCode) => boolean; readonly root: Organization };

/** `refused`: nobody of ours has it; its sender is told why, and the package is kept. `codes`: of the errors, for the log. */
export type Taken = { readonly outcome: 'taken' | 'repeated' | 'refused'; readonly code: string; readonly touched: readonly Touched[] };

type About = Omit<AxisArrival, 'unit' | 'document' | 'print'>;

/** QĐ 28/2018 Art 1.2: what bears a mark of secrecy never enters, neither it nor its files. */
export function bearsSecret({ title, notation }: Pick<IncomingDocument, 'title' | 'notation'>): boolean {
  return findSecrecy({ title, notation, firstPageText: null }) !== null;
}

/** One package's effect in all offices of ours that it names, in the caller's transaction: all of it or nothing. The same package again changes nothing. */
export async function takeDocument(tx: Tx, document: IncomingDocument, ours: OurSide, nowMs: number): Promise<Taken> {
  const at = new Date(nowMs).toISOString();
  const about = aboutOf(document);
  const print = printOf(document);
  const { taken, refused } = await readAddressees(tx.directory, ours.isOurs, document.to, nowMs);
  const refuse = (office: Organization, reason: string) => postStatus(tx.axis, office, { ...about, document: axisArrivalId(about.sender, about.message, office.code) }, '02', `Từ chối tiếp nhận: ${reason}`, print, at);

  if (bearsSecret(document)) {
    const reason = 'văn bản có dấu chỉ độ mật; văn bản chứa bí mật nhà nước không gửi qua Trục liên thông (Quyết định 28/2018/QĐ-TTg Điều 1 khoản 2)';
    const offices = [...taken, ...refused.map(({ office }) => office)];
    for (const office of offices.length === 0 ? [ours.root] : offices) await refuse(office, reason);
    return { outcome: 'refused', code: 'workflow.secret', touched: [] };
  }
  if (taken.length === 0 && refused.length === 0) {
    await refuse(ours.root, `gói tin không gửi cho cơ quan nào của hệ thống nhận (${document.to.slice(0, 5).map(({ code }) => code).join(', ')})`);
    return { outcome: 'refused', code: 'workflow.unknown-recipient', touched: [] };
  }
  const sender = await presentCode(tx.directory, document.from.code);
  const older = document.business === '3' ? document.replaces.map(({ documentId: each }) => each) : [];
  for (const { unit, id } of taken.flatMap(({ code }) => sender.forms.flatMap((form) => [document.documentId, ...older].map((name) => ({ unit: code, id: axisArrivalId(form, name, code) })))).toSorted(byPlace)) await tx.documents.lock(unit, id);

  for (const { office, reason } of refused) await refuse(office, reason);
  const touched: Touched[] = [];
  const codes: string[] = refused.map(() => 'workflow.unknown-recipient');
  let done = 0;
  for (const office of taken) {
    const change = document.business === '1' || document.business === '2' ? document.business : null;
    const effect = change === null ? await takeNew(tx, office, document, sender, about, print, at) : await takeChange(tx, office, document, change, sender.forms, about, at);
    if ('reason' in effect) {
      codes.push(effect.code);
      await refuse(office, effect.reason);
      continue;
    }
    done += 1;
    touched.push(...effect.touched);
  }
  const moved = [...new Map(touched.map((each) => [`${each.unit} ${each.id}`, each])).values()];
  if (moved.length > 0) await tx.documents.touch(moved);
  return { outcome: done === 0 ? 'refused' : moved.length === 0 ? 'repeated' : 'taken', code: codes[0] ?? '', touched: moved };
}

type Effect = { readonly touched: readonly Touched[] } | { readonly reason: string; readonly code: string };

async function takeNew(tx: Tx, office: Organization, document: IncomingDocument, sender: { readonly code: OrganizationCode | null; readonly forms: readonly string[] }, about: About, print: string, at: string): Promise<Effect> {
  const unit = office.code;
  const before = await findArrived(tx, unit, sender.forms, document.documentId);
  if (before !== null) return before.print === print ? { touched: [] } : { reason: 'mã văn bản (DocumentId) này đã được dùng cho một văn bản khác mà cơ quan đã nhận', code: 'axis.other-document' };
  const id = axisArrivalId(about.sender, about.message, unit);
  const event = receivedEvent(office, document, sender.code, await answered(tx, unit, document), at);
  if (event === null) return { reason: 'gói tin không có văn bản chính hoặc có quá 101 tệp đính kèm', code: 'edxml.attachments' };
  await tx.documents.append(unit, id, [event]);
  await tx.axis.putArrival({ ...about, unit, document: id, print });
  await postStatus(tx.axis, office, { ...about, document: id }, '01', '', 'arrived', at);
  const touched: Touched[] = [{ unit, id }];
  for (const { documentId: replaced, officeCodes } of document.business === '3' ? document.replaces : []) {
    if (officeCodes.length > 0 && !officeCodes.includes(unit)) continue;
    const older = await findArrived(tx, unit, sender.forms, replaced);
    if (older !== null) touched.push(...(await supersede(tx.documents, unit, { type: 'replaces', document: older.document }, id, at)));
  }
  return { touched };
}

/** Recall and update ask; the office answers 15 or 16 (QĐ 28/2018 Art 9.2). What can no longer be asked is answered at once. */
async function takeChange(tx: Tx, office: Organization, document: IncomingDocument, business: '1' | '2', forms: readonly string[], about: About, at: string): Promise<Effect> {
  if (business === '2' && document.files.length > 0) return { reason: 'bản cập nhật có kèm tệp: hãy gửi văn bản thay thế (BussinessDocType 3)', code: 'axis.update-with-files' };
  return askOffice(tx, office, {
    change: business === '1' ? 'recall' : 'update', message: business === '2' ? (document.updates ?? document.documentId) : document.documentId, forms, about,
    reason: document.reason ?? 'Bên gửi không ghi lý do', cause: [document.sentAt ?? '', document.reason ?? '', document.title, document.urgency].join('\n'),
    ...(business === '2' ? { fields: { title: document.title, urgency: urgencyOf(document.urgency) } } : {}),
  }, at);
}

export type AxisQuestion = {
  readonly change: 'recall' | 'update'; readonly message: string; readonly forms: readonly string[]; readonly about: About; readonly reason: string; readonly cause: string;
  readonly fields?: { readonly title: string; readonly urgency: ReturnType<typeof urgencyOf> };
};

/** A sender's question about what an office of ours has from it. Locks the document. */
export async function askOffice(tx: Tx, office: Organization, { change, message, forms, about, reason, cause, fields }: AxisQuestion, at: string): Promise<Effect> {
  const unit = office.code;
  const arrival = await findArrived(tx, unit, forms, message);
  if (arrival === null) return { reason: 'cơ quan chưa nhận văn bản này từ bên gửi', code: 'not-found' };
  const { document: id } = arrival;
  await tx.documents.lock(unit, id);
  const request = sameId('axis question', unit, id, change, cause) as CommandId;
  const events = await tx.documents.readEvents(unit, id);
  if (events.some((event) => event.type === 'changeAsked' && event.command === request)) return { touched: [] };
  const answer = (code: '02' | '15' | '16', description: string) => postStatus(tx.axis, office, { ...about, ...arrival }, code, description, request, at);
  const state = (await isGone(tx.documents, unit, id)) ? null : await readDocument(tx.documents, unit, id);
  const stages: readonly string[] = commandRules.answerChange.stages;
  if (state !== null && stages.includes(state.stage)) {
    const asked: DocumentEvent = { type: 'changeAsked', at, by: null, command: request, change, reason: Array.from(reason).slice(0, 1000).join(''), ...(fields === undefined ? {} : { fields }) };
    await tx.documents.append(unit, id, [asked]);
    return { touched: [{ unit, id }] };
  }
  if (state?.stage === 'recalled') await answer('15', '');
  else if (state?.stage === 'refused' || state?.stage === 'sent-back') await answer('02', state.reason ?? 'Đã trả lại');
  else await answer('16', state?.stage === 'replaced' ? 'Văn bản đã được thay thế bằng văn bản khác' : 'Văn bản không còn ở cơ quan');
  return { touched: [] };
}

/** What came from that sender under that name, by whichever form of its code. */
export async function findArrived(tx: Tx, unit: OrganizationCode, forms: readonly string[], message: string): Promise<AxisArrival | null> {
  for (const form of forms) {
    const found = await tx.axis.findArrival(unit, axisArrivalId(form, message, unit));
    if (found !== null) return found;
  }
  return null;
}

/** Our own document that this one answers: replies name it by the id that we gave it. */
async function answered(tx: Tx, unit: OrganizationCode, { replies }: IncomingDocument): Promise<DocumentId | null> {
  for (const reply of replies) {
    const id = documentId.safeParse(reply.documentId);
    if (id.success && (await tx.documents.readEvents(unit, id.data))[0]?.type === 'drafted') return id.data;
  }
  return null;
}

function aboutOf({ from, documentId: message, number, notation, issuedOn }: IncomingDocument): About {
  return { sender: from.code, senderName: from.name, message, code: `${number}/${notation}`, issuedOn };
}

/** What makes it this document and no other; the time of sending is not of it. */
function printOf({ title, kindName, number, notation, issuedOn, business, reason, files }: IncomingDocument): string {
  return fingerprint({ title, kindName, number, notation, issuedOn, business, reason: business === '0' ? null : reason, files: files.map(({ sha256 }) => sha256) });
}

function byPlace(a: Touched, b: Touched): number {
  return a.unit === b.unit ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.unit < b.unit ? -1 : 1;
}
