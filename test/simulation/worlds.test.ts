import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, runSeeds } from './run-seeds.ts';
import { blobWrites, deskWrites } from './world/fence.ts';
import { noFaults } from './world/network.ts';

const seeds = 2000;

test(`${seeds} worlds of chance come to rest, and nothing in them is lost, doubled, laid over unseen, or left behind`, async (t) => {
  const outcome = await runSeeds({ from: 1, count: seeds, mostFailures: 5 });
  const { failures, covered, figures } = outcome;
  assert.deepEqual(failures.map(({ seed }) => seed), [], failures.map(describeFailure).join('\n\n'));
  assert.equal(outcome.seeds, seeds);
  t.diagnostic(`${figures.actions} actions, ${figures.effects} effects, ${figures.requests} requests, ${figures.faults} of them with a fault; quiet after ${Math.round(figures.longestQuietMs / 1000)} s at the latest`);

  // a run that tried nothing proves nothing
  for (const fault of Object.keys(noFaults)) assert.ok(covered.has(`fault ${fault}`), `no request was ${fault}`);
  for (const mode of ['refused', 'half-open', 'portal']) assert.ok(covered.has(`line ${mode}`), `no line was ${mode}`);
  for (const method of deskWrites) for (const side of ['before', 'after']) assert.ok(covered.has(`end ${side} desk.${method}`) || rare.has(`desk.${method}`), `no desk ended ${side} ${method}`);
  for (const method of blobWrites) assert.ok(['before', 'after'].some((side) => covered.has(`end ${side} blobs.${method}`)) || rare.has(`blobs.${method}`), `no desk ended at ${method} of its files`);
  for (const place of ['before commit', 'after commit', 'before documents.append', 'after documents.append', 'before answers.put', 'after answers.put', 'before documents.touch', 'before content.finish', 'after content.finish', 'after content.receive']) {
    assert.ok(covered.has(`end ${place}`), `no server ended ${place}`);
  }
  for (const what of ['snapshot', 'copied desk', 'upgrade', 'taken back', 'told sync.conflict', 'event arrived', 'event assigned', 'event issued', 'event registered', 'event deliveryReported', 'event refused', 'event returned', 'event augmented']) {
    assert.ok(covered.has(what), `${what}: in none of ${seeds} worlds`);
  }
});

/** Not called by the desk's own line, or at one click of a person alone: even in so many worlds no program ends in that very moment. */
const rare: ReadonlySet<string> = new Set(['desk.releaseHolds', 'desk.undo', 'desk.dismissProblem', 'desk.settleConflict', 'blobs.putContinuation']);
