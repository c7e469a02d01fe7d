import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentState, Stage } from '../../../src-shared/domain/document.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { canBeAsked } from '../../../src-shared/domain/change-requests.ts';
import { findTask, isOpen } from '../../../src-shared/domain/task-rules.ts';
import { commandRules, isAskedBack } from '../../../src-shared/domain/workflow.ts';

type Action = DocumentDetail['actions'][number];
type Ruled = Action & keyof typeof commandRules;

/** `roles`: the desk's own, and those that somebody has lent for today. */
export type Actor = { readonly person: PersonId; readonly roles: readonly Role[] };

const byRule = [
  'register', 'present', 'assign', 'refuse', 'revise', 'submit', 'approve', 'returnToDrafter', 'issue', 'send', 'edit', 'comment', 'voidNumber', 'askChange', 'answerChange', 'sendBack',
  'acceptTask', 'returnTask', 'reportProgress', 'requestExtension', 'answerExtension', 'finishTask', 'reopen', 'evaluate', 'passOn', 'remind',
] as const satisfies readonly Ruled[];

/** What this person may do with the document now: the shared rules, narrowed to what would not be refused and what is theirs. */
export function actionsFor(state: DocumentState, actor: Actor): Action[] {
  const actions: Action[] = byRule.filter((name) => isRuled(name, state, actor) && isMeant(name, state, actor));
  // QĐ 28/2018 Art 9.2: what is asked back is answered first
  if (isAskedBack(state)) return actions.filter((name) => name === 'answerChange');
  // NĐ 30/2020 Art 22.1: what is not registered need not be handled
  if (state.direction === 'incoming' && ['registered', 'presented', 'assigned'].includes(state.stage)) actions.push('reply');
  // Art 18.3: only what has gone out is put right by another document; what was recalled is no more corrected, another comes in its place
  const gone = state.direction === 'outgoing' && actor.roles.some((role) => role !== 'administrator');
  if (gone && (state.stage === 'sent' || state.stage === 'recalled')) actions.push('replace');
  if (gone && state.stage === 'sent') actions.push('correct');
  if (canBeFiled(state)) actions.push('file');
  return actions;
}

/** NĐ 30/2020 Art 29: what is registered, or has its number, belongs into a dossier, whatever became of it. */
function canBeFiled({ direction, stage, arrival, number }: DocumentState): boolean {
  return stage !== 'voided' && (direction === 'incoming' ? arrival !== null : number !== null);
}

function isRuled(name: Ruled, state: DocumentState, { roles }: Actor): boolean {
  const rule: { readonly roles: readonly Role[]; readonly stages: readonly Stage[] } = commandRules[name];
  return rule.stages.includes(state.stage) && roles.some((role) => rule.roles.includes(role));
}

function isMeant(name: Ruled, state: DocumentState, { person, roles }: Actor): boolean {
  const { direction, stage, tasks, asked } = state;
  const mine = findTask(tasks, person);
  // an officer's drafts are their own; clerk and leader see to what is put before them (Art 11, 12)
  const ours = state.drafterId === null || state.drafterId === person || roles.some((role) => role !== 'officer');
  switch (name) {
    case 'revise':
      return ours && (stage === 'draft' || stage === 'returned');
    case 'submit':
      return ours;
    case 'edit':
      // a description that another office of this system sent is that office's
      return direction === 'incoming' ? state.channel !== null && roles.includes('clerk') : ours && (stage === 'draft' || stage === 'returned');
    case 'askChange':
      return direction === 'outgoing' && state.recipients.some((one) => canBeAsked(one, 'recall') || (stage === 'sent' && canBeAsked(one, 'update')));
    case 'answerChange':
      return direction === 'incoming' && asked !== null;
    case 'acceptTask':
      return mine?.state === 'new';
    case 'returnTask':
    case 'reportProgress':
    case 'finishTask':
    case 'passOn':
      return mine !== null && isOpen(mine);
    case 'requestExtension':
      return mine !== null && isOpen(mine) && mine.extension?.granted !== null;
    case 'answerExtension':
      return tasks.some(({ extension }) => extension?.granted === null);
    case 'evaluate':
      return tasks.some((task) => task.part !== 'inform' && task.state === 'done');
    case 'remind':
      return tasks.some(isOpen);
    default:
      return true;
  }
}
