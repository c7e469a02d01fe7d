import { assertNever, fail, ok, type Result } from '../result.ts';
import { canBeAsked } from './change-requests.ts';
import { commandRules, type CommandRule } from './command-rules.ts';
import type { DocumentCommand, DocumentEvent, DocumentState } from './document.ts';
import type { MarkKind } from './mark.ts';
import type { Organization, Role } from './organization.ts';
import type { OfficeState } from './records/office.ts';
import { checkGrant } from './records/grants.ts';
import { decideCapacity } from './records/signing-capacity.ts';
import { findTask, isOpen } from './task-rules.ts';
import { needsReason } from './verdict.ts';

export { apply, replay } from './apply.ts';
export { commandRules, versionGroup } from './command-rules.ts';

/**
 * What the decision needs besides the document: the unit's own entry in the directory, what the office has settled for itself (left out: nothing),
 * and the actor's position as the directory has it (left out: not known here, and not judged here).
 */
export type DecisionContext = { readonly unit: Organization; readonly office?: OfficeState | null; readonly position?: string };

/**
 * The rule of the office, run by the client to answer at once and by the server to have the last word.
 * Errors: `not-allowed`, `workflow.wrong-stage`, `not-found`, `workflow.no-recipients`, `verification.reason-needed`, `workflow.recall-pending`, `workflow.grant-needed`,
 * `grant.not-in-force`, `workflow.no-task`, `workflow.task-state`, `workflow.nothing-asked`, `numbering.book-closed`.
 */
export function decide(state: DocumentState | null, command: DocumentCommand, context: DecisionContext): Result<readonly DocumentEvent[]> {
  const rule: CommandRule = commandRules[command.type];
  const allowed = mayGive(rule.roles, command, context);
  if (!allowed.ok) return allowed;
  const meta = { at: command.at, by: command.actor, command: command.id, ...(command.byGrant === undefined ? {} : { byGrant: command.byGrant }) };

  if (command.type === 'draft' || command.type === 'receive') {
    if (state !== null) return fail('workflow.wrong-stage', { stage: state.stage });
    return command.type === 'draft' ? ok([{ ...meta, type: 'drafted', ...command.args, unit: context.unit }]) : ok([{ ...meta, type: 'received', ...command.args, unit: context.unit }]);
  }
  if (state === null) return fail('not-found', { what: 'document' });
  if (state.unit.code !== command.unit) return fail('not-allowed');
  if (!rule.stages.includes(state.stage)) return fail('workflow.wrong-stage', { stage: state.stage });
  // QĐ 28/2018 Art 9.2: what is asked back is cancelled, and nothing else is done with it
  if (isAskedBack(state) && !['answerChange', 'comment'].includes(command.type)) return fail('workflow.recall-pending');

  switch (command.type) {
    case 'mark':
      return canMark(state, command.args.mark, command.actor.role) ? ok([{ ...meta, type: 'marked', ...command.args }]) : fail('not-allowed');
    case 'augment':
      return ok([{ ...meta, type: 'augmented', ...command.args }]);
    case 'comment':
      return ok([{ ...meta, type: 'commented', ...command.args }]);
    case 'edit':
      return decideEdit(state, command, meta);
    case 'revise':
      return ok([{ ...meta, type: 'revised', ...command.args }]);
    case 'submit':
      return ok([{ ...meta, type: 'submitted', ...command.args }]);
    case 'returnToDrafter':
      return ok([{ ...meta, type: 'returned', ...command.args }]);
    case 'approve': {
      const capacity = decideCapacity(command, context.office ?? null, context.position);
      return capacity.ok ? ok([{ ...meta, type: 'approved', ...command.args, ...capacity.value }]) : capacity;
    }
    case 'issue':
      if (isClosed(command.args.entry.book, context)) return fail('numbering.book-closed', { year: yearOf(command.args.entry.book) });
      return ok([{ ...meta, type: 'issued', ...command.args }]);
    case 'voidNumber':
      return ok([{ ...meta, type: 'voided', ...command.args }]);
    case 'send': {
      const known = new Set(state.recipients.filter((r) => r.status !== 'planned').map((r) => r.organization.code));
      const fresh = command.args.recipients.filter((r) => !known.has(r.code));
      if (fresh.length === 0) return fail('workflow.no-recipients');
      return ok([{ ...meta, type: 'sent', recipients: fresh }]);
    }
    case 'askChange': {
      if (state.stage === 'recalled' && command.args.change === 'update') return fail('workflow.wrong-stage', { stage: state.stage });
      const able = state.recipients.filter((one) => canBeAsked(one, command.args.change)).map(({ organization }) => organization.code);
      const asked = able.filter((code) => command.args.recipients?.includes(code) ?? true);
      if (asked.length === 0) return fail('workflow.no-recipients');
      return ok([{ ...meta, type: 'changeAsked', ...command.args, recipients: asked }]);
    }
    case 'answerChange':
      if (state.asked?.request !== command.args.request) return fail('workflow.nothing-asked');
      if (!command.args.agree && command.args.reason.trim() === '') return fail('workflow.reason-required');
      return ok([{ ...meta, type: 'changeAnswered', ...command.args }]);
    case 'register': {
      const { check, entry } = command.args;
      if (isClosed(entry.book, context)) return fail('numbering.book-closed', { year: yearOf(entry.book) });
      if (check !== undefined && needsReason(check.verdict) && (check.reason ?? '') === '') return fail('verification.reason-needed');
      return ok([{ ...meta, type: 'registered', ...command.args }]);
    }
    case 'present':
      return ok([{ ...meta, type: 'presented', ...command.args }]);
    case 'assign':
      return ok([{ ...meta, type: 'assigned', ...command.args }]);
    case 'refuse':
      return ok([{ ...meta, type: 'refused', ...command.args }]);
    case 'sendBack':
      return ok([{ ...meta, type: 'sentBack', ...command.args }]);
    case 'reopen':
      return ok([{ ...meta, type: 'reopened', ...command.args }]);
    default:
      return decideTask(state, command, meta);
  }
}

