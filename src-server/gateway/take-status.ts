import { documentId, organizationCode } from '../../src-shared/domain/ids.ts';
import { isGone, readDocument } from '../features/delivery-documents.ts';
import { reportAt } from '../features/delivery-reports.ts';
import type { Tx } from '../storage/port.ts';
import { presentCode, readAddressees } from './addressees.ts';
import type { ReceivedNotice } from './exchange-types.ts';
import { askOffice, type OurSide, type Taken } from './take-document.ts';

/** A message on a document's state: of one of ours at a receiver, or a sender's demand to give one back (13). A message that fits nothing is kept, and nobody is answered: answers are not answered. */
export async function takeStatus(tx: Tx, notice: ReceivedNotice, ours: OurSide, nowMs: number): Promise<Taken> {
  return notice.code === '13' ? takeDemand(tx, notice, ours, nowMs) : takeReport(tx, { ...notice, code: notice.code }, ours, nowMs);
}

async function takeReport(tx: Tx, { code, from, about, description }: ReceivedNotice & { readonly code: Exclude<ReceivedNotice['code'], '13'> }, { isOurs }: OurSide, nowMs: number): Promise<Taken> {
  const unit = await presentCode(tx.directory, about.officeCode);
  const id = documentId.safeParse(about.documentId);
  if (unit.code === null || !isOurs(unit.code) || !id.success) return refused('not-found');
  await tx.documents.lock(unit.code, id.data);
  const state = (await isGone(tx.documents, unit.code, id.data)) ? null : await readDocument(tx.documents, unit.code, id.data);
  const receiver = await presentCode(tx.directory, from.code);
  const known = state?.recipients.find(({ organization }) => receiver.forms.includes(organization.code));
  // nobody speaks for another office
  if (state === null || state.direction !== 'outgoing' || known === undefined || isOurs(known.organization.code)) return refused('not-found');
  const touched = await reportAt(tx.documents, { unit: unit.code, id: id.data }, known.organization.code, code, description ?? '', new Date(nowMs).toISOString());
  if (touched.length > 0) await tx.documents.touch(touched);
  // one that comes late, or again, says nothing new
  return { outcome: touched.length > 0 ? 'taken' : 'repeated', code: '', touched };
}

/** The demand names the sender's own document; to whom it is, only those who have it can tell. */
async function takeDemand(tx: Tx, { from, about, description, at }: ReceivedNotice, ours: OurSide, nowMs: number): Promise<Taken> {
  const { taken } = await readAddressees(tx.directory, ours.isOurs, await holdersOf(tx, from.code, about.documentId), nowMs);
  const sender = await presentCode(tx.directory, from.code);
  const touched: Taken['touched'][number][] = [];
  let found = false;
  for (const office of taken) {
    const effect = await askOffice(tx, office, {
      change: 'recall', message: about.documentId, forms: sender.forms, about: { sender: from.code, senderName: from.name, message: about.documentId, code: about.numberAndNotation, issuedOn: about.issuedOn ?? '' },
      reason: description ?? 'Bên gửi không ghi lý do', cause: `${at}\n${description ?? ''}`,
    }, new Date(nowMs).toISOString());
    if ('reason' in effect) continue;
    found = true;
    touched.push(...effect.touched);
  }
  if (touched.length > 0) await tx.documents.touch(touched);
  return found ? { outcome: touched.length > 0 ? 'taken' : 'repeated', code: '', touched } : refused('not-found');
}

async function holdersOf(tx: Tx, sender: string, message: string): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const { forms } = await presentCode(tx.directory, sender);
  const found = (await Promise.all(forms.map((form) => tx.axis.holders(form, message)))).flat();
  return [...new Set(found)].toSorted().map((code) => ({ code: organizationCode.parse(code), name: code }));
}

function refused(code: string): Taken {
  return { outcome: 'refused', code, touched: [] };
}
