import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Command, CommandBody, ContentRef, DocumentState, LogEvent } from '../../src-shared/domain/document.ts';
import { logEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { isRecord, replayLog, type LogState } from '../../src-shared/domain/log.ts';
import { bookLease, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { Server, ServerOptions } from '../../src-server/server.ts';
import type { Backend } from '../storage/backends.ts';
import { addPerson, commandOf, connect, draftBody, incomingBook, newDocument, openOffice, outgoingBook, people, personOf, type Anyone } from './office.ts';

/** What became of a command: `applied`, `conflict`, `retry`, or the code with which it was refused. */
export function wordOf(answer: CommandAnswer | undefined): string {
  if (answer === undefined) return 'none';
  return answer.status === 'rejected' ? answer.error.code : answer.status;
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** One person at a desk that keeps nothing: before each deed it reads the feed, as a desk with a line would. */
async function openDesk(server: Server, who: Anyone) {
  const client = await connect(server.url, who);

  /** Every document and record of the unit, each event read by the schema of the wire. */
  async function logs(): Promise<Map<DocumentId, LogEvent[]>> {
    const found = new Map<DocumentId, LogEvent[]>();
    for (let cursor: string | null = null; ; ) {
      const page = await client.changes(cursor);
      for (const { document, from, events } of page.changes) found.set(document, [...(found.get(document) ?? []).slice(0, from), ...events.map((event) => logEvent.parse(event))]);
      if (!page.hasMore) return found;
      cursor = page.next;
    }
  }
  async function find(document: DocumentId): Promise<LogState | null> {
    return replayLog(document, (await logs()).get(document) ?? []);
  }
  async function read(document: DocumentId): Promise<DocumentState> {
    const state = await find(document);
    if (state === null || isRecord(state)) throw new Error(`${document} is no document of ${who}`);
    return state;
  }
  /** The command as this desk makes it against what stands now. */
  async function make(document: DocumentId, body: CommandBody, rest: Partial<Pick<Command, 'at' | 'byGrant'>> = {}): Promise<Command> {
    return commandOf(who, document, (await find(document))?.versions ?? { workflow: 0, assignment: 0 }, body, rest);
  }
  /** Made and pushed; what became of it. */
  async function give(document: DocumentId, body: CommandBody, rest: Partial<Pick<Command, 'at' | 'byGrant'>> = {}): Promise<string> {
    return wordOf((await client.push(await make(document, body, rest)))[0]);
  }
  /** Throws unless it is applied. */
  async function done(document: DocumentId, body: CommandBody): Promise<Command> {
    const command = await make(document, body);
    const [answer] = await client.push(command);
    if (answer?.status !== 'applied') throw new Error(`${body.type}: ${JSON.stringify(answer)}`);
    return command;
  }
  /** Documents that came from that one, oldest first. */
  async function arrivedFrom(origin: DocumentId): Promise<DocumentId | null> {
    for (const [document, [first]] of await logs()) if (first?.type === 'arrived' && first.origin === origin) return document;
    return null;
  }
  return { ...client, who, logs, find, read, make, give, done, arrivedFrom };
}

export type Round = Awaited<ReturnType<typeof openRound>>;

/** A province that sends and a commune that receives, with everybody who has a part in it, over either storage. */
export async function openRound(t: TestContext, backend: Backend, more: Partial<ServerOptions> = {}) {
  const place = await backend.newPlace(t);
  const server = await openOffice(t, { ...more, ...(place.url === null ? {} : { storage: { kind: 'postgres', url: place.url } }) });
  await addPerson(server, 'communeOfficer');
  const desk = (who: Anyone) => openDesk(server, who);
  const [sender, senderLeader, clerk, leader, officer, elsewhere] = await Promise.all([
    desk('provinceClerk'), desk('provinceLeader'), desk('communeClerk'), desk('communeLeader'), desk('communeOfficer'), desk('departmentClerk'),
  ]);
  const lent = new Map<string, number>();

  async function epochOf(by: Desk, book: string): Promise<number> {
    const known = lent.get(book);
    if (known !== undefined) return known;
    const { epoch } = bookLease.parse(await (await by.post('/v1/books/lease', { book, station: `station-${by.who}` })).json());
    lent.set(book, epoch);
    return epoch;
  }

  let number = 0;
  /** Drafted, signed and numbered by the province; ready to be sent. */
  async function issue(args: Partial<ReturnType<typeof draftBody>['args']> = {}): Promise<{ document: DocumentId; content: ContentRef }> {
    const document = newDocument();
    const content = await sender.upload(randomBytes(500));
    const { unit } = people.provinceClerk;
    await sender.done(document, { type: 'draft', args: { ...draftBody(content).args, ...args } });
    await sender.done(document, { type: 'submit', args: { content } });
    await senderLeader.done(document, { type: 'approve', args: { content, signer: 'Lãnh đạo' } });
    const book = outgoingBook(unit);
    await sender.done(document, { type: 'issue', args: { content, entry: { book, epoch: await epochOf(sender, book), number: ++number }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'Lãnh đạo' } });
    return { document, content };
  }

  /** Issued and sent to the commune (and to whomever else); `arrived`: the commune's own document. */
  async function deliver(args: Parameters<typeof issue>[0] = {}, others: readonly (typeof people)[keyof typeof people]['unit'][] = []) {
    const issued = await issue(args);
    await sender.done(issued.document, { type: 'send', args: { recipients: [people.communeClerk.unit, ...others] } });
    const arrived = await clerk.arrivedFrom(issued.document);
    if (arrived === null) throw new Error('it did not arrive');
    return { ...issued, arrived };
  }

  let arrivals = 0;
  async function register(arrived: DocumentId): Promise<void> {
    const book = incomingBook(people.communeClerk.unit);
    await clerk.done(arrived, { type: 'register', args: { entry: { book, epoch: await epochOf(clerk, book), number: ++arrivals }, arrivalDate: '2026-11-22' } });
  }

  /** Registered, presented, and given to the officer with the leader informed. */
  async function assign(arrived: DocumentId): Promise<void> {
    await register(arrived);
    await clerk.done(arrived, { type: 'present', args: { note: '' } });
    await leader.done(arrived, assignment());
  }

  /** What the sender knows of the commune, or of another unit: the status, and what was said with it. */
  async function known(document: DocumentId, unit: string = people.communeClerk.unit.code): Promise<readonly [string, string]> {
    const found = (await sender.read(document)).recipients.find(({ organization }) => organization.code === unit);
    return [found?.status ?? 'none', found?.description ?? ''];
  }
  /** Everything that was ever reported of the commune at the sender. */
  async function reports(document: DocumentId): Promise<string[]> {
    return ((await sender.logs()).get(document) ?? []).flatMap((event) => (event.type === 'deliveryReported' && event.recipient === people.communeClerk.unit.code ? [event.status] : []));
  }

  return { server, backend, sender, senderLeader, clerk, leader, officer, elsewhere, issue, deliver, register, assign, known, reports, epochOf };
}

export function assignment(): CommandBody & { type: 'assign' } {
  return { type: 'assign', args: { lead: personOf('communeOfficer').id, support: [personOf('communeClerk').id], inform: [personOf('communeLeader').id], directive: 'Giải quyết', deadline: null } };
}
