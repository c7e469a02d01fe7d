import { z } from 'zod';
import { figureTarget } from '../figures/targets.ts';
import { contentRef } from '../content.ts';
import { bookId, documentId, grantId, instant, localDate, personId } from '../ids.ts';
import { versions } from '../meta.ts';
import { organization, role } from '../organization.ts';

/** Q. quyền · KT. ký thay · TL. thừa lệnh · TUQ. thừa ủy quyền (NĐ 30/2020 Art 13). */
export const grantCapacities = ['Q.', 'KT.', 'TL.', 'TUQ.'] as const;

/** A written, time-limited leave to act for another: the holder does what the role that is lent may do. */
export const grant = z.object({
  id: grantId,
  from: personId,
  to: personId,
  capacity: z.enum(grantCapacities),
  /** Whose work may be done: a leader's (sign, assign), a clerk's (registers, seal). */
  lends: role,
  /** Both inclusive. */
  firstDay: localDate,
  lastDay: localDate,
  /** Số ký hiệu and date of the paper that says so; TUQ. needs one. */
  basis: z.string().trim().max(300),
  /** The paper itself. */
  content: contentRef.nullable(),
});
export type Grant = z.infer<typeof grant>;

/** A day that this office keeps otherwise than the country's calendar. */
export const dayOverride = z.object({ date: localDate, kind: z.enum(['off', 'working']), name: z.string().max(100) });
export type DayOverride = z.infer<typeof dayOverride>;

/** A book that the office keeps: which types of outgoing documents take their numbers from it. `kinds` null: all that no other book takes. */
export const bookRule = z.object({
  /** The last part of its `BookId`, e.g. `van-ban-di`, `quyet-dinh`. */
  slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(40),
  name: z.string().trim().min(1).max(100),
  kinds: z.array(z.string()).max(40).nullable(),
});

const giveGrantArgs = z.object({ grant });
const endGrantArgs = z.object({ grant: grantId, lastDay: localDate, reason: z.string().max(1000) });
const setDayArgs = z.object({ date: localDate, kind: z.enum(['off', 'working', 'as-country']), name: z.string().max(100) });
/** What the office aims at with its figures; it takes the place of all that was aimed at before. */
const setTargetsArgs = z.object({ targets: z.array(figureTarget).max(60) });
const setBooksArgs = z.object({ books: z.array(bookRule).min(1).max(40) });
/** Khóa sổ cuối năm: no number is given in it any more, ever. */
const closeBookArgs = z.object({ book: bookId, lastNumber: z.int().nonnegative() });

export const officeCommandBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('giveGrant'), args: giveGrantArgs }),
  z.object({ type: z.literal('endGrant'), args: endGrantArgs }),
  z.object({ type: z.literal('setDay'), args: setDayArgs }),
  z.object({ type: z.literal('setBooks'), args: setBooksArgs }),
  z.object({ type: z.literal('closeBook'), args: closeBookArgs }),
  z.object({ type: z.literal('setTargets'), args: setTargetsArgs }),
]);

export const officeEventBody = z.discriminatedUnion('type', [
  /** The first event of every office's record, written with whatever is done first. */
  z.object({ type: z.literal('officeBegun'), unit: organization }),
  giveGrantArgs.extend({ type: z.literal('grantGiven') }),
  endGrantArgs.extend({ type: z.literal('grantEnded') }),
  setDayArgs.extend({ type: z.literal('daySet') }),
  setBooksArgs.extend({ type: z.literal('booksSet') }),
  closeBookArgs.extend({ type: z.literal('bookClosed') }),
  setTargetsArgs.extend({ type: z.literal('targetsSet') }),
]);

/** What one office has settled for itself. There is one of it in a unit, under `recordId(unit, 'office')`. */
export const officeState = z.object({
  record: z.literal('office'),
  id: documentId,
  unit: organization,
  grants: z.array(grant.extend({ endedReason: z.string().nullable() })),
  days: z.array(dayOverride),
  books: z.array(bookRule),
  closed: z.array(z.object({ book: bookId, lastNumber: z.int(), at: instant, by: z.string() })),
  /** Left out: never set, so the program's own are meant. */
  targets: z.array(figureTarget).optional(),
  versions,
  createdAt: instant,
  updatedAt: instant,
});
export type OfficeState = z.infer<typeof officeState>;
