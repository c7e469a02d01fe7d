import { assertNever, fail, ok, type Result } from '../../result.ts';
import { addDays } from '../holidays.ts';
import type { DocumentId } from '../ids.ts';
import { checkBookRules } from '../numbering.ts';
import type { Organization } from '../organization.ts';
import { vietnamDay } from '../vietnam-day.ts';
import { earliestEnd, written } from './grants.ts';
import type { OfficeState } from './office.ts';
import type { RecordCommand, RecordEvent } from './record.ts';

export type OfficeCommand = RecordCommand & { readonly type: 'giveGrant' | 'endGrant' | 'setDay' | 'setBooks' | 'closeBook' | 'setTargets' };
export type OfficeEvent = RecordEvent & { readonly type: 'officeBegun' | 'grantGiven' | 'grantEnded' | 'daySet' | 'booksSet' | 'bookClosed' | 'targetsSet' };

/** A leave to act is time-limited (NĐ 30/2020 Art 13); longer than this is a new one. */
const longestGrantDays = 366;

/** Errors: `not-allowed`, `grant.dates`, `grant.end-past`, `grant.basis-needed`, `not-found`, `numbering.closed-for-good`, `numbering.year-not-over`, or of `checkBookRules`. */
export function decideOffice(state: OfficeState | null, command: OfficeCommand, unit: Organization): Result<readonly OfficeEvent[]> {
  const { actor } = command;
  const meta = { at: command.at, by: actor, command: command.id };
  const begun: readonly OfficeEvent[] = state === null ? [{ ...meta, type: 'officeBegun', unit }] : [];
  switch (command.type) {
    case 'giveGrant': {
      const { grant } = command.args;
      // nobody gives away what is not theirs
      if (grant.from !== actor.person || grant.lends !== actor.role || !['leader', 'clerk'].includes(actor.role) || grant.to === grant.from) return fail('not-allowed');
      if (grant.lastDay < grant.firstDay || grant.lastDay > addDays(grant.firstDay, longestGrantDays)) return fail('grant.dates');
      if (grant.capacity === 'TUQ.' && grant.basis === '') return fail('grant.basis-needed');
      if (state?.grants.some(({ id }) => id === grant.id)) return fail('not-allowed');
      return ok([...begun, { ...meta, type: 'grantGiven', grant }]);
    }
    case 'endGrant': {
      const given = state?.grants.find(({ id }) => id === command.args.grant);
      if (given === undefined) return fail('not-found', { what: 'grant' });
      if (given.from !== actor.person && actor.role !== 'leader') return fail('not-allowed');
      if (command.args.lastDay > given.lastDay) return fail('grant.dates');
      const earliest = earliestEnd(vietnamDay(command.at));
      if (command.args.lastDay < earliest) return fail('grant.end-past', { earliest: written(earliest) });
      return ok([{ ...meta, type: 'grantEnded', ...command.args }]);
    }
    case 'setDay':
      return isKeeper(command) ? ok([...begun, { ...meta, type: 'daySet', ...command.args }]) : fail('not-allowed');
    case 'setBooks': {
      if (actor.role !== 'clerk') return fail('not-allowed');
      const checked = checkBookRules(command.args.books);
      return checked.ok ? ok([...begun, { ...meta, type: 'booksSet', ...command.args }]) : checked;
    }
    case 'closeBook': {
      if (actor.role !== 'clerk') return fail('not-allowed');
      const { book } = command.args;
      const year = book.split('/')[1] ?? '';
      if (!book.startsWith(`${unit.code}/`)) return fail('not-allowed');
      if (state?.closed.some((closed) => closed.book === book)) return fail('numbering.closed-for-good', { year });
      // NĐ 30/2020 Art 15.1, 22.2: numbers go from the first day of the year to the last
      if (year >= vietnamDay(command.at).slice(0, 4)) return fail('numbering.year-not-over', { year });
      return ok([...begun, { ...meta, type: 'bookClosed', ...command.args }]);
    }
    case 'setTargets':
      return isKeeper(command) ? ok([...begun, { ...meta, type: 'targetsSet', ...command.args }]) : fail('not-allowed');
    default:
      return assertNever(command);
  }
}

export function applyOffice(id: DocumentId, state: OfficeState | null, event: OfficeEvent): OfficeState {
  if (event.type === 'officeBegun') {
    return { record: 'office', id, unit: event.unit, grants: [], days: [], books: [], closed: [], versions: { workflow: 1, assignment: 0 }, createdAt: event.at, updatedAt: event.at };
  }
  if (state === null) throw new Error(`the log of ${id} begins with ${event.type}`);
  const next = { ...state, updatedAt: event.at };
  switch (event.type) {
    case 'grantGiven':
      return { ...next, grants: [...next.grants, { ...event.grant, endedReason: null }] };
    case 'grantEnded':
      return { ...next, grants: next.grants.map((grant) => (grant.id === event.grant ? { ...grant, lastDay: event.lastDay, endedReason: event.reason } : grant)) };
    case 'daySet': {
      const others = next.days.filter(({ date }) => date !== event.date);
      const { date, kind, name } = event;
      return { ...next, days: kind === 'as-country' ? others : [...others, { date, kind, name }].sort((a, b) => a.date.localeCompare(b.date)) };
    }
    case 'booksSet':
      return { ...next, books: event.books };
    case 'bookClosed':
      return next.closed.some(({ book }) => book === event.book) ? next : { ...next, closed: [...next.closed, { book: event.book, lastNumber: event.lastNumber, at: event.at, by: event.by?.fullName ?? '' }] };
    case 'targetsSet':
      return { ...next, targets: event.targets };
    default:
      return assertNever(event);
  }
}

function isKeeper({ actor }: OfficeCommand): boolean {
  return actor.role === 'clerk' || actor.role === 'leader';
}
