import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readKeptTour } from '../../../src-renderer/features/tour/kept-tour.ts';
import { anchors, tourOf, tours, type Stop } from '../../../src-renderer/features/tour/stops.ts';
import { tourWords as english } from '../../../src-renderer/i18n/en/tour-words.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';
import { tourWords as vietnamese } from '../../../src-renderer/i18n/vi/tour-words.ts';
import { role } from '../../../src-shared/domain/organization.ts';

const source = fileURLToPath(new URL('../../../src-renderer', import.meta.url));
const every: readonly Stop[] = Object.values(tours).flat();

describe('the tour of a role', () => {
  test('is there for each role that works on documents, six to nine stops long, and ends at help', () => {
    assert.deepEqual(role.options.filter((one) => tourOf(one) === null), ['administrator']);
    for (const stops of Object.values(tours)) {
      assert.ok(stops.length >= 6 && stops.length <= 9, String(stops.length));
      assert.equal(stops.at(-1)?.id, 'any.help');
    }
  });

  test('lights parts that a screen marks, and every part that is marked is lit by one', () => {
    const text = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx')).map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
    const marked = new Set([...text.matchAll(/data-tour="([\w-]+)"/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...marked].sort(), [...anchors].sort());
    assert.deepEqual([...new Set(every.map(({ anchor }) => anchor))].sort(), [...anchors].sort());
  });

  test('says something at each stop in both languages, naming only words that a screen says', () => {
    const ids = [...new Set(every.map(({ id }) => id))].sort();
    for (const words of [vietnamese, english]) {
      assert.deepEqual(Object.keys(words).sort(), ids);
      for (const [id, [heading, sentence]] of Object.entries(words)) {
        assert.ok(heading.length <= 40 && sentence.length <= 220, id);
        assert.equal(sentence, sentence.normalize('NFC'));
        for (const [, key = ''] of sentence.matchAll(/\[([\w.-]+)\]/g)) assert.ok(Object.hasOwn(vi, key), `${id} names ${key}`);
      }
    }
  });

  test('goes on from where it was kept, and begins anew from what cannot be read', () => {
    assert.deepEqual(readKeptTour('{"at":3}'), { at: 3 });
    for (const torn of ['', '{', 'null', '[]', '{"at":-1}', '{"at":1.5}', '{"at":"3"}']) assert.deepEqual(readKeptTour(torn), { at: 0 }, torn);
  });
});
