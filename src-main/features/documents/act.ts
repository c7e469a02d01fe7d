import type { Command, CommandBody, LogEvent, Versions } from '../../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId } from '../../../src-shared/domain/ids.ts';
import { canBeTakenBack } from '../../../src-shared/domain/undo.ts';
import { decideLog } from '../../../src-shared/domain/log.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { AugmentationJob, Beside } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';
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
  /** Whoever does many tells the screens and wakes the line itself. */
  readonly quiet?: boolean;
};

/**
 * What every action of a person comes down to: the rule decides, words and events are stored in one transaction, the screens are told,
 * the outbox is kicked. The line is never waited for. What can be taken back is held from it for a moment.
 */
export function act(context: DeskContext, id: DocumentId, body: CommandBody, options: ActOptions = {}): Result<DocumentDetail> {
  const state = context.store.findDocument(id)?.state ?? null;
  // Signing takes seconds, and the feed does not wait: what was made of one version is not laid over another (sync.md I7)
  if (options.seen !== undefined && state?.versions.workflow !== options.seen.workflow) return fail('workflow.changed-meanwhile');
  const decided = tryAct(context, id, body);
  if (!decided.ok) return decided;
  const { command, events } = decided.value;
  const heldUntilMs = options.settles === undefined && canBeTakenBack(command.type) && context.holdMs() > 0 ? context.now().getTime() + context.holdMs() : null;
  context.store.recordAction(command, events, options.book, heldUntilMs, besideOf(options));
  if (options.quiet !== true) {
    context.emit('documents.changed', { ids: [id], at: command.at });
    context.emit('sync.status', context.sync.status());
    void context.sync.kick();
  }
  return readDetail(context, id);
}

function besideOf({ batch, augmentation, settles }: ActOptions): Beside {
  return { ...(batch === undefined ? {} : { batch }), ...(augmentation === undefined ? {} : { augmentation }), ...(settles === undefined ? {} : { settles }) };
}

/** The decision alone, storing nothing: asked before a token is touched, so that no file is signed in vain. */
export function tryAct(context: DeskContext, id: DocumentId, body: CommandBody): Result<{ readonly command: Command; readonly events: readonly LogEvent[] }> {
  const state = context.store.findDocument(id)?.state ?? null;
  const command: Command = {
    id: context.newId() as CommandId,
    document: id,
    unit: context.unit.code,
    actor: { person: context.me.id, fullName: context.me.fullName, role: context.role, unit: context.unit.code },
    at: context.now().toISOString(),
    base: state?.versions ?? { workflow: 0, assignment: 0 },
    // made over what is not answered yet: should that lose, another version may well carry the same count
    dependsOn: context.store.standsLast(id),
    ...body,
  };
  const events = decideLog(state, command, { unit: context.unit });
  return events.ok ? ok({ command, events: events.value }) : events;
}
