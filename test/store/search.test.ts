import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { fold, foldedWords } from '../../src-shared/domain/fold.ts';
import { makeSnippet } from '../../src-shared/domain/snippet.ts';
import { canonicalJson } from '../../src-shared/protocol/digest.ts';
import { createWalk } from '../../src-main/store/tables/matches.ts';
import { wordsOf } from '../../src-main/store/tables/search.ts';
import { arrived, content, newId, scene } from './helpers.ts';

const seed = 20261122;
const syllables = ['Quyết', 'định', 'quyen', 'Đường', 'đê', 'phòng', 'cháy', '12/QĐ-UBND', 'xã', 'Xa\u0303', 'so', 'sở', 'Ðất', 'thôn', 'ủy', 'u', '2026', 'H48.60', 'ﬁle', '𝐴𝑏'];
const phrase = (max: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...syllables), { minLength: 1, maxLength: max }).map((words) => words.join(' '));

test('a search over any documents and contents finds what reading them all finds, in the list\'s order', (t) => {
  const { desk } = scene(t).open();
  const documents = fc.sample(fc.record({ title: phrase(4), body: fc.option(phrase(6), { nil: null }), minute: fc.nat(50) }), { numRuns: 120, seed }).map((made, index) => {
    const id = newId<DocumentId>();
    const ref = content(`search-${index}`);
    const at = `2026-03-01T08:${String(made.minute).padStart(2, '0')}:00+07:00`;
    desk.applyChanges([{ document: id, from: 0, events: [arrived(made.title, { at, content: ref })] }], `c${index}`);
    if (made.body !== null) desk.keepContentText(ref.sha256, { outcome: 'text', pages: 1, text: made.body });
    return { ...made, id };
  });
  const everything = desk.listDocuments({ folder: 'incoming', me: 'p', text: '', offset: 0, limit: 200 }).rows.map(({ state }) => state);
  const wordsIn = new Map(documents.map(({ id, body }) => {
    const state = everything.find((one) => one.id === id);
    return [id, foldedWords([state?.title, state?.notation, state?.number, state?.from.name, state?.from.code, state?.signer, 'Quyết định QĐ', body].join(' '))];
  }));
  const begun = fc.tuple(fc.constantFrom(...syllables), fc.integer({ min: 1, max: 4 })).map(([word, length]) => word.slice(0, length));
  fc.assert(fc.property(fc.array(begun, { minLength: 1, maxLength: 3 }), (parts) => {
    const text = parts.join(' ');
    const asked = foldedWords(text);
    const expected = everything.filter(({ id }) => asked.every((word) => (wordsIn.get(id) ?? []).some((known) => known.startsWith(word)))).map(({ id }) => id);
    const found = desk.listDocuments({ folder: 'incoming', me: 'p', text, offset: 0, limit: 200 });
    assert.deepEqual(found.rows.map(({ state }) => state.id), expected, text);
    assert.equal(found.total, expected.length);
    for (const [index, id] of expected.entries()) assert.equal(desk.findPosition({ folder: 'incoming', me: 'p', text }, id), index);
  }), { numRuns: 300, seed });
});

test('a walk gives the same pieces, places and length as the whole order that it stops short of', () => {
  fc.assert(fc.property(fc.nat(3000), fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 200 })), { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (length, asks, divisor) => {
    const order = Array.from({ length }, (_, row) => length - row);
    const has = (row: number): boolean => row % divisor === 0;
    const whole = order.filter(has);
    const walk = createWalk((limit, offset) => order.slice(offset, offset + limit), has);
    for (const [offset, limit] of asks) {
      assert.deepEqual(walk.slice(offset, limit), whole.slice(offset, offset + limit));
      assert.equal(walk.indexOf(offset), whole.indexOf(offset));
    }
    assert.equal(walk.length(), whole.length);
  }), { numRuns: 200, seed });
});

test('words folded piece by piece are those of the whole text, each once', () => {
  fc.assert(fc.property(fc.oneof(phrase(12), fc.string({ unit: 'binary', maxLength: 80 })), (text) => {
    assert.deepEqual(wordsOf(text), [...new Set(foldedWords(text))]);
  }), { numRuns: 120, seed });
});

test('canonical JSON is what sorting every object and writing it gives', () => {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
  };
  // keys that are numbers come first in any object of JavaScript; events have none
  const keys = fc.string({ maxLength: 6 }).filter((key) => !/^\d+$/.test(key) && key !== '__proto__');
  const { tree } = fc.letrec((tie) => ({ tree: fc.oneof({ maxDepth: 4 }, fc.constant(undefined), fc.jsonValue({ maxDepth: 0 }), fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(keys, tie('tree'), { maxKeys: 5 })) }));
  fc.assert(fc.property(tree.filter((value) => value !== undefined), (value) => {
    assert.equal(canonicalJson(value), JSON.stringify(sorted(value)));
  }), { numRuns: 120, seed });
});

test('a snippet marks only words that were asked for, and holds one of them', () => {
  fc.assert(fc.property(phrase(60), phrase(3), (text, query) => {
    const asked = foldedWords(query);
    const snippet = makeSnippet(text, asked);
    const isThere = asked.some((word) => foldedWords(text).some((known) => known.startsWith(word)));
    assert.equal(snippet !== null, isThere);
    if (snippet === null) return;
    assert.ok(snippet.marks.length > 0, JSON.stringify([text, query, snippet]));
    assert.ok(snippet.text.length < 220);
    for (const [from, to] of snippet.marks) {
      const marked = snippet.text.slice(from, to);
      assert.ok(foldedWords(marked).some((word) => asked.some((one) => word.startsWith(one))), `${marked} of ${fold(query)}`);
    }
  }), { numRuns: 500, seed });
});
