import type { Command, CommandBody, ContentRef, DocumentState } from '../../../src-shared/domain/document.ts';
import { commandId, documentId, type BookId, type DocumentId } from '../../../src-shared/domain/ids.ts';
import { canBeTakenBack } from '../../../src-shared/domain/undo.ts';
import { canMark, commandRules } from '../../../src-shared/domain/workflow.ts';
import { decide } from '../../support/rules.ts';
import { bookOf, commune, department, province } from './cast.ts';
import type { Clock } from './clock.ts';
import { contentRefOf, newFile, signedTail } from './contents.ts';
import type { Live, SimDesk } from './desk.ts';
import { Crashed } from './fence.ts';
import { groupOf, short, type Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** `documents`: every id that anybody has made or been sent; whoever does not have it finds nothing. */
export type PersonOptions = { readonly desk: SimDesk; readonly ledger: Ledger; readonly random: Random; readonly clock: Clock; readonly documents: DocumentId[] };

/** One thing that a person does at their desk, by the path that the program's own handlers take: file, rule, record, kick. */
export async function actOnce(options: PersonOptions): Promise<void> {
  const { desk, ledger, random } = options;
  const live = desk.live();
  if (live === null) return;
  try {
    if (random.chance(0.08)) return void settleProblem(options, live);
    const found = random.chance(0.3) ? null : pickDocument(options, live);
    if (found === null) await draft(options, live);
    else await goOn(options, live, found);
    // the line is not waited for
    void live.sync.kick().catch(() => undefined);
  } catch (error) {
    // the program ended under the person's hands; what the screen did not confirm is either there or not
    if (!(error instanceof Crashed)) throw error;
    ledger.note(desk.name, 'the person sees the program end');
  }
}

function pickDocument({ documents, random }: PersonOptions, live: Live): DocumentState | null {
  for (let tries = 0; tries < 4 && documents.length > 0; tries++) {
    // the newest are what people work on
    const at = documents.length - 1 - Math.floor(random.next() ** 2 * documents.length);
    const found = live.store.desk.findDocument(documents[at] as DocumentId);
    if (found !== null) return found.state;
  }
  return null;
}

async function draft(options: PersonOptions, live: Live): Promise<void> {
  const { random, documents, desk } = options;
  const content = await keepFile(options, live, newFile(random), null);
  const id = documentId.parse(random.uuid());
  documents.push(id);
  record(options, live, id, {
    type: 'draft',
    args: { title: `Văn bản ${short(id)}`, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: random.chance(0.5) ? [otherOffice(desk)] : [], inReplyTo: null },
  });
}

async function goOn(options: PersonOptions, live: Live, state: DocumentState): Promise<void> {
  const { random, desk } = options;
  const types = (Object.keys(commandRules) as (keyof typeof commandRules)[]).filter((type) => {
    const { roles, stages }: { readonly roles: readonly string[]; readonly stages: readonly string[] } = commandRules[type];
    return roles.includes(desk.seat.role) && stages.includes(state.stage) && random.chance(weights[type] ?? 0);
  });
  if (types.length === 0) return;
  const body = await bodyFor(options, live, random.pick(types), state);
  if (body === null) return;
  // Signing takes a while; what was made of one version is not laid over another
  const now = live.store.desk.findDocument(state.id)?.state;
  if (now?.versions.workflow !== state.versions.workflow || now.content.sha256 !== state.content.sha256) return;
  record(options, live, state.id, body);
}

/** How often a person who could do it does. */
const weights: Readonly<Partial<Record<keyof typeof commandRules, number>>> = {
  draft: 0, revise: 0.2, submit: 0.9, returnToDrafter: 0.1, approve: 0.9, issue: 0.9, send: 0.5, register: 0.8, mark: 0.15, augment: 0.1, present: 0.8, assign: 0.6, refuse: 0.1,
};

async function bodyFor(options: PersonOptions, live: Live, type: keyof typeof commandRules, state: DocumentState): Promise<CommandBody | null> {
  const { random, desk } = options;
  const signed = (): Promise<ContentRef | null> => continueFile(options, live, state.content);
  const reason = 'Đề nghị xem lại';
  switch (type) {
    case 'draft': return null;
    case 'revise': return { type, args: { content: await keepFile(options, live, newFile(random), null) } };
    case 'submit': {
      // what is put before a leader has been opened here
      const content = random.chance(0.5) ? await signed() : live.store.blobs.has(state.content.sha256) ? state.content : null;
      return content === null ? null : { type, args: { content } };
    }
    case 'returnToDrafter': return { type, args: { reason } };
    case 'approve': {
      const content = await signed();
      return content === null ? null : { type, args: { content, signer: 'Nguyễn Văn An' } };
    }
    case 'issue': {
      const content = await signed();
      const entry = nextNumber(live, bookOf(desk.seat.unit.code, 'van-ban-di'));
      return content === null || entry === null ? null : { type, args: { content, entry, notation: 'UBND-VP', issuedDate: '2026-06-15', signer: 'Nguyễn Văn An' } };
    }
    case 'send': {
      const known = new Set(state.recipients.filter((r) => r.status !== 'planned').map((r) => r.organization.code));
      const fresh = [otherOffice(desk), province].filter(({ code }) => !known.has(code));
      return fresh.length === 0 ? null : { type, args: { recipients: fresh.slice(0, 1 + random.int(2)) } };
    }
    case 'register': {
      const entry = nextNumber(live, bookOf(desk.seat.unit.code, 'van-ban-den'));
      return entry === null ? null : { type, args: { entry, arrivalDate: '2026-06-15' } };
    }
    case 'mark': {
      const mark = random.pick(['incoming', 'comment', 'copy', 'appendix'] as const);
      if (!canMark(state, mark, desk.seat.role)) return null;
      const content = await signed();
      return content === null ? null : { type, args: { content, mark, text: 'Đã xem', signer: desk.seat.person.fullName } };
    }
    case 'augment': {
      const content = await signed();
      return content === null ? null : { type, args: { content, level: 'B-LT' } };
    }
    case 'present': return { type, args: { note: '' } };
    case 'assign': return { type, args: { lead: desk.seat.person.id, support: [], inform: [], directive: `Giao việc ${random.int(1000)}`, deadline: null } };
    case 'refuse': return { type, args: { reason } };
    default: throw new Error(`no body for ${type}`);
  }
}

function record({ desk, ledger, random, clock }: PersonOptions, live: Live, id: DocumentId, body: CommandBody): void {
  const { store } = live;
  const state = store.desk.findDocument(id)?.state ?? null;
  const { seat } = desk;
  const now = Math.floor(clock.now() + desk.skewMs);
  const command: Command = {
    id: commandId.parse(random.uuid()), document: id, unit: seat.unit.code, actor: { person: seat.person.id, fullName: seat.person.fullName, role: seat.role, unit: seat.unit.code },
    at: new Date(now).toISOString(), base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: store.desk.standsLast(id), ...body,
  };
  const events = decide(state, command, { unit: seat.unit });
  if (!events.ok) return;
  const seen = groupOf(body.type, store.desk.readHistory(id));
  const book = body.type === 'issue' || body.type === 'register' ? { id: body.args.entry.book, used: body.args.entry.number } : undefined;
  const held = canBeTakenBack(body.type) && random.chance(0.6) ? now + 6000 : null;
  const action = { command, desk: desk.name, seen, state: 'unsure' as 'sure' | 'unsure' | 'undone' };
  ledger.actions.set(command.id, action);
  store.desk.recordAction(command, events.value, book, held);
  action.state = 'sure';
  ledger.note(desk.name, `does ${body.type} ${short(command.id)} on ${short(id)}${book === undefined ? '' : ` with ${book.used}`}${held === null ? '' : ', held'}`);
  if (held !== null && random.chance(0.2)) clock.after(random.between(200, 9000), () => takeBack(desk, ledger, id));
}

/** Hoàn tác, if it is not too late; the whole of what may be taken back, or the last alone. */
function takeBack(desk: SimDesk, ledger: Ledger, id: DocumentId): void {
  const live = desk.live();
  if (live === null) return;
  try {
    const last = live.store.desk.undoable(id).at(-1);
    if (last === undefined) return;
    const action = ledger.actions.get(last.command);
    const before = action?.state;
    if (action !== undefined) action.state = 'unsure';
    const done = live.store.desk.undo(id, [last.command]);
    if (action !== undefined && before !== undefined) action.state = done ? 'undone' : before;
    if (done) ledger.covered.add('taken back');
    if (done) ledger.note(desk.name, `takes back ${last.type} ${short(last.command)}`);
  } catch (error) {
    if (!(error instanceof Crashed)) throw error;
  }
}

/** A person has seen what came to nothing, and puts it away. */
export function settleProblem({ desk, ledger }: Pick<PersonOptions, 'desk' | 'ledger'>, live: Live): boolean {
  const { desk: store } = live.store;
  const clash = store.conflicts()[0];
  const problem = clash === undefined ? store.outbox().find((item) => item.sync === 'problem') : undefined;
  const command = clash?.command ?? problem?.command;
  if (command === undefined) return false;
  const code = problem?.problem?.code ?? 'sync.conflict';
  ledger.covered.add(`told ${code}`);
  ledger.surfaced.set(command.id, { command: command.id, desk: desk.name, code });
  if (clash !== undefined && store.settleConflict(command.id)) {
    ledger.note(desk.name, `settles the clash of ${command.type} ${short(command.id)}`);
    return true;
  }
  store.dismissProblem(command.id);
  ledger.note(desk.name, `puts ${command.type} ${short(command.id)} away: ${code}`);
  return true;
}

function nextNumber(live: Live, book: BookId): { readonly book: BookId; readonly epoch: number; readonly number: number } | null {
  const lease = live.store.desk.findBook(book);
  return lease === null || lease.next > lease.reserveEnd ? null : { book, epoch: lease.epoch, number: lease.next };
}

function otherOffice(desk: SimDesk): typeof commune {
  return desk.seat.unit.code === commune.code ? department : commune;
}

async function keepFile({ ledger }: PersonOptions, live: Live, bytes: Uint8Array, parent: ContentRef | null): Promise<ContentRef> {
  const put = await live.store.blobs.put(once(bytes));
  if (!put.ok) throw new Error(put.error.code);
  return contentRefOf(ledger, bytes, parent);
}

/** The file with one signature more; null where the file has not come yet. */
async function continueFile({ ledger, random }: PersonOptions, live: Live, base: ContentRef): Promise<ContentRef | null> {
  if (!live.store.blobs.has(base.sha256)) return null;
  const before = live.store.blobs.read(base.sha256, 0, base.sizeBytes);
  const tail = signedTail(before, random);
  const put = await live.store.blobs.putWithBase(base.sha256, tail);
  return put.ok ? contentRefOf(ledger, Buffer.concat([before, tail]), base, base.fileName) : null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
