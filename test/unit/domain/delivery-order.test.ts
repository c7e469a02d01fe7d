import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayFollow, progressOf } from '../../../src-shared/domain/delivery-order.ts';
import { deliveryStatuses, type DeliveryStatus, type DocumentState } from '../../../src-shared/domain/document.ts';

/** What may come after each, and nothing else may. */
const table: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  planned: [],
  sent: ['01', '02', '03', '04', '05', '06', '13'],
  '01': ['02', '03', '04', '05', '06', '13'],
  '02': [],
  '03': ['02', '04', '05', '06', '13'],
  '04': ['02', '05', '06', '13'],
  '05': ['02', '06', '13'],
  '06': ['05', '13'],
  '13': ['02', '15', '16'],
  '15': [],
  '16': ['01', '02', '03', '04', '05', '06'],
};
const afterUpdate: typeof table = { ...table, '15': ['01', '02', '03', '04', '05', '06'] };

test('every status is followed by those that come after it, and by no other', () => {
  for (const [asked, rows] of [['recall', table], ['update', afterUpdate]] as const) {
    for (const before of deliveryStatuses) {
      const followers = deliveryStatuses.filter((after) => mayFollow(before, after, asked)).sort();
      assert.deepEqual(followers, [...rows[before]].sort(), `${before} (${asked})`);
    }
  }
});

test('nothing is said twice, and without word of an update a 15 is the end', () => {
  for (const status of deliveryStatuses) assert.equal(mayFollow(status, status), false, status);
  for (const status of deliveryStatuses) assert.equal(mayFollow('15', status), false, status);
});

test('reports in whatever order end where the last true one stands', () => {
  const said: readonly DeliveryStatus[] = ['01', '03', '04', '06'];
  const orders = permutations(said);
  assert.equal(orders.length, 24);
  for (const order of orders) {
    const end = order.reduce<DeliveryStatus>((before, after) => (mayFollow(before, after) ? after : before), 'sent');
    assert.equal(end, '06', order.join(' '));
  }
});

test('an office’s progress is told from its own document', () => {
  const of = (stage: DocumentState['stage'], ...parts: readonly { part: 'lead' | 'support' | 'inform'; taken: boolean }[]) =>
    progressOf({ direction: 'incoming', stage, tasks: parts.map(({ part, taken }) => ({ part, acceptedAt: taken ? '2026-11-22T08:00:00Z' : null })) as never });
  assert.deepEqual([of('arrived'), of('registered'), of('presented'), of('assigned'), of('finished')], [null, '03', '03', '04', '06']);
  assert.equal(of('assigned', { part: 'lead', taken: false }, { part: 'inform', taken: true }), '04', 'who is informed has only read it');
  assert.equal(of('assigned', { part: 'lead', taken: false }, { part: 'support', taken: true }), '05');
  assert.deepEqual([of('refused'), of('sent-back'), of('recalled'), of('replaced')], [null, null, null, null]);
  assert.equal(progressOf({ direction: 'outgoing', stage: 'sent', tasks: [] }), null);
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0 ? [[]] : items.flatMap((item, at) => permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]));
}
