import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import { fromPushed, pushRequest, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import { auditEntry } from './audit.ts';
import type { Deps } from './deps.ts';
import { isOwn, retryMs, type Settle } from './settle.ts';

/** POST /v1/push */
export function createPush({ storage, limits, now }: Deps, settle: Settle) {
  return async function push({ request }: Call, session: Session): Promise<Reply> {
    const body = await readJson(request, pushRequest, limits.pushBytes);
    if (!body.ok) return refuse(body.error);
    const changed = new Set<OrganizationCode>();
    // a document whose command has to wait holds back its own later commands, which were made on top of it
    const held = new Set<DocumentId>();
    const said = { unit: session.unit.code, actor: { person: session.person.id, fullName: session.person.fullName, role: session.role, unit: session.unit.code } };
    const answers: CommandAnswer[] = [];
    const strange: string[] = [];
    for (const pushed of body.value.commands) {
      const command = fromPushed(pushed, said);
      if (held.has(command.document)) {
        answers.push({ id: command.id, status: 'retry', afterMs: retryMs });
        continue;
      }
      if (!isOwn(command, session)) strange.push(command.id);
      const settled = await settle(command, session);
      answers.push(settled.answer);
      if (settled.answer.status === 'retry') held.add(command.document);
      for (const unit of settled.changed) changed.add(unit);
    }
    if (changed.size > 0) await storage.announce([...changed]);
    if (strange[0] !== undefined) await tellStrange(session, strange[0], strange.length);
    return json(200, { answers });
  };

  /** One line a batch: who spoke for somebody else, and how often. */
  function tellStrange({ unit, user }: Session, first: string, commands: number): Promise<void> {
    return storage.transaction((tx) => tx.audit.append(auditEntry({ atMs: now(), unit: unit.code, user, action: 'command.rejected', subject: first, detail: { code: 'not-allowed', commands } })));
  }
}
