import type { PracticeClock as ClockState, PracticeHappening, PracticeJourney, PracticeMoving } from '../../src-shared/contract/practice.ts';
import { createCalendar, dayMonthYear } from '../../src-shared/domain/calendar.ts';
import { practiceGoal, type PracticeStep } from '../../src-shared/domain/practice-clock.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { PracticeClock } from './clock.ts';
import type { SeatedDesk } from './connection.ts';
import { deskOf } from './seed-support.ts';
import { yearBetween, type YearEvent } from './year.ts';

/** How a person goes through the year: the clock moves from one thing that happens to the next, and every desk hears of the new day. */
export type Journeys = {
  readonly state: () => ClockState;
  /** `desk`: whose late work is counted. Errors: `practice.moving`, `practice.ended`. */
  readonly go: (step: PracticeStep, desk: string) => Promise<Result<PracticeJourney>>;
  /** Ends the journey with what is under way. */
  readonly stop: () => void;
  readonly onChanged: (listener: (state: ClockState) => void) => () => void;
  /** Ends the journey, and resolves when nothing is under way. */
  readonly close: () => Promise<void>;
};

export type JourneyOptions = {
  readonly clock: PracticeClock;
  readonly desks: ReadonlyMap<string, SeatedDesk>;
  /** Signs and sends what happens, at the clock's present; null: it does not apply any more. */
  readonly bring: (event: YearEvent) => Promise<PracticeHappening | null>;
  readonly log: Log;
};

/** As the country's offices keep it: what one of the practice's offices has settled of its own days is its own matter. */
const calendar = createCalendar();

export function createJourneys({ clock, desks, bring, log }: JourneyOptions): Journeys {
  const listeners = new Set<(state: ClockState) => void>();
  let moving: PracticeMoving | null = null;
  let stopping = false;
  let underWay: Promise<unknown> = Promise.resolve();

  const state = (): ClockState => ({ shiftMs: clock.shiftMs(), lastDay: clock.lastDay, moving });
  const tell = (next: PracticeMoving | null): void => {
    moving = next;
    for (const listener of listeners) listener(state());
  };
  const everybody = (): Promise<unknown> => Promise.all([...desks.values()].map(({ desk }) => desk.dayChanged()));
  const year = (): string => vietnamDay(clock.now()).slice(0, 4);

  async function travel(goal: string, desk: string): Promise<PracticeJourney> {
    const from = clock.now().toISOString();
    const events = yearBetween(from, goal, calendar);
    const to = vietnamDay(goal);
    const happened: PracticeHappening[] = [];
    let failed = 0;
    stopping = false;
    // what was done today goes out today
    await everybody();
    for (const [done, event] of events.entries()) {
      if (stopping) break;
      const before = year();
      clock.moveTo(event.at);
      tell({ to, day: vietnamDay(clock.now()), done, total: events.length });
      // of the new year's books nobody has a number yet
      if (year() !== before) await everybody();
      try {
        const brought = await bring(event);
        if (brought !== null) happened.push(brought);
      } catch (error) {
        // a desk whose line was cut, a book that was given back: the days go by without this letter
        log('warn', 'practice letter not sent', { key: event.key, error: error instanceof Error ? error.message : 'unknown' });
        failed += 1;
      }
    }
    if (!stopping) clock.moveTo(goal);
    tell({ to, day: vietnamDay(clock.now()), done: events.length, total: events.length });
    await everybody();
    return { from: vietnamDay(from), to: vietnamDay(clock.now()), stopped: stopping, happened, failed, lineCut: !deskOf(desks, desk).line.isUp(), late: await lateSince(from, desk) };
  }

  async function lateSince(from: string, desk: string): Promise<number> {
    const alarms = await deskOf(desks, desk).desk.handlers['tasks.alarms']({});
    return alarms.ok ? alarms.value.rows.filter(({ deadline: { state: stands, dueAt } }) => stands === 'late' && dueAt > from).length : 0;
  }

  return {
    state,
    go: async (step, desk) => {
      if (moving !== null) return fail('practice.moving');
      const now = clock.now().toISOString();
      const goal = practiceGoal(step, now, clock.lastDay, calendar);
      if (goal === null) return fail('practice.ended', { until: dayMonthYear(clock.lastDay), today: dayMonthYear(vietnamDay(now)) });
      tell({ to: vietnamDay(goal), day: vietnamDay(now), done: 0, total: yearBetween(now, goal, calendar).length });
      // the letters are what is waited for; they are examined when the days have gone by
      const putOff = [...desks.values()].map((seated) => seated.desk.putOff());
      const journey = travel(goal, desk).finally(() => {
        for (const end of putOff) end();
        tell(null);
      });
      underWay = journey.catch(() => undefined);
      return ok(await journey);
    },
    stop: () => {
      stopping = true;
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      stopping = true;
      await underWay;
    },
  };
}
