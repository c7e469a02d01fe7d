import type { sessionsResponse } from '../../src-shared/protocol/wire.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Session, Storage } from '../storage/port.ts';
import { isProvinceUnit } from './access.ts';
import type { AccountDeeds } from './accounts.ts';

/** GET /v1/sessions and DELETE /v1/sessions/{id}, for administrators: of their own unit, at the province of all. */
export function createSessionAdministration({ storage, deeds, now }: { readonly storage: Storage; readonly deeds: AccountDeeds; readonly now: () => number }) {
  async function seenBy(session: Session): Promise<(typeof sessionsResponse)['_output']['sessions']> {
    return storage.read(async (tx) => {
      const accounts = new Map((await tx.accounts.list(isProvinceUnit(session.unit.code) ? null : session.unit.code)).map((account) => [account.user, account]));
      return (await tx.sessions.list(null, now())).flatMap(({ id, user, openedAtMs, expiresAtMs }) => {
        const account = accounts.get(user);
        return account === undefined ? [] : [{ id, user, person: account.person.fullName, unit: account.unit, role: account.role, openedAt: new Date(openedAtMs).toISOString(), expiresAt: new Date(expiresAtMs).toISOString() }];
      });
    });
  }

  return {
    list: async (session: Session): Promise<Reply> => json(200, { sessions: await seenBy(session) }),
    end: async (id: string, session: Session): Promise<Reply> => {
      const ended = (await seenBy(session)).some((each) => each.id === id) && (await deeds.endSession(id, session.user));
      return ended ? { status: 204 } : refuse({ code: 'not-found', params: { what: 'session' } });
    },
  };
}
