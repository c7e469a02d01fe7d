import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { codingName, dictionary, dictionarySha256, packJson, unpackJson } from '../../../src-shared/protocol/packing.ts';
import { sizes } from './sizes.ts';

const runs = { seed: 20_261_122, numRuns: 400 };
const hexDigits = (length: number) => fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'), minLength: length, maxLength: length });
const lookAlike = fc.oneof(
  fc.uuid(), fc.uuid({ version: 7 }), hexDigits(64), hexDigits(32), hexDigits(40), hexDigits(130), fc.uuid().map((id) => id.toUpperCase()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') }).map((date) => `${new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, -1)}+07:00`),
  fc.constantFrom('2026-02-30T10:00:00.000Z', '2026-11-22T24:00:00.000Z', '0000-01-01T00:00:00.000Z', '9999-99-99T99:99:99.999Z', '2026-11-22T08:00:00+07:00', '\u0001\u0002\u0005', '\ud800', '😀 Ủy ban'),
);
const texts = fc.array(fc.oneof(lookAlike, fc.string({ unit: 'binary' }), fc.constantFrom('-', '0', 'f', ' '))).map((parts) => parts.join(''));
const values = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, texts, lookAlike, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(tie('any')), fc.dictionary(texts, tie('any'))),
})).any;

test('Whatever is packed is unpacked to the same value, texts that look like ids and times included', () => {
  fc.assert(fc.property(values, (value) => {
    assert.deepEqual(unpackJson(packJson(value)), JSON.parse(JSON.stringify(value)));
  }), runs);
});

test('Bytes that nobody packed are refused or are JSON, and never read past their end', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      JSON.stringify(unpackJson(bytes));
    } catch (error) {
      assert.ok(error instanceof SyntaxError || error instanceof RangeError, String(error));
    }
  }), { ...runs, numRuns: 3000 });
});

test('What breaks off is refused wherever it breaks off', () => {
  const whole = packJson({ id: '019a9f6e-1c1d-7abc-8def-0123456789ab', at: '2026-11-22T07:12:33.123Z', sha256: 'ab'.repeat(32), title: 'Về việc' });
  for (let length = 0; length < whole.length; length += 1) assert.throws(() => unpackJson(whole.subarray(0, length)), `${length} of ${whole.length}`);
});

test('The dictionary is the one that the coding is named for, at most 8 kB', () => {
  assert.equal(createHash('sha256').update(dictionary).digest('hex'), dictionarySha256);
  assert.equal(codingName, `vt1-${dictionarySha256.slice(0, 8)}`);
  assert.ok(dictionary.length <= 8192, `${dictionary.length} bytes`);
});

test('A status command goes up in 60 bytes and is answered in 30; a document is born in 200', () => {
  const { presentUp, registerUp, answered, draftUp } = sizes();
  assert.ok(presentUp <= 60, `present: ${presentUp}`);
  assert.ok(registerUp <= 60, `register: ${registerUp}`);
  assert.ok(answered <= 30, `its answer: ${answered}`);
  assert.ok(draftUp <= 200, `draft: ${draftUp}`);
});

test('What comes down names who did it and where the unit stands, and costs no more than that', () => {
  const { presentedDown, reportedDown, draftedDown } = sizes();
  assert.ok(presentedDown <= 110, `presented: ${presentedDown}`);
  assert.ok(reportedDown <= 90, `reported: ${reportedDown}`);
  assert.ok(draftedDown <= 240, `drafted: ${draftedDown}`);
});
