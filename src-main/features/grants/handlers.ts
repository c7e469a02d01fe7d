import type { GrantId } from '../../../src-shared/domain/ids.ts';
import { grantsTo } from '../../../src-shared/domain/records/grants.ts';
import { recordId } from '../../../src-shared/domain/records/record-id.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { actOnRecord } from '../documents/act.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';

type GrantHandlers = Pick<Handlers, Extract<keyof Handlers, `grants.${string}`>>;

/** Ủy quyền and giao thay (NĐ 30/2020 Art 13): written, time-limited leaves that one person of the unit gives to another. */
export function grantHandlers(context: DeskContext): GrantHandlers {
  const { store, unit, me } = context;
  const office = recordId(unit.code, 'office');
  return {
    'grants.list': () =>
      ok({ grants: [...(store.office()?.grants ?? [])], mine: grantsTo(store.office(), me.id, vietnamDate(context.now())).map(({ id }) => id) }),
    'grants.give': (args) => {
      if (!store.people().some(({ id, unit: theirs }) => id === args.to && theirs === unit.code)) return fail('not-found', { what: 'person' });
      if (args.content !== null && !context.blobs.has(args.content.sha256)) return fail('content.not-here');
      const done = actOnRecord(context, office, { type: 'giveGrant', args: { grant: { ...args, basis: args.basis.trim(), id: context.newId() as GrantId, from: me.id } } });
      return done.ok ? ok({}) : done;
    },
    'grants.end': (args) => {
      const done = actOnRecord(context, office, { type: 'endGrant', args: { ...args, reason: args.reason.trim() } });
      return done.ok ? ok({}) : done;
    },
  };
}
