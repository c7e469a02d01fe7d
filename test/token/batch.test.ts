import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ok } from '../../src-shared/result.ts';
import { assertSignedText, createShimBench, text, valueOf, type ShimBench } from './shim/shim-bench.ts';

let bench: ShimBench;

before(async () => { bench = await createShimBench('batch'); });
afterEach(() => bench.closeTokens());
after(() => bench.remove());

const count = (text: string, letter: string): number => text.split(letter).length - 1;

test('a hundred signatures go through one login while the list is asked for in between, each waiting for nothing but the token', async () => {
  const signMs = 30;
  const shimmed = bench.open({ SHIM_SIGN_MS: String(signMs) });
  const done: number[] = [];
  const from = performance.now();
  const tookMs = valueOf(await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    const opened = performance.now();
    const lists: Promise<unknown>[] = [];
    const signatures = Array.from({ length: 100 }, (_, index) => {
      const signature = key.sign(text).then((result) => { done.push(index); return result; });
      if (index % 10 === 5) lists.push(shimmed.tokens.list());
      return signature;
    });
    for (const signature of await Promise.all(signatures)) assertSignedText(bench.pki, signature);
    await Promise.all(lists);
    return ok(performance.now() - opened);
  }));
  assert.deepEqual(done, Array.from({ length: 100 }, (_, index) => index), 'in the order they were asked for');
  assert.equal(shimmed.logins(), 'x', 'one PIN');
  const journal = shimmed.journal();
  assert.equal(count(journal, 's'), 100);
  assert.equal(count(journal, 'e'), 100);
  assert.doesNotMatch(journal, /s(?!e)/, 'nothing was asked of the token in the middle of a signature');
  assert.match(journal, /e+l+s/, 'the list was answered between signatures');
  assert.ok(tookMs >= 100 * signMs, 'the token\'s own time is in it');
  // What is ours of it is measured by `npm run bench`; here it is only told.
  console.log(`  the token's own time ${100 * signMs} ms, all of it ${Math.round(tookMs)} ms, with the login ${Math.round(performance.now() - from)} ms`);
});
