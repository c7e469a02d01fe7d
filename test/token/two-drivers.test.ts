import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ok } from '../../src-shared/result.ts';
import { assertSignedText, createShimBench, signText, text, valueOf, type ShimBench } from './shim/shim-bench.ts';

let bench: ShimBench;

before(async () => { bench = await createShimBench('two-drivers'); });
afterEach(() => bench.closeTokens());
after(() => bench.remove());

/** The shim, and SoftHSM2 itself beside it as the driver of another maker: two processes. */
const both = (): readonly string[] => [bench.shim, bench.token.module];

test('a driver that hangs while it is asked holds up nobody else\'s token', async () => {
  const { tokens } = bench.open({ SHIM_LIST: 'hang' }, { drivers: both(), deadlinesMs: { list: 60_000 } });
  assertSignedText(bench.pki, await tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, signText));
});

test('the list comes without a driver that hangs, names it, and has it again when it answers', async () => {
  const shimmed = bench.open({ SHIM_LIST: 'hang' }, { drivers: both(), deadlinesMs: { list: 6000, patience: 3000 } });
  const { tokens, drivers } = await shimmed.tokens.list();
  assert.deepEqual(tokens.map(({ driver }) => driver), [bench.token.module]);
  assert.deepEqual(drivers.map(({ problem }) => problem?.code), ['token.timeout', undefined]);
  assert.match(drivers[0]?.problem?.message ?? '', /3/);
  shimmed.set('SHIM_LIST', 'well');
  // The driver is still the one that hangs: its deadline ends it, and the next use finds it well.
  const all = await listUntil(shimmed.tokens.list, (listed) => listed.drivers.every(({ problem }) => problem === null));
  assert.deepEqual(all.tokens.map(({ driver }) => driver), both());
});

test('a driver that hangs and is ended in the middle of another\'s batch is nothing to that batch', async () => {
  const shimmed = bench.open({ SHIM_LIST: 'hang' }, { drivers: both(), deadlinesMs: { list: 2500, patience: 60_000 } });
  const before = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    const pid = shimmed.tokens.hostPids().get(bench.token.module);
    let listed = false;
    const list = shimmed.tokens.list().then((one) => { listed = true; return one; });
    let signed = 0;
    while (!listed) {
      assertSignedText(bench.pki, await key.sign(text));
      signed += 1;
    }
    assert.deepEqual((await list).drivers.map(({ problem }) => problem?.code), ['token.timeout', undefined]);
    assert.equal((await list).tokens.length, 1);
    assert.equal(shimmed.tokens.hostPids().get(bench.token.module), pid, 'the process of the good driver is the same');
    assert.ok(!shimmed.tokens.hostPids().has(bench.shim), 'the process that hung is gone');
    return ok(signed);
  });
  assert.ok(valueOf(before) > 0);
});

async function listUntil<T>(list: () => Promise<T>, isRight: (listed: T) => boolean): Promise<T> {
  for (;;) {
    const listed = await list();
    if (isRight(listed)) return listed;
  }
}
