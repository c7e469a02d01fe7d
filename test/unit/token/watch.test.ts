import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createWatch, type Look } from '../../../src-main/token/watch.ts';

/** A driver whose answers and whose slowness are given; the clock is the test's. */
function createFakeDriver(t: TestContext): { looks: number; busy: boolean; tookMs: number; answer: Look; readonly now: () => number; readonly isBusy: () => boolean; readonly look: () => Promise<Look>; readonly pass: (ms: number) => Promise<void> } {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let clock = 0;
  const driver = {
    looks: 0, busy: false, tookMs: 0,
    answer: { seen: 'one token', isWell: true, isFresh: false } as Look,
    now: () => clock,
    isBusy: () => driver.busy,
    look: async () => {
      driver.looks += 1;
      clock += driver.tookMs;
      return driver.answer;
    },
    pass: async (ms: number) => {
      for (let step = 0; step <= ms; step += 100) {
        if (step > 0) t.mock.timers.tick(100);
        // Turns for the look, and for what is done with its answer.
        for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      }
    },
  };
  return driver;
}

test('a driver is looked at once in every interval, only while somebody watches, and two who watch cost one look', async (t) => {
  const driver = createFakeDriver(t);
  const watch = createWatch([driver], driver.now);
  await driver.pass(10_000);
  assert.equal(driver.looks, 0);
  const stop = watch(() => undefined, 3000);
  await driver.pass(9000);
  assert.equal(driver.looks, 4, 'at once, and after 3, 6 and 9 s');
  const stopOther = watch(() => undefined, 3000);
  await driver.pass(9000);
  assert.equal(driver.looks, 8, 'at once for the second, and then once for both');
  stop();
  stop();
  stopOther();
  const before = driver.looks;
  await driver.pass(30_000);
  assert.equal(driver.looks, before);
});

test('what was there when the watch began is no news, a change is told once, and a driver that is ended is one', async (t) => {
  const driver = createFakeDriver(t);
  let told = 0;
  createWatch([driver], driver.now)(() => { told += 1; }, 3000);
  await driver.pass(6000);
  assert.equal(told, 0);
  driver.answer = { seen: 'no token', isWell: true, isFresh: false };
  await driver.pass(6000);
  assert.equal(told, 1);
  driver.answer = { seen: 'token.host-died', isWell: false, isFresh: false };
  await driver.pass(6000);
  assert.equal(told, 2);
});

test('a change between two looks is told to the first watcher though a second one comes before it is seen', async (t) => {
  const driver = createFakeDriver(t);
  let told = 0;
  const watch = createWatch([driver], driver.now);
  watch(() => { told += 1; }, 3000);
  await driver.pass(1000);
  driver.answer = { seen: 'no token', isWell: true, isFresh: false };
  watch(() => undefined, 3000);
  await driver.pass(100);
  assert.equal(told, 1);
});

test('a driver at work is not asked', async (t) => {
  const driver = createFakeDriver(t);
  driver.busy = true;
  createWatch([driver], driver.now)(() => undefined, 3000);
  await driver.pass(12_000);
  assert.equal(driver.looks, 0);
  driver.busy = false;
  await driver.pass(3000);
  assert.equal(driver.looks, 1);
});

test('a slow driver is asked seldom, but not for having been started', async (t) => {
  const driver = createFakeDriver(t);
  driver.tookMs = 2000;
  driver.answer = { seen: 'one token', isWell: true, isFresh: true };
  createWatch([driver], driver.now)(() => undefined, 3000);
  await driver.pass(3000);
  assert.equal(driver.looks, 2);
  driver.answer = { seen: 'one token', isWell: true, isFresh: false };
  await driver.pass(3000);
  assert.equal(driver.looks, 3);
  await driver.pass(7900);
  assert.equal(driver.looks, 3, 'four times the 2 s that it took');
  await driver.pass(100);
  assert.equal(driver.looks, 4);
});

test('a driver that hangs or fails is asked half as often each time, once a minute at the least', async (t) => {
  const driver = createFakeDriver(t);
  driver.answer = { seen: 'token.timeout', isWell: false, isFresh: false };
  createWatch([driver], driver.now)(() => undefined, 3000);
  await driver.pass(6000 + 12_000 + 24_000 + 48_000);
  assert.equal(driver.looks, 5);
  await driver.pass(120_000);
  assert.equal(driver.looks, 7);
});
