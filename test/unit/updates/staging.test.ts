import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions } from '../../../src-shared/domain/program-version.ts';
import { isForStation, placeOf } from '../../../src-server/features/updates-choice.ts';

const stations = fc.stringMatching(/^[\w-]{8,64}$/);
const numbers = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'));
const versions = fc.oneof(numbers, fc.tuple(numbers, fc.nat(20)).map(([version, tag]) => `${version}-beta.${tag}`));

test('a station’s turn is the same whenever it is asked, and a share that grows puts nobody out', () => {
  fc.assert(fc.property(stations, versions, fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), (station, version, one, other) => {
    const [less, more] = [Math.min(one, other), Math.max(one, other)];
    const isIn = (percent: number): boolean => isForStation({ percent, manifest: { version } }, station);
    assert.equal(placeOf(station, version), placeOf(station, version));
    assert.ok(!isIn(less) || isIn(more));
    assert.ok(isIn(100) && !isIn(0));
  }));
});

test('a share of stations is about that share of them, and another tenth for another version', () => {
  const everyone = Array.from({ length: 5000 }, (_, index) => `station-${index}`);
  const inTenth = (version: string): Set<string> => new Set(everyone.filter((station) => isForStation({ percent: 10, manifest: { version } }, station)));
  const [first, second] = [inTenth('1.2.0'), inTenth('1.3.0')];
  for (const tenth of [first, second]) assert.ok(tenth.size > 400 && tenth.size < 600, `${tenth.size} of 5000`);
  assert.ok([...first].filter((station) => second.has(station)).length < 120, 'not the same desks bear every new version');
});

test('versions are in one order, in which a beta comes before its release', () => {
  fc.assert(fc.property(versions, versions, versions, (a, b, c) => {
    assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
    if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
  }));
  const ordered = ['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0', '1.2.0', '1.10.0'];
  assert.deepEqual(ordered.toSorted(compareVersions), ordered);
});
