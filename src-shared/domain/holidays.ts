/**
 * Days on which a Vietnamese office is closed beside Saturday and Sunday, 2025 to 2030.
 *
 * Bộ luật Lao động 2019 (45/2019/QH14), Điều 112: 1/1; Tết Âm lịch, five days; 30/4; 1/5; Quốc khánh, 2/9 and one day beside it; Giỗ Tổ,
 * the 10th of the third lunar month. Điều 111 khoản 3: one that falls on a weekly day of rest is made up for on the next working day.
 * Which five days of Tết and which day beside 2/9, and which working days are moved to a Saturday, the Prime Minister decides each year:
 * 2025 by notice 6150/TB-BLĐTBXH (3/12/2024), 2026 as told by Bộ Nội vụ. What is not decided yet is `provisional`: the day before Tết
 * and four from it, and the day beside 2/9 that makes the longer rest. 24/11, Ngày Văn hóa Việt Nam, is Politburo resolution
 * 80-NQ/TW (7/1/2026); it is `provisional` here until a law that carries it is read.
 */
export type Holiday = {
  /** `yyyy-mm-dd` */
  readonly date: string;
  /** As a calendar names it. */
  readonly name: string;
  readonly nameEn: string;
  /** Expected by the law's own words, not decided for that year yet. */
  readonly provisional: boolean;
};

const newYear = ['Tết Dương lịch', 'New Year’s Day'] as const;
const tet = ['Tết Nguyên đán', 'Lunar New Year'] as const;
const kings = ['Giỗ Tổ Hùng Vương', 'Hùng Kings’ Commemoration'] as const;
const victory = ['Ngày Chiến thắng 30/4', 'Reunification Day'] as const;
const labour = ['Quốc tế Lao động', 'Labour Day'] as const;
const nation = ['Quốc khánh', 'National Day'] as const;
const culture = ['Ngày Văn hóa Việt Nam', 'Vietnam Culture Day'] as const;
const swapped = ['Nghỉ hoán đổi', 'Day off in exchange'] as const;
const instead = (name: readonly [string, string]): readonly [string, string] => [`Nghỉ bù ${name[0]}`, `In lieu of ${name[1]}`];

type Row = readonly [dates: string, name: readonly [vi: string, en: string]];

/** By year, dates as `mm-dd`; `from..to` is each of them. */
const decided: Readonly<Record<string, readonly Row[]>> = {
  2025: [['01-01', newYear], ['01-27..01-31', tet], ['04-07', kings], ['04-30', victory], ['05-01', labour], ['05-02', swapped], ['09-01..09-02', nation]],
  2026: [
    ['01-01', newYear], ['01-02', swapped], ['02-16..02-20', tet], ['04-26', kings], ['04-27', instead(kings)], ['04-30', victory], ['05-01', labour],
    ['08-31', swapped], ['09-01..09-02', nation],
  ],
  2027: [['01-01', newYear], ['04-16', kings], ['04-30', victory], ['05-01', labour], ['05-03', instead(labour)], ['09-02', nation]],
  2028: [['01-01', newYear], ['01-03', instead(newYear)], ['04-04', kings], ['04-30', victory], ['05-01', labour], ['05-02', instead(victory)], ['09-02', nation], ['09-04', instead(nation)]],
  2029: [['01-01', newYear], ['04-23', kings], ['04-30', victory], ['05-01', labour], ['09-02', nation]],
  2030: [['01-01', newYear], ['04-12', kings], ['04-30', victory], ['05-01', labour], ['09-02', nation]],
};

const expected: Readonly<Record<string, readonly Row[]>> = {
  2026: [['11-24', culture]],
  // Tết 6/2 is a Saturday: two of the five days are made up for
  2027: [['02-05..02-09', tet], ['02-10..02-11', instead(tet)], ['09-03', nation], ['11-24', culture]],
  2028: [['01-25..01-29', tet], ['01-31', instead(tet)], ['09-01', nation], ['11-24', culture]],
  2029: [['02-12..02-16', tet], ['09-03', nation], ['09-04', instead(nation)], ['11-24', culture], ['11-26', instead(culture)]],
  2030: [['02-01..02-05', tet], ['02-06..02-07', instead(tet)], ['09-03', nation], ['11-24', culture], ['11-25', instead(culture)]],
};

/** Saturdays on which offices worked in exchange for a working day: those of the years that are decided. */
const workedSaturdays: ReadonlySet<string> = new Set(['2025-04-26', '2026-01-10', '2026-08-22']);

export const holidays: readonly Holiday[] = [...rowsOf(decided, false), ...rowsOf(expected, true)].sort((a, b) => a.date.localeCompare(b.date));
/** Years that the table knows. */
export const holidayYears = { first: 2025, last: 2030 } as const;

const byDate: ReadonlyMap<string, Holiday> = new Map(holidays.map((holiday) => [holiday.date, holiday]));

/** The public holiday of a `yyyy-mm-dd`, or null; also null outside of the years that the table knows. */
export function holidayOn(date: string): Holiday | null {
  return byDate.get(date) ?? null;
}

export function isWeekend(date: string): boolean {
  const day = atNoon(date).getUTCDay();
  return day === 0 || day === 6;
}

/** Whether offices are open. Beyond the table only weekends are known to be free. */
export function isWorkingDay(date: string): boolean {
  return workedSaturdays.has(date) || (!isWeekend(date) && holidayOn(date) === null);
}

/**
 * The `count`-th working day after `date` (before it when negative); with 0 the day itself, or the next working day if it is none.
 * `isOpen`: an office's own days (calendar.ts); it must not be closed for ever.
 */
export function addWorkingDays(date: string, count: number, isOpen: (date: string) => boolean = isWorkingDay): string {
  let at = date;
  if (count === 0) while (!isOpen(at)) at = addDays(at, 1);
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, Math.sign(count));
    if (isOpen(at)) left--;
  }
  return at;
}

/** How many working days lie after `from` up to and with `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: string, to: string, isOpen: (date: string) => boolean = isWorkingDay): number {
  if (to < from) return 0 - workingDaysBetween(to, from, isOpen);
  let days = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isOpen(at)) days++;
  return days;
}

export function addDays(date: string, days: number): string {
  const at = atNoon(date);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function atNoon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

function rowsOf(table: Readonly<Record<string, readonly Row[]>>, provisional: boolean): readonly Holiday[] {
  return Object.entries(table).flatMap(([year, rows]) =>
    rows.flatMap(([dates, [name, nameEn]]) => {
      const [from = '', to = from] = dates.split('..');
      const days: Holiday[] = [];
      for (let date = `${year}-${from}`; date <= `${year}-${to}`; date = addDays(date, 1)) days.push({ date, name, nameEn, provisional });
      return days;
    }),
  );
}
