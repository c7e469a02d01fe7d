import type { Conflict } from '../../../src-shared/contract/conflicts.ts';
import type { CommandId, DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { StoredConflict } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';
import { act } from '../documents/act.ts';
import type { Handlers } from '../handlers.ts';
import { bodyOf, canKeepMine, choicesOf, draftOfMine } from './choices.ts';
import { mineOf, theirsOf } from './sides.ts';

type ConflictHandlers = Pick<Handlers, Extract<keyof Handlers, `conflicts.${string}`>>;

/** Losing versions, side by side with what stands, until a person settles them. Each choice is one transaction with the settling. */
export function conflictHandlers(context: DeskContext): ConflictHandlers {
  const { store } = context;
  return {
    'conflicts.list': () => ok({ conflicts: store.conflicts().map((one) => toConflict(context, one)) }),
    'conflicts.keepMine': ({ id }) => {
      const found = find(id);
      if (!found.ok) return found;
      const { command, theirs } = found.value;
      if (!canKeepMine(context, command, theirs)) return fail('not-allowed');
      return settled(act(context, command.document, bodyOf(command), { settles: id }), {}, command.document);
    },
    'conflicts.keepBoth': ({ id }) => {
      const found = find(id);
      if (!found.ok) return found;
      const { command, title, theirs } = found.value;
      const draft = draftOfMine(context, command, title, theirs);
      if (draft === null) return fail('not-allowed');
      const document = context.newId() as DocumentId;
      return settled(act(context, document, draft, { settles: id }), { document }, command.document);
    },
    'conflicts.accept': ({ id }) => {
      const found = find(id);
      if (!found.ok) return found;
      store.settleConflict(id);
      return settled(ok(null), {}, found.value.command.document);
    },
  };

  function find(id: CommandId): Result<StoredConflict> {
    const found = store.conflicts().find(({ command }) => command.id === id);
    return found === undefined ? fail('not-found', { what: 'conflict' }) : ok(found);
  }

  /** The document of the clash is no longer marked by it, and what waited behind it may go. */
  function settled<T>(done: Result<unknown>, answer: T, document: DocumentId): Result<T> {
    if (!done.ok) return done;
    context.emit('documents.changed', { ids: [document], at: context.now().toISOString() });
    context.emit('sync.status', context.sync.status());
    context.emit('conflicts.changed', { count: store.conflicts().length });
    void context.sync.kick();
    return ok(answer);
  }
}

function toConflict(context: DeskContext, { command, title, theirs, lostAtMs }: StoredConflict): Conflict {
  return {
    id: command.id, document: command.document, title, type: command.type, at: new Date(lostAtMs).toISOString(),
    mine: mineOf(command), theirs: theirsOf(command, theirs, context.store.readHistory(command.document)), choices: choicesOf(context, command, title, theirs),
  };
}
