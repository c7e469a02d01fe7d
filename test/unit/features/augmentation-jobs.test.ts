import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Augmented } from '../../../src-main/ports/augmentation.ts';
import type { AugmentationJob } from '../../../src-main/ports/store.ts';
import { isRenewal, jobAfter, jobAfterFailure } from '../../../src-main/features/signing/augmentation/jobs.ts';

const minute = 60_000;
const day = 86_400_000;
const pauses = { firstMs: minute, longestMs: 6 * 60 * minute };
const now = Date.parse('2026-11-22T08:00:00Z');
const job: AugmentationJob = { document: '0195f000-0000-7000-8000-000000000001' as DocumentId, level: 'B-B', wanted: 'B-LT', attempts: 0, nextAtMs: now, problem: null };

function done(level: Augmented['level'], missing: Augmented['missing'] = [], renewBefore: Date | null = null): Augmented {
  return { tail: new Uint8Array(1), level, renewBefore, missing };
}

test('tries come a minute apart and then further and further, six hours at most, never two desks at the same moment', () => {
  const error = { code: 'timestamp.unreachable', params: { host: 'tsa' } } as const;
  const waits: number[] = [];
  let present = job;
  for (let at = 0; at < 14; at += 1) {
    present = jobAfterFailure(present, error, false, now, pauses, 1);
    waits.push(((present.nextAtMs ?? 0) - now) / minute);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360, 360]);
  assert.equal(present.attempts, 14);
  // as little as half of it
  assert.equal(((jobAfterFailure(job, error, false, now, pauses, 0).nextAtMs ?? 0) - now) / minute, 0.5);
  assert.equal((jobAfterFailure({ ...job, attempts: 100_000 }, error, false, now, pauses, 1).nextAtMs ?? 0) - now, pauses.longestMs);
});

test('a level that is reached ends the job; what is missing is tried again unless nothing can bring it', () => {
  const slow = { what: 'OCSP', error: { code: 'revocation.timeout' }, final: false } as const;
  const never = { what: 'chain', error: { code: 'augment.chain' }, final: true } as const;
  assert.equal(jobAfter(job, done('B-LT'), now, pauses, 1), null);
  assert.equal(jobAfter(job, done('B-LTA'), now, pauses, 1), null);
  assert.deepEqual(jobAfter(job, done('B-T', [slow]), now, pauses, 1), { ...job, level: 'B-T', attempts: 1, problem: slow.error, nextAtMs: now + minute });
  assert.equal(jobAfter(job, done('B-T', [never]), now, pauses, 1)?.nextAtMs, null);
  assert.equal(jobAfter(job, done('B-T', [never, slow]), now, pauses, 1)?.nextAtMs, now + minute);
});

test('an archival time-stamp is renewed two months before its certificate ends, and until then nobody need know', () => {
  const archive: AugmentationJob = { ...job, wanted: 'B-LTA' };
  const end = new Date(now + 1000 * day);
  const next = jobAfter(archive, done('B-LTA', [], end), now, pauses, 1);
  assert.ok(next !== null && isRenewal(next));
  assert.equal(next.nextAtMs, now + 940 * day);
  assert.equal(jobAfter(archive, done('B-LTA'), now, pauses, 1), null);
});

test('a renewal whose time has come and that does not succeed is tried again after a pause, never at once', () => {
  const archive: AugmentationJob = { ...job, level: 'B-LTA', wanted: 'B-LTA' };
  const soon = new Date(now + 10 * day);
  const down = { what: 'Dấu thời gian', error: { code: 'timestamp.unreachable', params: { host: 'tsa' } }, final: false } as const;
  const again = jobAfter(archive, done('B-LTA', [down], soon), now, pauses, 1);
  assert.deepEqual([again?.nextAtMs, again?.problem, again?.attempts], [now + minute, down.error, 1]);
  assert.equal(jobAfter(archive, done('B-LTA', [], soon), now, pauses, 1)?.nextAtMs, now + pauses.longestMs);
});
