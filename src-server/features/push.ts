import type { IncomingMessage } from 'node:http';
import type { Command, DocumentState } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { apply, decide, replay } from '../../src-shared/domain/workflow.ts';
import { fromPushed, pushRequest, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/reply.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session } from '../storage/accounts.ts';
import type { Storage } from '../storage/storage.ts';
import { fingerprint } from './canonical.ts';
import { deliver, type Touched } from './delivery.ts';

const RETRY_MS = 1000;

/** POST /v1/push */
export function createPush(storage: Storage, limits: ServerLimits, now: () => number, onChanged: (unit: OrganizationCode) => void) {
  return async function push(request: IncomingMessage, session: Session): Promise<Reply> {
    const body = await readJson(request, pushRequest, limits.pushBytes);
    if (!body.ok) return refuse(body.error);
    const changed = new Set<OrganizationCode>();
    // a document whose command has to wait holds back its own later commands, which were made on top of it
    const held = new Set<DocumentId>();
    const said = { unit: session.unit.code, actor: { person: session.person.id, fullName: session.person.fullName, role: session.role, unit: session.unit.code } };
    const answers = body.value.commands.map((pushed): CommandAnswer => {
      const command = fromPushed(pushed, said);
      if (held.has(command.document)) return { id: command.id, status: 'retry', afterMs: RETRY_MS };
      const answer = settle(storage, session, command, now(), changed);
      if (answer.status === 'retry') held.add(command.document);
      return answer;
    });
    for (const unit of changed) onChanged(unit);
    return json(200, { answers });
  };
}

/** One command, one transaction: its key, its effect and its answer are written together or not at all (sync.md rule 2). */
function settle(storage: Storage, session: Session, command: Command, nowMs: number, changed: Set<OrganizationCode>): CommandAnswer {
  const { actor, id } = command;
  const unit = session.unit.code;
  // not stored: a stranger must not use up somebody's key
  if (actor.person !== session.person.id || actor.role !== session.role || actor.unit !== unit || command.unit !== unit) return rejected(id, { code: 'not-allowed' });
  return storage.transaction(() => {
    const print = fingerprint(command);
    const before = storage.documents.findAnswer(unit, id);
    if (before !== null) return before.fingerprint === print ? before.answer : rejected(id, { code: 'idempotency.mismatch' });
    const touched: Touched[] = [];
    const answer = decideOne(storage, session, command, nowMs, touched);
    if (answer.status === 'retry') return answer;
    storage.documents.putAnswer(unit, answer, print, nowMs);
    for (const { unit: owner, id: document } of touched) {
      storage.documents.touch(owner, document);
      changed.add(owner);
    }
    return answer;
  });
}

function decideOne(storage: Storage, session: Session, given: Command, nowMs: number, touched: Touched[]): CommandAnswer {
  const unit = session.unit.code;
  const { id, document } = given;
  const state = replay(document, storage.documents.readEvents(unit, document));
  const current = state?.versions ?? { workflow: 0, assignment: 0 };
  if (given.dependsOn !== null) {
    const earlier = storage.documents.findAnswer(unit, given.dependsOn)?.answer.status;
    // its predecessor waits (content under way): it waits too, or it would be judged against a state its author did not mean
    if (earlier === undefined) return { id, status: 'retry', afterMs: RETRY_MS };
    if (earlier !== 'applied') return { id, status: 'conflict', current };
  }
  const group = given.type === 'assign' ? 'assignment' : 'workflow';
  if (given.base[group] !== current[group]) return { id, status: 'conflict', current };

  // the server knows the person's name and the offices' names best
  const named = withDirectoryNames(storage, { ...given, actor: { ...given.actor, fullName: session.person.fullName } });
  if ('code' in named) return rejected(id, named);
  const decision = decide(state, named, { unit: session.unit });
  if (!decision.ok) return rejected(id, decision.error);
  if ('content' in named.args && !storage.mayName(unit, named.args.content.sha256)) return { id, status: 'retry', afterMs: RETRY_MS };
  if ('entry' in named.args) {
    const refusal = storage.books.check(named.args.entry, unit);
    if (refusal !== null) return rejected(id, { code: refusal, params: { number: named.args.entry.number } });
    storage.books.record(named.args.entry, document);
  }

  storage.documents.append(unit, document, decision.value);
  let after: DocumentState | null = state;
  for (const event of decision.value) {
    after = apply(document, after, event);
    touched.push(...deliver(storage.documents, after, event, new Date(nowMs).toISOString()));
  }
  touched.push({ unit, id: document });
  return { id, status: 'applied' };
}

/** Recipients are the directory's own entries. Who is unknown cannot be sent to; in a draft the name is only a plan and stays as written. */
function withDirectoryNames(storage: Storage, command: Command): Command | AppError {
  if (command.type !== 'send') return command;
  const recipients: Organization[] = [];
  for (const recipient of command.args.recipients) {
    const known = storage.accounts.findOrganization(recipient.code);
    if (known === null) return { code: 'workflow.unknown-recipient', params: { org: recipient.code } };
    if (!recipients.some((r) => r.code === known.code)) recipients.push(known);
  }
  return { ...command, args: { recipients } };
}

function rejected(id: Command['id'], error: AppError): CommandAnswer {
  return { id, status: 'rejected', error };
}
