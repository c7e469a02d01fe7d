import { z } from 'zod';
import { instant, localDate } from '../domain/ids.ts';
import { practiceSteps } from '../domain/practice-clock.ts';
import { call } from './define.ts';

/** The days that are going by: where to, which day it is, and how many of the letters on the way have been sent. */
export const practiceMoving = z.object({ to: localDate, day: localDate, done: z.int().nonnegative(), total: z.int().nonnegative() });
export type PracticeMoving = z.infer<typeof practiceMoving>;

export const practiceClock = z.object({
  /** How far the practice's clock is ahead of the machine's, ms. */
  shiftMs: z.int(),
  /** The last day that it may be moved to. */
  lastDay: localDate,
  moving: practiceMoving.nullable(),
});
export type PracticeClock = z.infer<typeof practiceClock>;

/** What happened on the way, in its order. */
export const practiceHappening = z.object({ at: instant, what: z.enum(['letter', 'replacement', 'recall']), title: z.string(), from: z.string() });
export type PracticeHappening = z.infer<typeof practiceHappening>;

export const practiceJourney = z.object({
  from: localDate,
  to: localDate,
  /** Ended by the person before its goal. */
  stopped: z.boolean(),
  happened: z.array(practiceHappening),
  /** Letters that could not be sent; the practice went on without them. */
  failed: z.int().nonnegative(),
  /** Whether the desk's line was cut: what was sent to it waits at the server. */
  lineCut: z.boolean(),
  /** Of this desk's own work: steps whose deadline passed on the way and which are not done. */
  late: z.int().nonnegative(),
});
export type PracticeJourney = z.infer<typeof practiceJourney>;

export const practiceCalls = {
  /** Practice only: moves the clock on; what the days bring is signed and sent on the way. Errors: `practice.moving`, `practice.ended`. */
  'practice.goTo': call(z.object({ step: z.enum(practiceSteps) }), practiceJourney),
  /** Practice only: ends the journey with the letter that is under way. */
  'practice.stop': call(z.object({}), z.object({})),
} as const;

export const practiceEvents = {
  /** The clock was moved, or the days are going by. */
  'practice.clock': practiceClock,
} as const;
