import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resize, setWidth, snap, standsOn, toPx } from '../../../src-renderer/placement/geometry.ts';
import type { PlacementTemplate } from '../../../src-shared/contract/signing.ts';
import { choosePlace, containedIn, fitShape, move, placeOfTemplate, type KnownPlaces } from '../../../src-shared/domain/place.ts';

const a4 = { widthMm: 210, heightMm: 297 };
const frame = { x: 100, y: 200, width: 40, height: 20 };

test('millimetres become pixels by one number', () => {
  assert.deepEqual(toPx(frame, 2.5), { left: 250, top: 500, width: 100, height: 50 });
});

test('a frame is stopped by the edges of its page', () => {
  assert.deepEqual(move(frame, 500, 500, a4), { ...frame, x: 170, y: 277 });
  assert.deepEqual(move(frame, -500, -500, a4), { ...frame, x: 0, y: 0 });
  assert.deepEqual(move(frame, 0.5, -0.5, a4), { ...frame, x: 100.5, y: 199.5 });
});

test('a pulled corner keeps the shape and leaves the opposite corner in place', () => {
  assert.deepEqual(resize(frame, 'se', 20, 0, a4), { x: 100, y: 200, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'nw', -20, 0, a4), { x: 80, y: 190, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'ne', 0, -10, a4), { x: 100, y: 190, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'sw', 20, 0, a4), { x: 120, y: 200, width: 20, height: 10 });
});

test('a frame neither leaves the page nor vanishes when it is resized', () => {
  const large = resize(frame, 'se', 1000, 1000, a4);
  assert.ok(large.x + large.width <= 210 && large.y + large.height <= 297);
  assert.equal(large.width / large.height, 2);
  const small = resize(frame, 'se', -1000, -1000, a4);
  assert.ok(small.width >= 5 && small.height > 0);
});

test('a width typed by hand keeps the shape', () => {
  assert.deepEqual(setWidth(frame, 30, a4), { x: 100, y: 200, width: 30, height: 15 });
});

test('an image is shown as large as its box holds, about the same middle', () => {
  assert.deepEqual(containedIn({ width: 40, height: 10 }, { widthMm: 42, heightMm: 18 }), { width: 23.3, height: 10 });
  assert.deepEqual(fitShape(frame, { width: 20, height: 20 }, a4), { x: 110, y: 200, width: 20, height: 20 });
});

const nothingFound: KnownPlaces = { pages: [a4, a4], signature: null, seal: null, prepared: false };
const inText = { page: 1, rect: { x: 120, y: 200, width: 45, height: 20 }, confidence: 0.9 };
const image = { widthMm: 42, heightMm: 18 };
const sealImage = { widthMm: 36, heightMm: 36 };
const forKind: PlacementTemplate = { id: 'a', name: 'Công văn', of: 'signature', kind: 'cong-van', from: 'last', page: 1, rect: { x: 100, y: 150, width: 42, height: 18 } };
const forAll: PlacementTemplate = { ...forKind, id: 'b', name: 'mọi loại', kind: null, rect: { ...forKind.rect, x: 90 } };

function choose(known: KnownPlaces, templates: readonly PlacementTemplate[] = []): ReturnType<typeof choosePlace> {
  return choosePlace(known, { of: 'signature', kind: 'cong-van', image, templates });
}

test('a prepared field is taken as it stands, to the last digit', () => {
  const field = { page: 1, rect: { x: 131.3127, y: 156.8401, width: 45.0033, height: 20.0001 }, confidence: 1 };
  assert.deepEqual(choose({ ...nothingFound, signature: field, prepared: true }, [forKind]), { placement: { page: 1, rect: field.rect }, source: 'prepared' });
});

test('the order is: prepared field, sure text, template of the type, template of all, guess', () => {
  const unsure = { ...inText, confidence: 0.5 };
  assert.equal(choose({ ...nothingFound, signature: inText }, [forAll, forKind]).source, 'text');
  assert.equal(choose({ ...nothingFound, signature: unsure }, [forAll, forKind]).source, 'kind-template');
  assert.equal(choose({ ...nothingFound, signature: unsure }, [forAll]).source, 'any-template');
  assert.equal(choose({ ...nothingFound, signature: unsure }, [{ ...forKind, of: 'seal' }, { ...forKind, kind: 'bao-cao' }]).source, 'guess');
  assert.equal(choose(nothingFound).source, 'guess');
});

test('a place in the text takes the image’s own shape about the same middle', () => {
  const { placement } = choose({ ...nothingFound, signature: inText });
  assert.deepEqual(placement.rect, { x: 120, y: 200.4, width: 45, height: 19.3 });
});

test('a seal stands at its real size about the place that the page proposes', () => {
  const known: KnownPlaces = { ...nothingFound, seal: { page: 1, rect: { x: 100, y: 100, width: 30, height: 30 }, confidence: 0.9 } };
  assert.deepEqual(choosePlace(known, { of: 'seal', kind: 'cong-van', image: sealImage, templates: [] }).placement, { page: 1, rect: { x: 97, y: 97, width: 36, height: 36 } });
});

test('a page that says nothing gets the frame on its last page, inside it', () => {
  const { page, rect } = choose(nothingFound).placement;
  assert.equal(page, 2);
  assert.ok(rect.x >= 0 && rect.x + rect.width <= 210 && rect.y + rect.height <= 297);
});

test('a kept place counts its page from the end or the start, and stays within a smaller page', () => {
  const five = Array.from({ length: 5 }, () => a4);
  assert.equal(placeOfTemplate(forKind, five).page, 5);
  assert.equal(placeOfTemplate({ ...forKind, page: 2 }, five).page, 4);
  assert.equal(placeOfTemplate({ ...forKind, page: 9 }, five).page, 1);
  assert.equal(placeOfTemplate({ ...forKind, from: 'first', page: 9 }, five).page, 5);
  assert.deepEqual(placeOfTemplate(forKind, [{ widthMm: 120, heightMm: 160 }]).rect, { x: 78, y: 142, width: 42, height: 18 });
});

test('a frame let go near its proper place is put on it, and takes its size when that is the same', () => {
  const target = { page: 1, rect: { x: 131.3127, y: 156.8401, width: 45, height: 20 } };
  assert.deepEqual(snap({ page: 1, rect: { x: 129, y: 158, width: 45, height: 20 } }, [target]), target);
  const small = snap({ page: 1, rect: { x: 142, y: 161, width: 21, height: 9 } }, [target]);
  assert.deepEqual(small.rect, { x: 143.3, y: 162.3, width: 21, height: 9 });
  assert.ok(standsOn(small, [target]));
});

test('a frame farther away, or on another page, stays where the hand left it', () => {
  const target = { page: 1, rect: { x: 130, y: 156, width: 45, height: 20 } };
  const far = { page: 1, rect: { x: 133, y: 156, width: 45, height: 20 } };
  const otherPage = { page: 2, rect: target.rect };
  assert.deepEqual(snap(far, [target]), far);
  assert.deepEqual(snap(otherPage, [target]), otherPage);
  assert.equal(standsOn(otherPage, [target]), false);
});
