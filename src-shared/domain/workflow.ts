import { assertNever, fail, ok, type Result } from '../result.ts';
import type { Command, CommandType, DocumentEvent, DocumentState, RecipientState, Stage } from './document.ts';
import type { DocumentId, OrganizationCode } from './ids.ts';
import type { MarkKind } from './mark.ts';
import type { Organization, Role } from './organization.ts';
import { needsReason } from './verdict.ts';

/** Who may give a command, and at which stages it is meant. NĐ 30/2020 Art 10–18 (outgoing), 20–24 (incoming). */
export const commandRules = {
  draft: { roles: ['officer', 'clerk', 'leader'], stages: [] },
  revise: { roles: ['officer', 'clerk', 'leader'], stages: ['draft', 'returned'] },
  submit: { roles: ['officer', 'clerk', 'leader'], stages: ['draft', 'returned'] },
  returnToDrafter: { roles: ['leader', 'clerk'], stages: ['submitted', 'approved'] },
  // Art 13: the competent person signs
  approve: { roles: ['leader'], stages: ['submitted'] },
  // Art 32.2c: the organisation signs only what the leader has signed; the clerk does it in person
  issue: { roles: ['clerk'], stages: ['approved'] },
  send: { roles: ['clerk'], stages: ['issued', 'sent'] },
  register: { roles: ['clerk'], stages: ['arrived'] },
  // NĐ 30/2020 Art 22 (dấu đến), 24 (ý kiến chỉ đạo), 25 (bản sao); App I.II.8b (phụ lục). Which of them fits is `canMark`'s to say
  mark: { roles: ['clerk', 'leader'], stages: ['approved', 'issued', 'registered', 'presented', 'assigned'] },
  // an incoming document's content is the sender's; what we add to ours moves the version like any step, so that nothing is laid over it unseen
  augment: { roles: ['clerk'], stages: ['issued', 'sent'] },
  present: { roles: ['clerk'], stages: ['registered'] },
  assign: { roles: ['leader', 'clerk'], stages: ['presented', 'assigned'] },
  // QĐ 28/2018 Art 5.4, 9.1: refused before it is registered, with a reason
  refuse: { roles: ['clerk'], stages: ['arrived'] },
} as const satisfies Record<CommandType, { readonly roles: readonly Role[]; readonly stages: readonly Stage[] }>;

/** What the decision needs besides the document: the unit's own entry in the directory. */
export type DecisionContext = { readonly unit: Organization };

/**
 * The rule of the office, run by the client to answer at once and by the server to have the last word.
 * Errors: `not-allowed`, `workflow.wrong-stage`, `not-found`, `workflow.no-recipients`, `verification.reason-needed`.
 */
export function decide(state: DocumentState | null, command: Command, context: DecisionContext): Result<readonly DocumentEvent[]> {
  const rule: { readonly roles: readonly Role[]; readonly stages: readonly Stage[] } = commandRules[command.type];
  if (!rule.roles.includes(command.actor.role) || command.actor.unit !== command.unit) return fail('not-allowed');
  const meta = { at: command.at, by: command.actor, command: command.id };

  if (command.type === 'draft') {
    if (state !== null) return fail('workflow.wrong-stage', { stage: state.stage });
    return ok([{ ...meta, type: 'drafted', ...command.args, unit: context.unit }]);
  }
  if (state === null) return fail('not-found', { what: 'document' });
  if (state.unit.code !== command.unit) return fail('not-allowed');
  if (!rule.stages.includes(state.stage)) return fail('workflow.wrong-stage', { stage: state.stage });

  switch (command.type) {
    case 'mark':
      return canMark(state, command.args.mark, command.actor.role) ? ok([{ ...meta, type: 'marked', ...command.args }]) : fail('not-allowed');
    case 'augment':
      return ok([{ ...meta, type: 'augmented', ...command.args }]);
    case 'revise':
      return ok([{ ...meta, type: 'revised', ...command.args }]);
    case 'submit':
      return ok([{ ...meta, type: 'submitted', ...command.args }]);
    case 'returnToDrafter':
      return ok([{ ...meta, type: 'returned', ...command.args }]);
    case 'approve':
      return ok([{ ...meta, type: 'approved', ...command.args }]);
    case 'issue':
      return ok([{ ...meta, type: 'issued', ...command.args }]);
    case 'send': {
      const known = new Set(state.recipients.filter((r) => r.status !== 'planned').map((r) => r.organization.code));
      const fresh = command.args.recipients.filter((r) => !known.has(r.code));
      if (fresh.length === 0) return fail('workflow.no-recipients');
      return ok([{ ...meta, type: 'sent', recipients: fresh }]);
    }
    case 'register': {
      const { check } = command.args;
      if (check !== undefined && needsReason(check.verdict) && (check.reason ?? '') === '') return fail('verification.reason-needed');
      return ok([{ ...meta, type: 'registered', ...command.args }]);
    }
    case 'present':
      return ok([{ ...meta, type: 'presented', ...command.args }]);
    case 'assign':
      return ok([{ ...meta, type: 'assigned', ...command.args }]);
    case 'refuse':
      return ok([{ ...meta, type: 'refused', ...command.args }]);
    default:
      return assertNever(command);
  }
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
    case 'copy': return role === 'clerk' && direction === 'incoming' && stage !== 'arrived' && stage !== 'refused';
    case 'appendix': return role === 'clerk' && direction === 'outgoing' && stage === 'issued';
    default: return assertNever(mark);
  }
}

