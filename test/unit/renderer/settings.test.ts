import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { cacheSettings, readCachedSettings } from '../../../src-renderer/app/settings-cache.ts';
import { defaultSettings } from '../../../src-shared/contract/settings.ts';

/** The browser's own storage, as far as the cache needs it; `null` where policy has shut it off. */
function giveStorage(kept: Map<string, string> | null): void {
  const refuse = (): never => { throw new DOMException('denied', 'SecurityError'); };
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: kept ? { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } : { getItem: refuse, setItem: refuse },
  });
}

afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'));

test('the page begins as it looked last time', () => {
  giveStorage(new Map());
  assert.deepEqual(readCachedSettings(), defaultSettings);
  const chosen = { ...defaultSettings, theme: 'dark', textSize: 150, panes: { 'reading.list': 400 } } as const;
  cacheSettings(chosen);
  assert.deepEqual(readCachedSettings(), chosen);
});

test('a torn copy, or one with a part that this version does not know, gives defaults for what is torn alone', () => {
  giveStorage(new Map([['van-thu.settings', '{"theme":"da']]));
  assert.deepEqual(readCachedSettings(), defaultSettings);
  giveStorage(new Map([['van-thu.settings', JSON.stringify({ theme: 'dark', textSize: 900, panes: { 'reading.list': -4 } })]]));
  assert.deepEqual(readCachedSettings(), { ...defaultSettings, theme: 'dark' });
});

test('storage that policy has shut off is no reason to stop', () => {
  giveStorage(null);
  cacheSettings(defaultSettings);
  assert.deepEqual(readCachedSettings(), defaultSettings);
});
