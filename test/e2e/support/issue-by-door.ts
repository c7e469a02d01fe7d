import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cast } from '../../../src-main/practice/cast.ts';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { ContentRef, Stage } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import type { TestOffice } from './desk.ts';

const waitMs = 20_000;

function fixture(file: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/pdf/${file}`, import.meta.url)));
}

/** A file of the fixtures, brought in at the commune clerk's desk. */
export async function bringIn(o: TestOffice, file: string, fileName = file): Promise<ContentRef> {
  const { importId } = await o.ask('commune-clerk', 'content.beginImport', { fileName });
  await o.ask('commune-clerk', 'content.appendImport', { importId, bytes: new Uint8Array(fixture(file)) });
  return (await o.ask('commune-clerk', 'content.finishImport', { importId })).content;
}

/** A letter of the commune as the clerk's form would save it, handed to the leader. */
export async function submitByDoor(o: TestOffice, title: string, recipients: readonly Organization[]): Promise<DocumentId> {
  const content = await bringIn(o, 'cong-van-xa.pdf');
  const { document: { id } } = await o.ask('commune-clerk', 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [...recipients], inReplyTo: null });
  await o.ask('commune-clerk', 'documents.submit', { id });
  return id;
}

/** The leader of the commune signs what was put before them, beside the screens. */
export async function approveByDoor(o: TestOffice, id: DocumentId): Promise<void> {
  await awaitStage(o, 'commune-leader', id, 'submitted');
  const { signature } = await o.ask('commune-leader', 'signing.propose', { id });
  if (signature === null) throw new Error('the page names no place to sign');
  await o.ask('commune-leader', 'signing.approve', { id, ...(await keyOf(o, 'commune-leader')), placement: signature, accepted: null });
}

/** The clerk numbers and seals it; `send` false keeps it here. */
export async function issueByDoor(o: TestOffice, id: DocumentId, recipients: readonly Organization[], send: boolean): Promise<number> {
  await awaitStage(o, 'commune-clerk', id, 'approved');
  const { number, notation, date } = await o.ask('commune-clerk', 'issuing.propose', { id });
  const { seal } = await o.ask('commune-clerk', 'signing.propose', { id });
  if (number === null || seal === null) throw new Error('no number, or no place for the seal');
  await o.ask('commune-clerk', 'issuing.issue', { id, ...(await keyOf(o, 'commune-clerk')), number, notation, date, placement: seal, recipients: [...recipients], send, accepted: null });
  return number;
}

/** Waits for a document to stand so at a desk; the line is asked each time, and after a bound it is said what was there. */
export async function awaitStage(o: TestOffice, desk: string, id: DocumentId, stage: Stage): Promise<Output<'documents.read'>> {
  return await until(async () => {
    const detail = await o.ask(desk, 'documents.read', { id }).catch(() => null);
    if (detail?.document.stage === stage && detail.contentHere) return detail;
    await o.ask(desk, 'sync.now', {});
    return null;
  }, `${id} is not “${stage}” at ${desk}`);
}

/** The document of this title in a desk's folder, once the line has brought it. */
export async function awaitTitle(o: TestOffice, desk: string, folder: 'incoming' | 'outgoing', title: string): Promise<DocumentId> {
  return await until(async () => {
    const { rows } = await o.ask(desk, 'documents.list', { folder, query: title, offset: 0, limit: 50 });
    const found = rows.find(({ document }) => document.title === title);
    if (found === undefined) await o.ask(desk, 'sync.now', {});
    return found?.document.id ?? null;
  }, `no “${title}” at ${desk}`);
}

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const end = Date.now() + waitMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(what);
  }
}

async function keyOf(o: TestOffice, desk: string): Promise<{ readonly thumbprint: string; readonly pin: string }> {
  const member = cast.find(({ id }) => id === desk);
  const { tokens } = await o.ask(desk, 'tokens.list', {});
  const own = tokens.flatMap(({ certificates }) => certificates).find(({ commonName }) => commonName === member?.holder.commonName);
  if (member === undefined || own === undefined) throw new Error(`no certificate at ${desk}`);
  return { thumbprint: own.thumbprint, pin: member.pin };
}