/** Folds one event into the state. Total: an event in the log always applies. Throws only on a log that does not begin with a birth. */
export function apply(id: DocumentId, state: DocumentState | null, event: DocumentEvent): DocumentState {
  if (event.type === 'drafted' || event.type === 'arrived') return born(id, event);
  if (state === null) throw new Error(`the log of ${id} begins with ${event.type}`);
  const next: DocumentState = {
    ...state,
    // long-term data comes by itself, days later: nothing has happened to the document that a list should bring up
    updatedAt: event.type === 'augmented' ? state.updatedAt : event.at,
    versions: event.type === 'assigned'
      ? { ...state.versions, assignment: state.versions.assignment + 1 }
      : event.type === 'deliveryReported' ? state.versions : { ...state.versions, workflow: state.versions.workflow + 1 },
  };
  switch (event.type) {
    case 'revised':
      // another file: whoever signed the earlier one has not signed this (NĐ 30/2020 Art 11)
      return { ...next, stage: 'draft', content: event.content, signer: null };
    case 'submitted':
      return { ...next, stage: 'submitted', content: event.content, reason: null };
    case 'returned':
      return { ...next, stage: 'returned', reason: event.reason };
    case 'approved':
      return { ...next, stage: 'approved', content: event.content, signer: event.signer };
    case 'issued':
      return { ...next, stage: 'issued', content: event.content, number: event.entry.number, notation: event.notation, issuedDate: event.issuedDate };
    case 'sent':
      return { ...next, stage: 'sent', recipients: mergeRecipients(next.recipients, event.recipients, 'sent', event.at) };
    case 'deliveryReported':
      return { ...next, recipients: reportDelivery(next.recipients, event) };
    case 'registered':
      return { ...next, stage: 'registered', arrival: { ...event.entry, arrivalDate: event.arrivalDate } };
    case 'marked':
    case 'augmented':
      return { ...next, content: event.content };
    case 'presented':
      return { ...next, stage: 'presented' };
    case 'assigned':
      return {
        ...next,
        stage: 'assigned',
        assignment: { lead: event.lead, support: event.support, inform: event.inform, directive: event.directive, deadline: event.deadline },
      };
    case 'refused':
      return { ...next, stage: 'refused', reason: event.reason };
    default:
      return assertNever(event);
  }
}

export function replay(id: DocumentId, events: readonly DocumentEvent[]): DocumentState | null {
  return events.reduce<DocumentState | null>((state, event) => apply(id, state, event), null);
}

function born(id: DocumentId, event: DocumentEvent & { type: 'drafted' | 'arrived' }): DocumentState {
  const common = {
    id, unit: event.unit, title: event.title, kind: event.kind, notation: event.notation, urgency: event.urgency, content: event.content,
    arrival: null, assignment: null, reason: null, inReplyTo: event.inReplyTo,
    versions: { workflow: 1, assignment: 0 }, createdAt: event.at, updatedAt: event.at,
  };
  if (event.type === 'arrived') {
    return { ...common, direction: 'incoming', stage: 'arrived', number: event.number, issuedDate: event.issuedDate, from: event.from, recipients: [], signer: event.signer, drafter: null };
  }
  return {
    ...common, direction: 'outgoing', stage: 'draft', number: null, issuedDate: null, from: event.unit, signer: null,
    recipients: mergeRecipients([], event.recipients, 'planned', event.at), drafter: event.by?.fullName ?? null,
  };
}

/** Added ones take `status`; one that is already there keeps its place. */
function mergeRecipients(present: readonly RecipientState[], added: readonly Organization[], status: 'planned' | 'sent', at: string): RecipientState[] {
  const codes = new Set(added.map((o) => o.code));
  const known = new Set(present.map((r) => r.organization.code));
  return [
    ...present.map((r) => (codes.has(r.organization.code) ? { ...r, status, at } : r)),
    ...added.filter((o) => !known.has(o.code)).map((organization) => ({ organization, status, at, description: '' })),
  ];
}

function reportDelivery(present: readonly RecipientState[], report: { recipient: OrganizationCode; status: RecipientState['status']; description: string; at: string }): RecipientState[] {
  return present.map((r) => (r.organization.code === report.recipient ? { ...r, status: report.status, at: report.at, description: report.description } : r));
}
