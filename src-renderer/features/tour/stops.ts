import type { Role } from '../../../src-shared/domain/organization.ts';
import type { Screen } from '../../app/route.ts';

/** Parts of the screen that a tour can light: `data-tour` on the element itself. */
export const anchors = ['rail', 'new', 'search', 'help', 'status', 'list', 'deeds', 'facts', 'queue', 'sign-many', 'board', 'registers', 'tokens'] as const;
export type Anchor = (typeof anchors)[number];

export type Stop = {
  /** Names its words (i18n/tour-words). */
  readonly id: string;
  readonly anchor: Anchor;
  /** Where that part stands; none for what stands on every screen. */
  readonly screen?: Screen;
  /** The part is of an open document: in the practice office the first one is opened. In the real one nothing is opened, since opening marks as read. */
  readonly withDocument?: true;
  readonly side: 'top' | 'right' | 'bottom' | 'left';
};

export type Tour = 'clerk' | 'leader' | 'officer';

export const tours = {
  clerk: [
    { id: 'clerk.rail', anchor: 'rail', screen: 'incoming', side: 'right' },
    { id: 'clerk.list', anchor: 'list', screen: 'incoming', side: 'right' },
    { id: 'any.search', anchor: 'search', side: 'bottom' },
    { id: 'clerk.facts', anchor: 'facts', screen: 'incoming', withDocument: true, side: 'left' },
    { id: 'clerk.deeds', anchor: 'deeds', screen: 'incoming', withDocument: true, side: 'top' },
    { id: 'clerk.issue', anchor: 'list', screen: 'issuing', side: 'right' },
    { id: 'clerk.registers', anchor: 'registers', screen: 'registers', side: 'bottom' },
    { id: 'any.status', anchor: 'status', screen: 'incoming', side: 'top' },
    { id: 'any.help', anchor: 'help', side: 'bottom' },
  ],
  leader: [
    { id: 'leader.queue', anchor: 'queue', screen: 'signing', side: 'right' },
    { id: 'leader.deeds', anchor: 'deeds', screen: 'signing', side: 'top' },
    { id: 'leader.many', anchor: 'sign-many', screen: 'signing', side: 'right' },
    { id: 'leader.incoming', anchor: 'list', screen: 'incoming', side: 'right' },
    { id: 'leader.board', anchor: 'board', screen: 'tasks', side: 'left' },
    { id: 'leader.tokens', anchor: 'tokens', screen: 'tokens', side: 'right' },
    { id: 'any.status', anchor: 'status', screen: 'signing', side: 'top' },
    { id: 'any.help', anchor: 'help', side: 'bottom' },
  ],
  officer: [
    { id: 'officer.board', anchor: 'board', screen: 'tasks', side: 'left' },
    { id: 'officer.incoming', anchor: 'list', screen: 'incoming', side: 'right' },
    { id: 'officer.new', anchor: 'new', screen: 'tasks', side: 'right' },
    { id: 'any.search', anchor: 'search', side: 'bottom' },
    { id: 'any.status', anchor: 'status', side: 'top' },
    { id: 'any.help', anchor: 'help', side: 'bottom' },
  ],
} as const satisfies Readonly<Record<Tour, readonly Stop[]>>;

/** An administrator alone works on no document, and has the pages of help. */
export function tourOf(role: Role): Tour | null {
  return role === 'administrator' ? null : role;
}
