import type { Command } from '../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { applyLog, contentsOf, decideLog, isRecord, isRecordEvent, replayLog, versionGroupOf, type LogState } from '../../src-shared/domain/log.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { Session, Tx } from '../storage/port.ts';
import { fingerprint } from './canonical.ts';
import { alsoChanged, deliver } from './delivery.ts';
import type { Touched } from './delivery-documents.ts';
import type { Deps } from './deps.ts';
import { auditOf, findSecret, positionOf, readOffice, refuseClosing } from './settle-rules.ts';

export const retryMs = 1000;

/** `changed`: units whose feeds moved; they are announced when the answers are known. */
export type Settled = { readonly answer: CommandAnswer; readonly changed: readonly OrganizationCode[] };
export type Settle = (command: Command, session: Session) => Promise<Settled>;

/** `present`: the content that the command names is whole on this server. */
type Judged = { readonly command: Command; readonly session: Session; readonly print: string; readonly present: 'yes' | 'no' | 'other-size'; readonly isOurs: Deps['isOurs'] };

/**
 * One command, one transaction: its key, its effect and its answer are written together or not at all (sync.md rule 2). Documents are locked first and feeds moved
 * last (rule 3); between them books. The actor must be the session's own.
 */
export function createSettle({ storage, content, now, isOurs }: Pick<Deps, 'storage' | 'content' | 'now' | 'isOurs'>): Settle {
  return async (command, session) => {
    if (!isOwn(command, session)) return { answer: rejected(command.id, { code: 'not-allowed' }), changed: [] };
    const { answer, touched } = await findPresence(command).then((present) => storage.transaction((tx) => settleIn(tx, { command, session, print: fingerprint(command), present, isOurs }, now())));
    return { answer, changed: [...new Set(touched.map(({ unit }) => unit))] };
  };

  async function findPresence(command: Command): Promise<Judged['present']> {
    for (const { sha256, sizeBytes } of contentsOf(command.args)) {
      const size = await content.findSize(sha256);
      if (size === null) return 'no';
      if (size !== sizeBytes) return 'other-size';
    }
    return 'yes';
  }
}

/** Nobody speaks for another person, role or unit; and a stranger does not use up somebody's key, since nothing is stored. */
export function isOwn({ actor, unit }: Command, session: Session): boolean {
  return actor.person === session.person.id && actor.role === session.role && actor.unit === session.unit.code && unit === session.unit.code;
}

async function settleIn(tx: Tx, judged: Judged, nowMs: number): Promise<{ answer: CommandAnswer; touched: readonly Touched[] }> {
  const { session, print } = judged;
  const unit = session.unit.code;
  const { id } = judged.command;
  // the server knows the person's name and the offices' names best
  const command = await withDirectoryNames(tx, { ...judged.command, actor: { ...judged.command.actor, fullName: session.person.fullName } }, nowMs);
  const refusal = 'code' in command ? command : null;
  const asked = 'code' in command ? judged.command : command;
  const others = refusal === null ? await alsoChanged(tx.documents, asked) : [];
  await lockAll(tx, [{ unit, id: asked.document }, ...others]);

  const before = await tx.answers.find(unit, id);
  if (before !== null) return { answer: before.fingerprint === print ? before.answer : rejected(id, { code: 'idempotency.mismatch' }), touched: [] };
  const touched: Touched[] = [];
  const answer = await decideOne(tx, { ...judged, command: asked }, refusal, others, nowMs, touched);
  if (answer.status === 'retry') return { answer, touched: [] };
  await tx.answers.put(unit, answer, print, nowMs);
  const noted = answer.status === 'applied' ? await auditOf(tx, asked, session, nowMs) : null;
  if (noted !== null) await tx.audit.append(noted);
  if (touched.length > 0) await tx.documents.touch(touched);
  return { answer, touched };
}

async function lockAll(tx: Tx, all: readonly Touched[]): Promise<void> {
  const key = ({ unit, id }: Touched) => `${unit}\n${id}`;
  const byKey = new Map(all.map((each) => [key(each), each]));
  for (const name of [...byKey.keys()].sort()) {
    const each = byKey.get(name);
    if (each !== undefined) await tx.documents.lock(each.unit, each.id);
  }
}

