import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { openSettings } from '../../../src-main/features/settings/settings-file.ts';
import { defaultSettings } from '../../../src-shared/contract/settings.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-settings-'));
const file = join(dir, 'profile', 'settings.json');
beforeEach(() => rmSync(join(dir, 'profile'), { recursive: true, force: true }));
after(() => rmSync(dir, { recursive: true, force: true }));

/** Whatever a power cut, another program or an older version may have left. */
function leave(text: string): void {
  openSettings(file).write({});
  writeFileSync(file, text);
}

test('a first start has the defaults and writes nothing', () => {
  assert.deepEqual(openSettings(file).read(), defaultSettings);
  assert.equal(existsSync(file), false);
});

test('what is written is there at the next start, and what was not given stays', () => {
  const first = openSettings(file);
  first.write({ theme: 'dark', panes: { reading: 420 } });
  first.write({ textSize: 175, theme: undefined });
  assert.deepEqual(openSettings(file).read(), { ...defaultSettings, theme: 'dark', textSize: 175, panes: { reading: 420 } });
  assert.deepEqual(readdirSync(join(dir, 'profile')), ['settings.json'], 'nothing half-written lies beside it');
});

test('a file that is torn or is something else gives the defaults and is kept aside', () => {
  for (const torn of ['', '{"theme":"da', '[]', '"dark"', 'null', '\u0000\u0000']) {
    leave(torn);
    const settings = openSettings(file);
    assert.deepEqual(settings.read(), defaultSettings, torn);
    assert.equal(readFileSync(`${file}.bad`, 'utf8'), torn);
    assert.equal(settings.write({ theme: 'light' }).theme, 'light');
    assert.equal(openSettings(file).read().theme, 'light');
  }
});

test('a part that makes no sense costs that part alone', () => {
  leave(JSON.stringify({ theme: 'purple', textSize: 130, locale: 'en', panes: { a: 5 }, unknown: 1 }));
  assert.deepEqual(openSettings(file).read(), { ...defaultSettings, locale: 'en' });
  assert.equal(existsSync(`${file}.bad`), false);
});

test('a write that leaves nothing half-done beside it is not hindered by one that did', () => {
  leave(JSON.stringify({ theme: 'dark' }));
  writeFileSync(`${file}.new`, '{"the');
  const settings = openSettings(file);
  assert.equal(settings.read().theme, 'dark');
  settings.write({ density: 'compact' });
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { ...defaultSettings, theme: 'dark', density: 'compact' });
});

test('everybody who listens hears of a change, until they leave', () => {
  const settings = openSettings(file);
  const heard: string[] = [];
  const leaveOff = settings.onChange(({ theme }) => heard.push(theme));
  settings.write({ theme: 'dark' });
  leaveOff();
  settings.write({ theme: 'light' });
  assert.deepEqual(heard, ['dark']);
});