type Meta = Pick<DocumentEvent, 'at' | 'by' | 'command' | 'byGrant'>;
type TaskCommand = DocumentCommand & { readonly type: 'acceptTask' | 'returnTask' | 'reportProgress' | 'requestExtension' | 'answerExtension' | 'finishTask' | 'evaluate' | 'passOn' | 'remind' };

/** What concerns one person's part. A refusal names why: theirs is no task here (`workflow.no-task`), or it does not stand so that this could be done (`workflow.task-state`). */
function decideTask(state: DocumentState, command: TaskCommand, meta: Meta): Result<readonly DocumentEvent[]> {
  const who = 'person' in command.args ? command.args.person : command.actor.person;
  const task = findTask(state.tasks, who);
  if (task === null) return fail('workflow.no-task');
  const stands = fail('workflow.task-state', { state: task.state });
  switch (command.type) {
    case 'acceptTask':
      return task.state === 'new' ? ok([{ ...meta, type: 'taskAccepted' }]) : stands;
    case 'returnTask':
      return isOpen(task) ? ok([{ ...meta, type: 'taskReturned', ...command.args }]) : stands;
    case 'reportProgress':
      return isOpen(task) ? ok([{ ...meta, type: 'progressReported', ...command.args }]) : stands;
    case 'requestExtension':
      return isOpen(task) && task.extension?.granted !== null ? ok([{ ...meta, type: 'extensionRequested', ...command.args }]) : stands;
    case 'answerExtension':
      if (task.extension?.granted !== null) return stands;
      if (!command.args.granted && command.args.reason.trim() === '') return fail('workflow.reason-required');
      return ok([{ ...meta, type: 'extensionAnswered', ...command.args }]);
    case 'finishTask':
      return isOpen(task) ? ok([{ ...meta, type: 'taskFinished', ...command.args }]) : stands;
    case 'evaluate':
      return task.state === 'done' ? ok([{ ...meta, type: 'evaluated', ...command.args }]) : stands;
    case 'passOn':
      // whoever has it already is not given it twice
      return isOpen(task) && findTask(state.tasks, command.args.to) === null ? ok([{ ...meta, type: 'passedOn', ...command.args }]) : stands;
    case 'remind':
      return isOpen(task) ? ok([{ ...meta, type: 'reminded', ...command.args }]) : stands;
    default:
      return assertNever(command);
  }
}

/** A description is its author's: ours until it is signed and numbered, another office's only where no office of this system sent it. */
function decideEdit(state: DocumentState, command: DocumentCommand & { readonly type: 'edit' }, meta: Meta): Result<readonly DocumentEvent[]> {
  const received = state.direction === 'incoming';
  if (received && (state.channel === null || command.actor.role !== 'clerk')) return fail('not-allowed');
  const { numberText, issuedDate, from, signer, recipients } = command.args;
  const foreign = [numberText, issuedDate, from, signer].some((value) => value !== undefined);
  if (received ? recipients !== undefined : foreign) return fail('input.invalid', { where: 'edit' });
  return ok([{ ...meta, type: 'edited', ...command.args }]);
}

export function isAskedBack(state: Pick<DocumentState, 'direction' | 'asked'>): boolean {
  return state.direction === 'incoming' && state.asked?.change === 'recall';
}

function mayGive(roles: readonly Role[], command: DocumentCommand, context: DecisionContext): Result<null> {
  if (command.actor.unit !== command.unit) return fail('not-allowed');
  if (command.byGrant !== undefined) return checkGrant(context.office ?? null, command, roles);
  return roles.includes(command.actor.role) ? ok(null) : fail('not-allowed');
}

function yearOf(book: string): string {
  return book.split('/')[1] ?? '';
}

/** Year closing: no number is given in a closed book, by whomever. */
function isClosed(book: string, { office }: DecisionContext): boolean {
  return office?.closed.some((closed) => closed.book === book) ?? false;
}

/**
 * Who writes which mark on what. Dấu đến: the clerk, on what was registered (Art 22.2). Bút phê: the leader, on what was put before them (Art 24.1).
 * Bản sao: the clerk, with the organisation's key (Art 25, 33.2). Phụ lục: the clerk, before it is sent (App I.II.8b).
 */
export function canMark(state: Pick<DocumentState, 'direction' | 'stage'>, mark: MarkKind, role: Role): boolean {
  const { direction, stage } = state;
  switch (mark) {
    case 'incoming': return role === 'clerk' && direction === 'incoming' && stage === 'registered';
    case 'comment': return role === 'leader' && direction === 'incoming' && (stage === 'presented' || stage === 'assigned');
    case 'copy': return role === 'clerk' && direction === 'incoming' && ['registered', 'presented', 'assigned', 'finished'].includes(stage);
    case 'appendix': return role === 'clerk' && direction === 'outgoing' && stage === 'issued';
    default: return assertNever(mark);
  }
}
