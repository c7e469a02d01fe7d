import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFreePlace, type Rect } from '../../../src-renderer/ui/toast-place.ts';
import { isKey } from '../../../src-renderer/ui/use-key-press.ts';

const window = { width: 1366, height: 768 };
const size = { width: 400, height: 48 };
const clash = (rect: Rect, at: { readonly left: number; readonly top: number }): boolean =>
  rect.left < at.left + size.width && rect.right > at.left && rect.top < at.top + size.height && rect.bottom > at.top;

test('a toast stands in the middle of the bottom when nothing is there', () => {
  assert.deepEqual(findFreePlace(window, size, []), { left: 483, top: 704 });
});

test('a toast goes beside or above the buttons at the bottom', () => {
  const taken: readonly Rect[] = [{ left: 500, top: 720, right: 620, bottom: 752 }, { left: 640, top: 700, right: 900, bottom: 752 }];
  const place = findFreePlace(window, size, taken);
  assert.ok(taken.every((rect) => !clash(rect, place)), JSON.stringify(place));
  assert.ok(place.top + size.height <= window.height && place.left >= 0);
});

test('where everything is taken, a toast still stands inside the window', () => {
  const place = findFreePlace(window, size, [{ left: 0, top: 0, right: 1366, bottom: 768 }]);
  assert.ok(place.left >= 0 && place.left + size.width <= window.width && place.top >= 0 && place.top + size.height <= window.height);
});

test('a key is known with all its modifiers and no other', () => {
  const event = { key: 'z', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
  assert.ok(isKey('Ctrl+Z', event));
  assert.ok(isKey('Ctrl Z', { ...event, ctrlKey: false, metaKey: true }));
  assert.ok(!isKey('Ctrl+Z', { ...event, shiftKey: true }));
  assert.ok(!isKey('Ctrl+Z', { ...event, ctrlKey: false }));
  assert.ok(isKey('Ctrl++', { ...event, key: '+' }));
  assert.ok(isKey('F5', { ...event, key: 'F5', ctrlKey: false }));
});