async function decideOne(tx: Tx, { command, session, present, isOurs }: Judged, refusal: AppError | null, locked: readonly Touched[], nowMs: number, touched: Touched[]): Promise<CommandAnswer> {
  const unit = session.unit.code;
  const { id, document } = command;
  if ((await tx.documents.findGone(unit, document)) !== null) return rejected(id, { code: 'not-found', params: { what: 'document' } });
  const events = await tx.documents.readEvents(unit, document);
  // somebody was quicker than our locks: it has come, or gone to more offices, since they were named
  if (refusal === null && !(await alsoChanged(tx.documents, command)).every((one) => locked.some(({ unit: of, id: other }) => of === one.unit && other === one.id))) return { id, status: 'retry', afterMs: 0 };
  const state = replayLog(document, events);
  const current = state?.versions ?? { workflow: 0, assignment: 0 };
  if (command.dependsOn !== null) {
    const earlier = (await tx.answers.find(unit, command.dependsOn))?.answer.status;
    // its predecessor waits (content under way): it waits too, or it would be judged against a state its author did not mean
    if (earlier === undefined) return { id, status: 'retry', afterMs: retryMs };
    if (earlier !== 'applied') return { id, status: 'conflict', current };
  }
  const group = versionGroupOf(command.type);
  if (group !== null && command.base[group] !== current[group]) return { id, status: 'conflict', current };
  if (refusal !== null) return rejected(id, refusal);

  // what the office has settled for itself, where it has to do with the command: whose leave it is given by, and which books are closed
  const office = command.byGrant !== undefined || command.type === 'issue' || command.type === 'register' ? await readOffice(tx, unit) : null;
  // who signs KT. or Q. without a grant does so by their position, as the directory has it and not as they say
  const position = command.type === 'approve' && command.byGrant === undefined && command.args.capacity !== undefined ? await positionOf(tx, unit, command.actor.person) : undefined;
  const decision = decideLog(state, command, { unit: session.unit, office, ...(position === undefined ? {} : { position }) });
  if (!decision.ok) return rejected(id, decision.error);
  const unfit = findSecret(command) ?? (await refuseClosing(tx, command));
  if (unfit !== null) return rejected(id, unfit);
  const contents = contentsOf(command.args);
  if (contents.length > 0) {
    if (present === 'no') return { id, status: 'retry', afterMs: retryMs };
    for (const { sha256 } of contents) if (!(await tx.uploads.mayName(unit, sha256))) return { id, status: 'retry', afterMs: retryMs };
    if (present === 'other-size') return rejected(id, { code: 'input.invalid', params: { where: 'content.sizeBytes' } });
  }
  if (command.type === 'issue' || command.type === 'register') {
    const { entry } = command.args;
    const fault = await tx.books.check(entry, unit);
    if (fault !== null) return rejected(id, { code: fault, params: { number: entry.number } });
    await tx.books.record(entry, document);
  }

  await tx.documents.append(unit, document, decision.value);
  let after: LogState | null = state;
  for (const event of decision.value) {
    const before = after;
    after = applyLog(document, before, event);
    if (isRecord(after) || isRecordEvent(event) || (before !== null && isRecord(before))) continue;
    touched.push(...(await deliver({ documents: tx.documents, axis: tx.axis, isOurs }, before, after, event, new Date(nowMs).toISOString())));
  }
  touched.push({ unit, id: document });
  return { id, status: 'applied' };
}

/** Recipients are the directory's own entries. Who is unknown cannot be sent to, nor who has ceased; in a draft the name is only a plan and stays as written. */
async function withDirectoryNames(tx: Tx, command: Command, nowMs: number): Promise<Command | AppError> {
  if (command.type !== 'send') return command;
  const recipients: Organization[] = [];
  for (const recipient of command.args.recipients) {
    const known = await tx.directory.find(recipient.code);
    if (known === null) return { code: 'workflow.unknown-recipient', params: { org: recipient.code } };
    if (known.ceasedOn !== null && known.ceasedOn < vietnamDay(nowMs)) return { code: 'workflow.ceased-recipient', params: { org: recipient.code, on: known.ceasedOn } };
    if (!recipients.some((r) => r.code === known.code)) recipients.push({ code: known.code, name: known.name });
  }
  return { ...command, args: { recipients } };
}

function rejected(id: Command['id'], error: AppError): CommandAnswer {
  return { id, status: 'rejected', error };
}
