import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays, addWorkingDays, holidayOn, holidays, holidayYears, isWeekend, isWorkingDay, workingDaysBetween } from '../../../src-shared/domain/holidays.ts';

/** Instants of new moon near `year`, ms (Meeus, Astronomical Algorithms, chapter 49; good to a few minutes here). */
function newMoons(year: number): readonly number[] {
  const radians = Math.PI / 180;
  const first = Math.floor((year - 2000) * 12.3685) - 1;
  return Array.from({ length: 16 }, (_, index) => {
    const k = first + index;
    const t = k / 1236.85;
    const e = 1 - 0.002516 * t;
    const m = (2.5534 + 29.1053567 * k) * radians;
    const mm = (201.5643 + 385.81693528 * k) * radians;
    const f = (160.7108 + 390.67050284 * k) * radians;
    const omega = (124.7746 - 1.56375588 * k) * radians;
    const julian =
      2451550.09766 + 29.530588861 * k + 0.00015437 * t * t -
      0.4072 * Math.sin(mm) + 0.17241 * e * Math.sin(m) + 0.01608 * Math.sin(2 * mm) + 0.01039 * Math.sin(2 * f) + 0.00739 * e * Math.sin(mm - m) -
      0.00514 * e * Math.sin(mm + m) + 0.00208 * e * e * Math.sin(2 * m) - 0.00111 * Math.sin(mm - 2 * f) - 0.00057 * Math.sin(mm + 2 * f) +
      0.00056 * e * Math.sin(2 * mm + m) - 0.00042 * Math.sin(3 * mm) + 0.00042 * e * Math.sin(m + 2 * f) + 0.00038 * e * Math.sin(m - 2 * f) -
      0.00024 * e * Math.sin(2 * mm - m) - 0.00017 * Math.sin(omega);
    return (julian - 2440587.5) * 86_400_000 - 70_000; // 70 s: earth's turn lags behind dynamical time
  });
}

const dayIn = (instant: number, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
const inVietnam = (instant: number): string => dayIn(instant, 'Asia/Ho_Chi_Minh');

/** Month and day by the Chinese calendar. */
function chinese(date: string): string {
  const parts = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' }).formatToParts(new Date(`${date}T04:00:00Z`));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('month')}/${part('day')}`;
}

const years = Array.from({ length: holidayYears.last - holidayYears.first + 1 }, (_, index) => holidayYears.first + index);
const firstDayOfTet: Readonly<Record<number, string>> = { 2025: '2025-01-29', 2026: '2026-02-17', 2027: '2027-02-06', 2028: '2028-01-26', 2029: '2029-02-13', 2030: '2030-02-02' };
/**
 * Days by which Intl's Chinese calendar (ICU reckons the moon by a short formula) is after Vietnam's. New moon of 6/2/2027 is at 22:56 in Hà Nội
 * and 23:56 in Beijing, where ICU, some minutes off, already counts the next day.
 */
const intlIsLater: Readonly<Record<number, number>> = { 2027: 1 };

describe('public holidays', () => {
  for (const year of years) {
    const tet = firstDayOfTet[year] ?? '';
    const kings = holidays.find(({ date, name }) => date.startsWith(`${year}-`) && name === 'Giỗ Tổ Hùng Vương')?.date ?? '';

    test(`Tết and 10/3 of ${year} stand on Vietnam's own new moons`, () => {
      const moons = newMoons(year).map(inVietnam);
      assert.ok(moons.includes(tet), `${tet} in ${moons.join(' ')}`);
      assert.equal(holidayOn(tet)?.name, 'Tết Nguyên đán');
      assert.ok(moons.includes(addDays(kings, -9)), `${kings} in ${moons.join(' ')}`);
    });

    test(`Tết and 10/3 of ${year} agree with Intl's Chinese calendar, but where it is known to differ`, () => {
      assert.equal(chinese(addDays(tet, intlIsLater[year] ?? 0)), '1/1');
      assert.equal(chinese(kings), '3/10');
    });

    test(`${year} has each of the law's days, and one that falls on a weekend is made up for`, () => {
      const days = holidays.filter(({ date }) => date.startsWith(`${year}-`));
      const named = (name: string): number => days.filter((day) => day.name === name).length;
      assert.deepEqual(['Tết Dương lịch', 'Tết Nguyên đán', 'Giỗ Tổ Hùng Vương', 'Ngày Chiến thắng 30/4', 'Quốc tế Lao động', 'Quốc khánh'].map(named), [1, 5, 1, 1, 1, 2]);
      const lost = days.filter(({ date, name }) => isWeekend(date) && !name.startsWith('Nghỉ'));
      const instead = days.filter(({ name }) => name.startsWith('Nghỉ bù'));
      assert.equal(instead.length, lost.length, JSON.stringify({ lost, instead }));
      for (const { date } of instead) assert.ok(!isWeekend(date), date);
      assert.equal(new Set(days.map(({ date }) => date)).size, days.length, 'no day twice');
    });
  }

  test('Tết of 2030 comes a day before China’s: the new moon is at 23:07 in Hà Nội and after midnight in Beijing', () => {
    const moon = newMoons(2030).find((instant) => inVietnam(instant) === '2030-02-02') ?? 0;
    assert.equal(dayIn(moon, 'Asia/Shanghai'), '2030-02-03');
  });

  test('what is not decided says so', () => {
    assert.equal(holidayOn('2026-02-16')?.provisional, false);
    assert.equal(holidayOn('2028-01-25')?.provisional, true);
    assert.equal(holidayOn('2030-09-02')?.provisional, false);
  });
});

describe('working days', () => {
  test('a Saturday that is worked in exchange is a working day, its Monday is not', () => {
    assert.ok(isWorkingDay('2026-08-22'));
    assert.ok(!isWorkingDay('2026-08-31'));
    assert.ok(!isWorkingDay('2026-08-29'));
  });

  test('five working days from the eve of a holiday pass over it and the weekend', () => {
    assert.equal(addWorkingDays('2026-04-29', 1), '2026-05-04');
    assert.equal(addWorkingDays('2026-02-13', 5), '2026-02-27');
    assert.equal(addWorkingDays('2026-05-04', -1), '2026-04-29');
  });

  test('no working day to go from a day of rest is the next open day', () => {
    assert.equal(addWorkingDays('2026-11-21', 0), '2026-11-23');
    assert.equal(addWorkingDays('2026-11-23', 0), '2026-11-23');
  });

  test('days between are counted as they are added', () => {
    for (const count of [1, 5, 20, -3]) assert.equal(workingDaysBetween('2026-02-13', addWorkingDays('2026-02-13', count)), count);
    assert.equal(workingDaysBetween('2026-02-13', '2026-02-13'), 0);
  });
});
