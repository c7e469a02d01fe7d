import { fail, ok, type Result } from '../../result.ts';
import type { capacities, DocumentCommand } from '../document.ts';
import type { GrantId } from '../ids.ts';
import type { Person } from '../organization.ts';
import { grantsTo } from './grants.ts';
import type { OfficeState } from './office.ts';

type Capacity = (typeof capacities)[number];

/** In which capacity a person may sign: in their own name, as their position says, or by somebody's grant. */
export type SigningCapacity = {
  /** `own`, `position`, or the grant's. */
  readonly id: string;
  readonly capacity: Capacity | null;
  readonly grant: GrantId | null;
  /** As App I writes it above the name, e.g. `KT. CHỦ TỊCH – PHÓ CHỦ TỊCH`; '' in one's own name. */
  readonly words: string;
  /** Who gave the grant; '' without one. */
  readonly from: string;
  readonly lastDay: string | null;
};

type Signer = Pick<Person, 'id' | 'position'>;

/**
 * In which capacities this person may sign on that day, the one proposed first. NĐ 30/2020 Art 13: a deputy signs for the head (KT.) what is their field,
 * so their position is enough; whoever is no leader needs a grant; a head signs in their own name.
 */
export function signingCapacities(me: Signer, isLeader: boolean, people: readonly (Signer & Pick<Person, 'fullName'>)[], office: OfficeState | null, day: string): readonly SigningCapacity[] {
  const granted = grantsTo(office, me.id, day)
    .filter(({ lends }) => lends === 'leader')
    .toReversed()
    .map((grant): SigningCapacity => {
      const giver = people.find(({ id }) => id === grant.from);
      return { id: grant.id, capacity: grant.capacity, grant: grant.id, words: capacityWords(grant.capacity, giver?.position ?? '', me.position), from: giver?.fullName ?? '', lastDay: grant.lastDay };
    });
  if (!isLeader) return granted;
  const own: SigningCapacity = { id: 'own', capacity: null, grant: null, words: '', from: '', lastDay: null };
  const held = capacityOfPosition(me.position);
  if (held === null) return [own, ...granted];
  const byPosition: SigningCapacity = { ...own, id: 'position', capacity: held, words: capacityWords(held, me.position.replace(/^\S+\s+/u, ''), me.position) };
  return held === 'KT.' ? [...granted.filter(({ capacity }) => capacity === 'KT.'), byPosition, own, ...granted.filter(({ capacity }) => capacity !== 'KT.')] : [byPosition, own, ...granted];
}

/** Errors: `workflow.grant-needed`. Whether a grant that is named is in force was asked before (`checkGrant`). */
export function decideCapacity(command: DocumentCommand & { readonly type: 'approve' }, office: OfficeState | null, position: string | undefined): Result<{ readonly capacity?: Capacity }> {
  const { capacity } = command.args;
  if (command.byGrant !== undefined) {
    const grant = office?.grants.find(({ id }) => id === command.byGrant);
    // what is written beside the signature is what the paper says
    if (grant === undefined || (capacity !== undefined && capacity !== grant.capacity)) return fail('workflow.grant-needed', { capacity: capacity ?? '' });
    return ok({ capacity: grant.capacity });
  }
  if (capacity === undefined) return ok({});
  // thừa ủy quyền wants a written, time-limited leave and thừa lệnh the office's own regulation: both stand here as a grant
  const fits = capacity === 'TM.' || ((capacity === 'KT.' || capacity === 'Q.') && (position === undefined || capacityOfPosition(position) === capacity));
  return fits ? ok({ capacity }) : fail('workflow.grant-needed', { capacity });
}

/** A position that says by itself for whom its holder signs: Phó Chủ tịch → KT., Quyền Chủ tịch → Q. */
function capacityOfPosition(position: string): 'KT.' | 'Q.' | null {
  if (/^phó(?=\s)/iu.test(position.normalize('NFC'))) return 'KT.';
  return /^(?:quyền|q\.)(?=\s)/iu.test(position.normalize('NFC')) ? 'Q.' : null;
}

/** NĐ 30/2020 App I.II.7: the capacity before the title of whom it is signed for, then the signer's own; whoever acts as the head (Q.) has no other. */
function capacityWords(capacity: Capacity, title: string, own: string): string {
  const [of, mine] = [title, own].map((one) => one.normalize('NFC').toLocaleUpperCase('vi'));
  const first = [capacity, of].filter(Boolean).join(' ');
  return capacity === 'Q.' || mine === '' ? first : `${first} – ${mine}`;
}
