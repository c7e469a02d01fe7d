import { z } from 'zod';
import { ok, fail, type Result } from '../result.ts';
import { addDays, addWorkingDays, holidayOn, holidayYears, isWeekend, isWorkingDay, workingDaysBetween } from './holidays.ts';
import type { DayOverride } from './records/office.ts';
import { vietnamDay } from './vietnam-day.ts';

const timeOfDay = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/);
const span = z.object({ from: timeOfDay, to: timeOfDay });
/** Times of the Vietnamese day, `hh:mm`. */
export const officeHours = z.object({ morning: span, afternoon: span });
export type OfficeHours = z.infer<typeof officeHours>;

/** What most communes post at their door. No law of ours fixes the hours, so they are a setting. */
export const usualHours: OfficeHours = { morning: { from: '07:30', to: '11:30' }, afternoon: { from: '13:30', to: '17:00' } };

export type ClosedDay = {
  readonly date: string;
  /** The holiday's, the office's own, or the day of the week. */
  readonly name: string;
  readonly nameEn: string;
  /** Expected, not decided yet (holidays.ts). */
  readonly provisional: boolean;
  readonly nextWorkingDay: string;
};

/** All dates `yyyy-mm-dd` of the Vietnam calendar; instants ISO 8601 in, ISO 8601 UTC out. */
export type WorkCalendar = {
  readonly hours: OfficeHours;
  /** Whether the table of holidays reaches this year; beyond it only weekends and the office's own days are known to be free. */
  readonly isKnown: (year: number) => boolean;
  readonly isWorkingDay: (date: string) => boolean;
  /** For a date somebody typed: why the office is closed then, and the day to propose instead; null on a working day. */
  readonly onClosedDay: (date: string) => ClosedDay | null;
  /** The `count`-th working day after `date`, before it when negative; with 0 the day itself or the next one that is open. */
  readonly addWorkingDays: (date: string, count: number) => string;
  readonly workingDaysBetween: (from: string, to: string) => number;
  /** The morning of the first working day after the day of `instant`. */
  readonly nextWorkingMorning: (instant: string) => { readonly date: string; readonly opensAt: string; readonly closesAt: string };
  /** When the office closes on `date`; on a closed day, when it closes on the next working day. */
  readonly endOfWorkingDay: (date: string) => string;
  /** When the office opens on `date`, or on the next working day. */
  readonly startOfWorkingDay: (date: string) => string;
  /** Minutes of office time between two instants; 0 when `to` is not after `from`. */
  readonly officeMinutesBetween: (from: string, to: string) => number;
  /** The latest instant that has `minutes` of office time between itself and `instant`. */
  readonly officeMinutesBefore: (instant: string, minutes: number) => string;
};

/** Errors: `calendar.day-twice`, `calendar.hours`. */
export function checkCalendar(overrides: readonly DayOverride[], hours: OfficeHours): Result<null> {
  const seen = new Set<string>();
  for (const { date } of overrides) {
    if (seen.has(date)) return fail('calendar.day-twice', { date: dayMonthYear(date) });
    seen.add(date);
  }
  const { morning, afternoon } = hours;
  return morning.from < morning.to && morning.to <= afternoon.from && afternoon.from < afternoon.to ? ok(null) : fail('calendar.hours');
}

/** The country's days and the office's own, which go before. Of two overrides of one day the later one in the list counts (`checkCalendar` refuses them). */
export function createCalendar(overrides: readonly DayOverride[] = [], hours: OfficeHours = usualHours): WorkCalendar {
  const own = new Map(overrides.map((one) => [one.date, one]));
  const isOpen = (date: string): boolean => {
    const override = own.get(date);
    return override === undefined ? isWorkingDay(date) : override.kind === 'working';
  };
  const dayOrNext = (date: string): string => addWorkingDays(date, 0, isOpen);
  const spansOn = (date: string): readonly (readonly [number, number])[] =>
    isOpen(date) ? [hours.morning, hours.afternoon].map(({ from, to }) => [msAt(date, from), msAt(date, to)] as const) : [];

  return {
    hours,
    isKnown: (year) => year >= holidayYears.first && year <= holidayYears.last,
    isWorkingDay: isOpen,
    onClosedDay: (date) => (isOpen(date) ? null : { date, ...whyClosed(date, own.get(date)), nextWorkingDay: dayOrNext(date) }),
    addWorkingDays: (date, count) => addWorkingDays(date, count, isOpen),
    workingDaysBetween: (from, to) => workingDaysBetween(from, to, isOpen),
    nextWorkingMorning: (instant) => {
      const date = addWorkingDays(vietnamDay(instant), 1, isOpen);
      return { date, opensAt: instantAt(date, hours.morning.from), closesAt: instantAt(date, hours.morning.to) };
    },
    endOfWorkingDay: (date) => instantAt(dayOrNext(date), hours.afternoon.to),
    startOfWorkingDay: (date) => instantAt(dayOrNext(date), hours.morning.from),
    officeMinutesBetween: (from, to) => {
      const [start, end] = [Date.parse(from), Date.parse(to)];
      if (end <= start) return 0;
      let ms = 0;
      for (let date = vietnamDay(from), last = vietnamDay(to); date <= last; date = addDays(date, 1)) {
        for (const [opens, closes] of spansOn(date)) ms += Math.max(0, Math.min(closes, end) - Math.max(opens, start));
      }
      return ms / minuteMs;
    },
    officeMinutesBefore: (instant, minutes) => {
      const end = Date.parse(instant);
      let left = minutes * minuteMs;
      if (left <= 0) return iso(end);
      for (let date = vietnamDay(instant); ; date = addDays(date, -1)) {
        for (const [opens, closes] of spansOn(date).toReversed()) {
          const here = Math.min(closes, end) - opens;
          if (here >= left) return iso(Math.min(closes, end) - left);
          left -= Math.max(0, here);
        }
      }
    },
  };
}

/** The instant at which clocks in Vietnam show `time` (`hh:mm`) on `date`. */
export function instantAt(date: string, time: string): string {
  return iso(msAt(date, time));
}

/** The instant at which `date` is over: twenty-four hundred hours. */
export function endOfDay(date: string): string {
  return instantAt(addDays(date, 1), '00:00');
}

/** The same day of the month so many months later; of a month that has no such day, its last. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const total = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(total / 12), total % 12];
  const lastDay = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(toYear, toMonth, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** `22/11/2026`, as registers and sentences write a day. */
export function dayMonthYear(date: string): string {
  return date.split('-').toReversed().join('/');
}

const minuteMs = 60_000;

function msAt(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00+07:00`);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function whyClosed(date: string, override: DayOverride | undefined): Pick<ClosedDay, 'name' | 'nameEn' | 'provisional'> {
  if (override !== undefined) {
    const { name } = override;
    return { name: name === '' ? 'Cơ quan nghỉ' : name, nameEn: name === '' ? 'Day off of the office' : name, provisional: false };
  }
  const holiday = holidayOn(date);
  if (holiday !== null) return { name: holiday.name, nameEn: holiday.nameEn, provisional: holiday.provisional };
  if (!isWeekend(date)) throw new Error(`${date} is closed for no reason`);
  const sunday = new Date(`${date}T12:00:00Z`).getUTCDay() === 0;
  return { name: sunday ? 'Chủ nhật' : 'Thứ Bảy', nameEn: sunday ? 'Sunday' : 'Saturday', provisional: false };
}
