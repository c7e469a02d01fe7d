import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { bundle } from './support/bundle.ts';

const program = await bundle('mutated-main');
const packages = 10_000;
const batches = 4;
// V8 lets its young generation grow to 100 MB for whoever makes much garbage quickly; what is measured here is what reading needs
const flags = ['--max-semi-space-size=4'];

test('10,000 packages made wrong: no crash, no entity grows, nothing half is handed on as good, and at most 200 MB', () => {
  const ways = new Set<string>();
  let read = 0;
  let refused = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const seed = 102_2016 + batch;
    const done = spawnSync(process.execPath, [...flags, program, String(seed), String(packages / batches)], { encoding: 'utf8', timeout: 120_000 });
    assert.equal(done.status, 0, done.stderr.slice(0, 4000));
    const said = JSON.parse(done.stdout) as { read: number; refused: number; slowestMs: number; slowest: string; peakMB: number; ways: Record<string, number> };
    console.log(`seed ${seed}: ${said.read} read, ${said.refused} refused, slowest ${Math.round(said.slowestMs)} ms (${said.slowest}), peak ${said.peakMB} MB`);
    assert.ok(said.peakMB <= 200, `${said.peakMB} MB`);
    read += said.read;
    refused += said.refused;
    for (const way of Object.keys(said.ways)) ways.add(way);
  }
  assert.equal(read + refused, packages);
  // harmless changes are read, so that "refuse everything" would not pass
  assert.ok(read > packages / 50 && refused > packages / 2, `${read} read, ${refused} refused`);
  assert.ok(ways.size >= 22, [...ways].join(', '));
});
