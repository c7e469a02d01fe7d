import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { ok } from '../../src-shared/result.ts';
import { assertSignedText, createShimBench, errorOf, signText, text, valueOf, type ShimBench, type ShimmedToken } from './shim/shim-bench.ts';

let bench: ShimBench;

before(async () => { bench = await createShimBench('removal'); });
afterEach(() => bench.closeTokens());
after(() => bench.remove());

async function assertSigns({ tokens }: ShimmedToken): Promise<void> {
  assertSignedText(bench.pki, await tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, signText));
}

for (const words of ['device-removed', 'token-not-present', 'session-invalid', 'device-error', 'not-logged-in']) {
  test(`a token pulled out in mid-batch is told as that though the driver says ${words}, and works again when it is back`, async () => {
    const shimmed = bench.open({ SHIM_GONE_AS: words });
    const result = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
      assert.ok((await key.sign(text)).ok);
      shimmed.pull();
      return key.sign(text);
    });
    assert.deepEqual(errorOf(result), { code: 'token.removed' });
    assert.deepEqual(await shimmed.tokens.list(), { tokens: [], drivers: [{ driver: bench.shim, problem: null }] });
    assert.equal(errorOf(await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, signText)).code, 'token.absent');
    shimmed.plugIn();
    await assertSigns(shimmed);
    assert.equal(shimmed.logins(), 'xx', 'the PIN went to the token once for each login, and not while it was away');
  });
}

test('who lists while a token is pulled out in mid-batch is told of no broken driver', async () => {
  const shimmed = bench.open();
  const lists: Promise<Awaited<ReturnType<typeof shimmed.tokens.list>>>[] = [];
  const result = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, (key) => {
    shimmed.pull();
    const signed = key.sign(text);
    lists.push(shimmed.tokens.list());
    return signed;
  });
  assert.deepEqual(errorOf(result), { code: 'token.removed' });
  assert.deepEqual(await Promise.all(lists), [{ tokens: [], drivers: [{ driver: bench.shim, problem: null }] }]);
});

test('a token pulled out and put back between two signatures needs the PIN again: its login is over', async () => {
  const shimmed = bench.open({ SHIM_PLUG: 'first' });
  const answers = valueOf(await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    assert.ok((await key.sign(text)).ok);
    shimmed.set('SHIM_PLUG', 'second');
    return ok([await key.sign(text), await key.sign(text)]);
  }));
  assert.deepEqual(answers.map((answer) => errorOf(answer).code), ['token.removed', 'token.removed']);
  await assertSigns(shimmed);
  assert.equal(shimmed.logins(), 'xx');
});

test('a token that the driver never sees again in this process is seen after all, pulled out at rest or at work', async () => {
  const shimmed = bench.open({ SHIM_STALE: '1' });
  await assertSigns(shimmed);
  shimmed.pull();
  assert.deepEqual((await shimmed.tokens.list()).tokens, []);
  shimmed.plugIn();
  assert.equal((await shimmed.tokens.list()).tokens.length, 1);
  const result = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    shimmed.pull();
    const signed = await key.sign(text);
    shimmed.plugIn();
    return signed;
  });
  assert.equal(errorOf(result).code, 'token.removed');
  await assertSigns(shimmed);
});

test('who watches is told when the token goes, comes and has its PIN locked, and no more once the watch is over', async (t) => {
  const shimmed = bench.open({ SHIM_STALE: '1' });
  const tries = join(bench.dir, 'watched-tries');
  // A watch alone keeps no program alive, nor this one.
  const alive = setInterval(() => undefined, 60_000);
  t.after(() => clearInterval(alive));
  const news = new EventEmitter();
  let told = 0;
  const stop = shimmed.tokens.watch(() => { told += 1; news.emit('change'); }, 20);
  const isListed = async (): Promise<number> => (await shimmed.tokens.list()).tokens.length;
  assert.equal(await isListed(), 1);
  for (const [act, expected] of [[shimmed.pull, 0], [shimmed.plugIn, 1]] as const) {
    const change = once(news, 'change');
    act();
    await change;
    assert.equal(await isListed(), expected);
  }
  const locked = once(news, 'change');
  writeFileSync(tries, '0');
  shimmed.set('SHIM_TRIES', tries);
  await locked;
  assert.equal((await shimmed.tokens.list()).tokens[0]?.pin.locked, true);
  stop();
  assert.equal(told, 3, 'told of each change once');
  shimmed.pull();
  assert.equal(await isListed(), 0);
  assert.equal(told, 3);
  assert.equal(shimmed.logins(), '', 'looking takes no PIN');
});
