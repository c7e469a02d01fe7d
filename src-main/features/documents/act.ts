import type { Command, CommandBody, LogEvent, Versions } from '../../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, GrantId } from '../../../src-shared/domain/ids.ts';
import { canBeTakenBack } from '../../../src-shared/domain/undo.ts';
import { decideLog, isRecordCommand, type LogState } from '../../../src-shared/domain/log.ts';
import type { RecordCommandBody, RecordState } from '../../../src-shared/domain/records/record.ts';
import { commandRules } from '../../../src-shared/domain/workflow.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { AugmentationJob, Beside } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';
import { grantFor } from '../grants/in-force.ts';
import { readDetail } from './detail.ts';

export type ActOptions = {
  /** The register's number that the action uses up. */
  readonly book?: { readonly id: BookId; readonly used: number };
  /** The version that the person had before them, where the action took time. Error: `workflow.changed-meanwhile`. */
  readonly seen?: Versions;
  /** The run of signatures that it is part of: the item is marked in the same transaction. */
  readonly batch?: string;
  /** Long-term data that is to be added from now on; null: none any more. */
  readonly augmentation?: AugmentationJob | null;
  /** The clash that it settles, in the same transaction. It is not held to be taken back: that would lose what the person chose. */
  readonly settles?: CommandId;
  /** By whose leave the person says that they act; left out: their own role, and where that would not do, the only leave that would. */
  readonly byGrant?: GrantId;
  /** Whoever does many tells the screens and wakes the line itself. */
  readonly quiet?: boolean;
};

/**
 * What every action of a person comes down to: the rule decides, words and events are stored in one transaction, the screens are told,
 * the outbox is kicked. The line is never waited for. What can be taken back is held from it for a moment.
 */
export function act(context: DeskContext, id: DocumentId, body: CommandBody, options: ActOptions = {}): Result<DocumentDetail> {
  const done = perform(context, id, body, options);
  return done.ok ? readDetail(context, id) : done;
}

/** The same for one of the office's records (src-shared/domain/records). */
export function actOnRecord(context: DeskContext, id: DocumentId, body: RecordCommandBody): Result<RecordState> {
  const done = perform(context, id, body, {});
  if (!done.ok) return done;
  const stored = context.store.findRecord(id);
  if (stored === null) throw new Error(`${body.type} left no record`);
  return ok(stored.state);
}

/** The decision alone, storing nothing: asked before a token is touched, so that no file is signed in vain. */
export function tryAct(context: DeskContext, id: DocumentId, body: CommandBody, byGrant?: GrantId): Result<{ readonly command: Command; readonly events: readonly LogEvent[] }> {
  const state = presentState(context, id, body);
  const office = context.store.office();
  const leave = byGrant ?? leaveFor(context, body);
  const command: Command = {
    id: context.newId() as CommandId,
    document: id,
    unit: context.unit.code,
    actor: { person: context.me.id, fullName: context.me.fullName, role: context.role, unit: context.unit.code },
    at: context.now().toISOString(),
    base: state?.versions ?? { workflow: 0, assignment: 0 },
    // made over what is not answered yet: should that lose, another version may well carry the same count
    dependsOn: context.store.standsLast(id),
    ...(leave === null ? {} : { byGrant: leave }),
    ...body,
  };
  const events = decideLog(state, command, { unit: context.unit, office, position: context.me.position });
  return events.ok ? ok({ command, events: events.value }) : events;
}

/** Tells the screens and wakes the line, after what was done quietly. */
export function tellDone(context: DeskContext, ids: readonly DocumentId[], at: string): void {
  context.emit('documents.changed', { ids: [...ids], at });
  context.emit('sync.status', context.sync.status());
  void context.sync.kick();
}

function perform(context: DeskContext, id: DocumentId, body: CommandBody, options: ActOptions): Result<Command> {
  // Signing takes seconds, and the feed does not wait: what was made of one version is not laid over another (sync.md I7)
  if (options.seen !== undefined && presentState(context, id, body)?.versions.workflow !== options.seen.workflow) return fail('workflow.changed-meanwhile');
  const decided = tryAct(context, id, body, options.byGrant);
  if (!decided.ok) return decided;
  const { command, events } = decided.value;
  const heldUntilMs = options.settles === undefined && canBeTakenBack(command.type) && context.holdMs() > 0 ? context.now().getTime() + context.holdMs() : null;
  context.store.recordAction(command, events, options.book, heldUntilMs, besideOf(options));
  if (options.quiet !== true) tellDone(context, [id], command.at);
  return ok(command);
}

function presentState({ store }: DeskContext, id: DocumentId, body: CommandBody): LogState | null {
  return isRecordCommand(body) ? (store.findRecord(id)?.state ?? null) : (store.findDocument(id)?.state ?? null);
}

/** Null: the actor's own role will do, or nobody has given them leave, or more than one has and they must say by whose. */
function leaveFor(context: DeskContext, body: CommandBody): GrantId | null {
  if (isRecordCommand(body)) return null;
  const { roles }: { readonly roles: readonly string[] } = commandRules[body.type];
  return roles.includes(context.role) ? null : (grantFor(context, commandRules[body.type].roles)?.id ?? null);
}

function besideOf({ batch, augmentation, settles }: ActOptions): Beside {
  return { ...(batch === undefined ? {} : { batch }), ...(augmentation === undefined ? {} : { augmentation }), ...(settles === undefined ? {} : { settles }) };
}
