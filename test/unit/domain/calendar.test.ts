import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addMonths, checkCalendar, createCalendar, dayMonthYear, endOfDay, instantAt, officeHours, usualHours } from '../../../src-shared/domain/calendar.ts';
import { addDays } from '../../../src-shared/domain/holidays.ts';
import type { DayOverride } from '../../../src-shared/domain/records/office.ts';

const runs = { seed: 20_261_122, numRuns: 300 };
const national = createCalendar();
const flood: readonly DayOverride[] = [
  { date: '2026-11-23', kind: 'off', name: 'Nghỉ tránh bão số 12' },
  { date: '2026-11-28', kind: 'working', name: 'Làm bù' },
];
const commune = createCalendar(flood);
const at = (text: string): string => new Date(text).toISOString();
const anyDate = fc.integer({ min: 0, max: 365 * 12 }).map((days) => addDays('2022-01-01', days));

describe('the calendar of an office (Bộ luật Lao động 2019 Điều 111, 112, and its own days)', () => {
  test('an office’s own days go before the country’s', () => {
    assert.deepEqual(['2026-11-20', '2026-11-21', '2026-11-23', '2026-11-24', '2026-11-28'].map(commune.isWorkingDay), [true, false, false, false, true]);
    assert.deepEqual(['2026-11-23', '2026-11-28'].map(national.isWorkingDay), [true, false]);
    assert.equal(commune.addWorkingDays('2026-11-20', 1), '2026-11-25');
    assert.equal(commune.workingDaysBetween('2026-11-20', '2026-11-28'), 4);
  });

  test('a deadline typed on a holiday is answered with its name and the next working day', () => {
    assert.deepEqual(national.onClosedDay('2026-09-01'), { date: '2026-09-01', name: 'Quốc khánh', nameEn: 'National Day', provisional: false, nextWorkingDay: '2026-09-03' });
    assert.deepEqual(national.onClosedDay('2026-02-16')?.nextWorkingDay, '2026-02-23');
    assert.deepEqual(commune.onClosedDay('2026-11-23'), { date: '2026-11-23', name: 'Nghỉ tránh bão số 12', nameEn: 'Nghỉ tránh bão số 12', provisional: false, nextWorkingDay: '2026-11-25' });
    assert.equal(createCalendar([{ date: '2026-11-20', kind: 'off', name: '' }]).onClosedDay('2026-11-20')?.name, 'Cơ quan nghỉ');
    assert.equal(national.onClosedDay('2026-11-21')?.name, 'Thứ Bảy');
    assert.equal(national.onClosedDay('2026-11-22')?.name, 'Chủ nhật');
    assert.equal(national.onClosedDay('2026-11-20'), null);
    assert.equal(national.onClosedDay('2028-01-25')?.provisional, true, 'Tết of 2028 is expected, not decided');
  });

  test('beyond the table only weekends are known to be free, and it says so', () => {
    assert.deepEqual([2024, 2025, 2030, 2031].map(national.isKnown), [false, true, true, false]);
    assert.ok(national.isWorkingDay('2031-01-01'), 'not known to be a holiday here');
    assert.ok(!national.isWorkingDay('2031-01-04'));
  });

  test('the day is Vietnam’s: five in the afternoon in London is the next day', () => {
    for (const instant of ['2026-11-20T17:00:00Z', '2026-11-21T00:10:00+07:00', '2026-11-21T16:59:59Z']) assert.equal(national.nextWorkingMorning(instant).date, '2026-11-23', instant);
    assert.equal(national.nextWorkingMorning('2026-11-19T16:59:59Z').date, '2026-11-20');
    assert.equal(instantAt('2026-11-21', '07:30'), '2026-11-21T00:30:00.000Z');
    assert.equal(endOfDay('2026-12-31'), '2026-12-31T17:00:00.000Z');
    assert.equal(dayMonthYear('2026-02-05'), '05/02/2026');
  });

  test('the next working morning passes over weekends and holidays (QĐ 28/2018 Điều 6.2)', () => {
    assert.deepEqual(national.nextWorkingMorning(at('2026-11-20T16:00:00+07:00')), { date: '2026-11-23', opensAt: at('2026-11-23T07:30:00+07:00'), closesAt: at('2026-11-23T11:30:00+07:00') });
    assert.equal(national.nextWorkingMorning(at('2026-04-29T09:00:00+07:00')).date, '2026-05-04');
    assert.equal(national.nextWorkingMorning(at('2026-11-23T00:05:00+07:00')).date, '2026-11-25', 'the day after, and the 24th is a holiday');
  });

  test('an office closes at 17:00, or as it has set, and on a closed day when the next one ends', () => {
    assert.equal(national.endOfWorkingDay('2026-11-20'), at('2026-11-20T17:00:00+07:00'));
    assert.equal(national.endOfWorkingDay('2026-11-21'), at('2026-11-23T17:00:00+07:00'));
    assert.equal(national.startOfWorkingDay('2026-11-21'), at('2026-11-23T07:30:00+07:00'));
    const early = createCalendar([], { morning: { from: '07:00', to: '11:00' }, afternoon: { from: '13:00', to: '16:30' } });
    assert.equal(early.endOfWorkingDay('2026-11-20'), at('2026-11-20T16:30:00+07:00'));
  });

  test('office time leaves out noon, nights and days of rest', () => {
    const minutes = (from: string, to: string): number => national.officeMinutesBetween(at(`${from}:00+07:00`), at(`${to}:00+07:00`));
    assert.equal(minutes('2026-11-20T07:30', '2026-11-20T17:00'), 450);
    assert.equal(minutes('2026-11-20T11:00', '2026-11-20T14:00'), 60);
    assert.equal(minutes('2026-11-20T16:00', '2026-11-23T08:30'), 120);
    assert.equal(minutes('2026-11-20T18:00', '2026-11-20T23:00'), 0);
    assert.equal(minutes('2026-11-20T10:00', '2026-11-20T09:00'), 0);
    assert.equal(national.officeMinutesBefore(at('2026-11-23T08:30:00+07:00'), 120), at('2026-11-20T16:00:00+07:00'));
    assert.equal(national.officeMinutesBefore(at('2026-11-20T17:00:00+07:00'), 450), at('2026-11-20T07:30:00+07:00'), 'not the evening before');
    assert.equal(national.officeMinutesBefore(at('2026-11-20T13:45:00+07:00'), 30), at('2026-11-20T11:15:00+07:00'));
  });

  test('a term of months ends on the same day, or on the last of a shorter month', () => {
    assert.equal(addMonths('2026-11-30', 3), '2027-02-28');
    assert.equal(addMonths('2028-02-29', 12), '2029-02-28');
    assert.equal(addMonths('2026-10-15', 12), '2027-10-15');
    assert.equal(addMonths('2026-01-31', 1), '2026-02-28');
    assert.equal(addMonths('2026-12-05', 1), '2027-01-05');
  });

  test('a day declared twice and hours out of order are refused with a sentence; what is malformed is not read', () => {
    assert.deepEqual(checkCalendar([flood[0] as DayOverride, flood[0] as DayOverride], usualHours), { ok: false, error: { code: 'calendar.day-twice', params: { date: '23/11/2026' } } });
    const reversed = { morning: usualHours.afternoon, afternoon: usualHours.morning };
    assert.equal(checkCalendar([], reversed).ok, false);
    assert.equal(checkCalendar(flood, usualHours).ok, true);
    assert.equal(officeHours.safeParse({ ...usualHours, morning: { from: '25:00', to: '11:30' } }).success, false);
  });

  const calendars = fc.array(fc.record({ date: anyDate, kind: fc.constantFrom('off' as const, 'working' as const), name: fc.constant('x') }), { maxLength: 30 }).map((own) => createCalendar(own));

  test('working days are counted as they are added, in every calendar', () => {
    fc.assert(fc.property(calendars, anyDate, fc.integer({ min: -40, max: 40 }).filter((n) => n !== 0), (calendar, date, count) => {
      const end = calendar.addWorkingDays(date, count);
      assert.ok(calendar.isWorkingDay(end));
      // backwards, the day that was left is not counted itself unless it was open: counted is what lies after the earlier up to the later day
      const counted = calendar.workingDaysBetween(date, end);
      assert.equal(counted, count > 0 || calendar.isWorkingDay(date) ? count : count + 1);
      if (calendar.isWorkingDay(date)) assert.equal(calendar.addWorkingDays(end, -count), date, 'and back again');
    }), runs);
  });

  test('so many minutes before an instant leave so many minutes of office time', () => {
    fc.assert(fc.property(calendars, anyDate, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 3000 }), (calendar, date, minute, minutes) => {
      const end = new Date(Date.parse(instantAt(date, '00:00')) + minute * 60_000).toISOString();
      const start = calendar.officeMinutesBefore(end, minutes);
      assert.ok(start <= end);
      assert.equal(calendar.officeMinutesBetween(start, end), minutes);
    }), runs);
  });
});
