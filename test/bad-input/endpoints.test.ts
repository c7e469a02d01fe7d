import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { errorResponse } from '../../src-shared/protocol/wire.ts';
import { mutations } from './mutations.ts';
import { canary, openBadOffice, wordsOf, type Answer, type Office, type Sent } from './office.ts';
import { sampleSets, sentOf } from './samples.ts';

/** Printed with a failure; another one may be tried by hand. */
const seed = Number(process.env['BAD_INPUT_SEED'] ?? 20_261_122);
const runs = Number(process.env['BAD_INPUT_RUNS'] ?? 220);

test('bad input on every endpoint: never a fault of ours, never another unit’s data, never a wait without end', { timeout: 300_000 }, async (t) => {
  const office = await openBadOffice(t);
  const names = [...new Set(office.core.routes.map(({ name }) => name))];
  assert.deepEqual(names.filter((name) => !Object.hasOwn(sampleSets, name)), [], 'every route of the server is tried here');
  assert.deepEqual(Object.keys(sampleSets).filter((name) => !names.includes(name)), [], 'what is tried here is still a route');
  const spoilt = mutations(office);

  for (const name of names) {
    await t.test(`${name}: ${runs} spoilt requests (seed ${seed})`, async () => {
      const set = sampleSets[name];
      assert.ok(set);
      const samples = set.samples(office);
      const answered = new Map<number, number>();
      for (const sample of samples) {
        const answer = await ask(office, sentOf(office, set.as, sample));
        answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
      }
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...samples), fc.array(spoilt, { minLength: 1, maxLength: 2 }), fc.constantFrom('signed-in', 'signed-in', 'signed-in', 'nobody', 'other'), async (sample, changes, as) => {
          const who = as === 'nobody' ? null : as === 'other' ? 'communeLeader' : set.as;
          const sent = changes.reduce((before, { apply }) => apply(before), sentOf(office, who, sample));
          const answer = await ask(office, sent);
          answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
        }),
        { seed, numRuns: runs, endOnFailure: true, reporter: (details) => { if (details.failed) throw new Error(`seed ${details.seed}, path ${details.counterexamplePath}: ${details.counterexample?.[1]?.map((change) => change.name).join(' + ')} on ${JSON.stringify(details.counterexample?.[0]).slice(0, 300)}: ${String(details.errorInstance)}`); } },
      );
      // requests that never reach the route would try nothing
      assert.ok(answered.size > 1 || name === 'healthz' || name === 'package-key' || name === 'upload-options', `only ${[...answered.keys()].join()}`);
    });
  }
  assert.deepEqual(office.bugs, []);
  assert.equal(({} as Record<string, unknown>)['admin'], undefined, 'no prototype was written to');
  // what was theirs is theirs still, and as it was
  const feed = await office.call({ method: 'GET', url: '/v1/changes', headers: { authorization: `Bearer ${office.theirs.token}` } });
  assert.match(wordsOf(feed), new RegExp(canary));
  assert.equal((JSON.stringify(feed.json).match(/"type":/g) ?? []).length, 1);
});

test('whoever judges the answers sees what is wrong with one', async () => {
  const sent: Sent = { method: 'GET', url: '/x' };
  const answering = (answer: Partial<Answer>): Office => ({ bugs: [], call: () => Promise.resolve({ status: 200, headers: {}, body: Buffer.alloc(0), json: null, ...answer }) }) as unknown as Office;
  await assert.rejects(ask(answering({ status: 500 }), sent));
  await assert.rejects(ask(answering({ body: Buffer.from(`{"title":"${canary}"}`) }), sent));
  await assert.rejects(ask(answering({ headers: { 'content-encoding': 'br' }, body: brotliCompressSync(Buffer.from(canary)) }), sent));
  await assert.rejects(ask(answering({ headers: { location: '/a\r\nset-cookie: x' } }), sent));
  await assert.rejects(ask(answering({ status: 404, json: { message: 'no envelope' } }), sent));
  await ask(answering({ status: 404, json: { error: { code: 'not-found' } } }), sent);
});

async function ask(office: Office, sent: Sent): Promise<Answer> {
  const answer = await office.call(sent);
  const told = `${sent.method} ${sent.url.slice(0, 200)} → ${answer.status}`;
  assert.ok(Number.isInteger(answer.status) && answer.status >= 200 && answer.status < 600 && answer.status !== 500, `${told} ${office.bugs.at(-1) ?? ''}`);
  assert.ok(!wordsOf(answer).includes(canary), `${told} tells another unit’s data`);
  if (answer.status >= 400 && answer.json !== null && sent.method !== 'HEAD') assert.ok(errorResponse.safeParse(answer.json).success, `${told} ${JSON.stringify(answer.json)}`);
  for (const [name, value] of Object.entries(answer.headers)) assert.ok(`${name}${value}`.split('').every((letter) => letter >= ' '), told);
  return answer;
}
