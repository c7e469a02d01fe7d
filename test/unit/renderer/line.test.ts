import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeLine } from '../../../src-renderer/features/line/describe-line.ts';
import { barsOf, usageOfDay, usageOfMonth } from '../../../src-renderer/features/line/usage.ts';
import { canFetchNow, isWithin, whyNotHere } from '../../../src-renderer/features/line/why-not-here.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import { defaultLinePolicy } from '../../../src-shared/contract/line.ts';
import type { SyncStatus } from '../../../src-shared/contract/office.ts';

const t: Translate = (key, params) => translate('vi', key, params);
// 09:30 in Vietnam
const now = Date.parse('2026-11-22T02:30:00Z');
const up: SyncStatus = {
  online: true, since: '2026-11-22T01:00:00Z', signedIn: true, pending: 0, problems: 0, lastSyncAt: '2026-11-22T02:29:00Z', line: 'up', busyUntil: null, filling: null,
  files: { waiting: 0, waitingBytes: 0, held: 0 }, conflicts: 0,
};
const said = (patch: Partial<SyncStatus>): string => {
  const { strong, rest } = describeLine({ ...up, ...patch }, t, now);
  return `${strong} — ${rest}`;
};

describe('the line in words', () => {
  test('up says whether anything still goes', () => {
    assert.equal(said({}), 'Trực tuyến — mọi việc đã gửi');
    assert.equal(said({ pending: 3 }), 'Trực tuyến — đang gửi 3 việc');
  });

  test('slow is not up, and not down', () => assert.equal(said({ line: 'slow', pending: 2 }), 'Trực tuyến, mạng yếu — đang gửi 2 việc'));

  test('down says since when, and what becomes of what waits', () => {
    assert.equal(said({ line: 'down', online: false, since: '2026-11-22T02:12:00Z', pending: 5 }), 'Ngoại tuyến từ 09:12 — vẫn làm việc được; 5 việc sẽ tự gửi');
    assert.equal(said({ line: 'down', online: false, since: '2026-11-22T02:12:00Z' }), 'Ngoại tuyến từ 09:12 — vẫn làm việc được, việc mới sẽ tự gửi khi có mạng');
  });

  test('a wireless that wants a sign-in is named as such', () => assert.equal(said({ line: 'portal', pending: 1 }), 'Mạng đang đòi đăng nhập Wi-Fi — 1 việc được giữ, sẽ tự gửi'));

  test('a busy server says until when', () => assert.equal(said({ line: 'busy', busyUntil: '2026-11-22T02:45:00Z' }), 'Máy chủ bận đến 09:45 — vẫn làm việc được'));

  test('signed out keeps what waits', () => assert.equal(said({ line: 'signed-out', signedIn: false, pending: 2 }), 'Cần đăng nhập lại — 2 việc được giữ, sẽ tự gửi'));

  test('before anything was tried nothing is claimed', () => {
    assert.equal(describeLine(undefined, t, now).state, 'starting');
    assert.equal(describeLine({ ...up, line: 'down', online: false, since: null, lastSyncAt: null }, t, now).state, 'down', 'a desk that was opened without a line is not for ever about to look');
  });
});

describe('why a file has not come', () => {
  const because = (sync: Partial<SyncStatus>, policy = {}, bulkToday = 0, clock = '10:00'): string =>
    whyNotHere({ sync: { ...up, ...sync }, policy: { ...defaultLinePolicy, ...policy }, bulkToday, clock });

  test('without a line no setting matters', () => {
    assert.equal(because({ line: 'down' }, { metered: true, contents: 'on-opening' }), 'down');
    assert.equal(because({ line: 'portal' }), 'portal');
    assert.equal(because({ line: 'busy' }), 'busy');
    assert.equal(because({ line: 'signed-out' }), 'signed-out');
  });

  test('a line that is paid by the byte goes before what else was chosen', () => assert.equal(because({}, { metered: true, contents: 'on-opening' }), 'metered'));

  test('opening, budget, hours and whose it is', () => {
    assert.equal(because({}, { contents: 'on-opening' }), 'opening');
    assert.equal(because({}, { dailyMb: 20 }, 20_000_000), 'budget');
    assert.equal(because({}, { dailyMb: 20 }, 19_999_999), 'coming');
    assert.equal(because({}, { bulkHours: { from: '22:00', until: '05:00' } }), 'hours');
    assert.equal(because({}, { bulkHours: { from: '22:00', until: '05:00' } }, 0, '23:10'), 'coming');
    assert.equal(because({ files: { waiting: 4, waitingBytes: 9, held: 3 } }, { contents: 'mine' }), 'mine');
    assert.equal(because({}, { contents: 'mine' }), 'coming');
    assert.equal(because({ line: 'slow' }), 'coming');
  });

  test('only where somebody answers can it be hastened', () => {
    assert.deepEqual((['down', 'portal', 'busy', 'signed-out'] as const).map(canFetchNow), [false, false, false, false]);
    assert.deepEqual((['metered', 'opening', 'budget', 'hours', 'mine', 'coming'] as const).map(canFetchNow), [true, true, true, true, true, true]);
  });

  test('hours go over midnight, begin with their first minute and end before their last', () => {
    const night = { from: '22:00', until: '05:00' };
    assert.deepEqual(['21:59', '22:00', '00:00', '04:59', '05:00'].map((clock) => isWithin(clock, night)), [false, true, true, true, false]);
    assert.deepEqual(['11:59', '12:00', '12:59', '13:00'].map((clock) => isWithin(clock, { from: '12:00', until: '13:00' })), [false, true, true, false]);
    assert.equal(isWithin('03:00', { from: '07:00', until: '07:00' }), true);
  });
});

describe('what the line was used for', () => {
  const days = [
    { day: '2026-10-31', sentBytes: 500, receivedBytes: 500, bulkBytes: 0 },
    { day: '2026-11-20', sentBytes: 100, receivedBytes: 700, bulkBytes: 600 },
    { day: '2026-11-22', sentBytes: 100, receivedBytes: 100, bulkBytes: 50 },
  ];

  test('a month is that of the calendar, and a day that is not told used nothing', () => {
    assert.deepEqual(usageOfMonth(days, '2026-11-22'), { sentBytes: 200, receivedBytes: 800, bulkBytes: 650 });
    assert.deepEqual(usageOfDay(days, '2026-11-22'), { sentBytes: 100, receivedBytes: 100, bulkBytes: 50 });
    assert.deepEqual(usageOfDay(days, '2026-11-21'), { sentBytes: 0, receivedBytes: 0, bulkBytes: 0 });
  });

  test('bars stand for every day, over the end of a month, against the tallest that is shown', () => {
    const bars = barsOf(days, '2026-11-22', 31);
    assert.equal(bars.length, 31);
    assert.deepEqual([bars[0]?.day, bars.at(-1)?.day], ['2026-10-23', '2026-11-22']);
    assert.deepEqual(bars.filter(({ share }) => share > 0).map(({ day, share, bulkShare }) => [day, share, bulkShare]), [['2026-10-31', 1, 0], ['2026-11-20', 0.8, 0.6], ['2026-11-22', 0.2, 0.05]]);
  });

  test('where nothing went every bar lies flat', () => assert.deepEqual(new Set(barsOf([], '2026-11-22', 7).map(({ share }) => share)), new Set([0])));
});
