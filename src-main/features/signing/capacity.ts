import { checkGrant } from '../../../src-shared/domain/records/grants.ts';
import { signingCapacities, type SigningCapacity } from '../../../src-shared/domain/records/signing-capacity.ts';
import type { GrantId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';

type CapacityContext = Pick<DeskContext, 'me' | 'now' | 'role' | 'store' | 'unit'>;

/** In which capacities whoever sits here may sign today, the one proposed first. */
export function capacitiesOf({ me, now, role, store }: CapacityContext): readonly SigningCapacity[] {
  return signingCapacities(me, role === 'leader', store.people(), store.office(), vietnamDate(now()));
}

/**
 * The capacity that the person chose, or where they said nothing the one that is plain: the proposed one of a leader, the only grant of somebody who is none.
 * Null: they hold none, and the rule will say so. Errors: `grant.not-in-force`, `workflow.grant-needed`.
 */
export function chooseCapacity(context: CapacityContext, as: string | undefined): Result<SigningCapacity | null> {
  const held = capacitiesOf(context);
  const chosen = held.find(({ id }) => id === as);
  if (chosen !== undefined) return ok(chosen);
  if (as !== undefined) {
    // it was in force when it was chosen, maybe: then the rule's own words say until when
    const { me, role, unit, store, now } = context;
    const lent = checkGrant(store.office(), { byGrant: as as GrantId, actor: { person: me.id, fullName: me.fullName, role, unit: unit.code }, at: now().toISOString() }, ['leader']);
    return lent.ok || lent.error.code === 'not-allowed' ? fail('workflow.grant-needed', { capacity: as === 'position' ? 'KT.' : '' }) : lent;
  }
  // by whose leave one signs is nothing to guess
  if (context.role !== 'leader' && held.length > 1) return fail('workflow.grant-needed', { capacity: held[0]?.capacity ?? '' });
  return ok(held[0] ?? null);
}

/** What goes with a command to approve. */
export function approvalWords(chosen: SigningCapacity | null): { readonly capacity?: NonNullable<SigningCapacity['capacity']>; readonly signedAs?: string } {
  if (chosen === null || chosen.capacity === null) return {};
  return { capacity: chosen.capacity, signedAs: chosen.words };
}

const runKey = 'signing.batch-capacity';

/** A run goes on after a crash in the capacity that it was begun in. */
export function keepRunCapacity({ store }: Pick<DeskContext, 'store'>, batch: string, chosen: SigningCapacity | null): void {
  store.setSetting(runKey, JSON.stringify([batch, chosen?.id ?? null]));
}

export function readRunCapacity({ store }: Pick<DeskContext, 'store'>, batch: string): string | undefined {
  const kept = store.getSetting(runKey);
  const [of, id] = kept === null ? [] : (JSON.parse(kept) as readonly [string, string | null]);
  return of === batch ? (id ?? undefined) : undefined;
}
