import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';
import { compileCatalogue } from '../../../build/catalogues.ts';
import { en } from '../../../src-renderer/i18n/en.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';

type Compiled = Readonly<Record<string, (params: Readonly<Record<string, string | number>>) => string>>;

/** What a page would get: bundled with its runtime and loaded as a module. */
async function load(locale: string, messages: Readonly<Record<string, string>>): Promise<Compiled> {
  const { outputFiles } = await build({ stdin: { contents: compileCatalogue(locale, messages), resolveDir: import.meta.dirname }, bundle: true, format: 'esm', write: false });
  const module = (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`)) as Readonly<Record<string, Compiled>>;
  return module[locale] ?? {};
}

test('a count takes the language’s own plural, and nothing of it is parsed or evaluated in the page', async () => {
  const english = await load('en', { count: '{count, plural, one {# document} other {# documents}}', plain: 'Sent' });
  assert.deepEqual([english['count']?.({ count: 1 }), english['count']?.({ count: 2 }), english['plain']?.({})], ['1 document', '2 documents', 'Sent']);
  const vietnamese = await load('vi', { count: '{count} văn bản' });
  assert.equal(vietnamese['count']?.({ count: 1 }), '1 văn bản');
  assert.doesNotMatch(compileCatalogue('en', en), /\beval\b|new Function/);
});

test('every message of both languages compiles', async () => {
  for (const [locale, messages] of [['vi', vi], ['en', en]] as const) {
    const compiled = await load(locale, messages);
    assert.deepEqual(Object.keys(compiled).sort(), Object.keys(messages).sort());
  }
});

test('English says one of a thing in the singular, and counts are set in the language’s own way', async () => {
  const english = await load('en', en);
  const ones = new Proxy({}, { get: () => 1 });
  const wrong = Object.keys(en).filter((key) => /(?<![/%\d.])\b1 (?:more )?(?!is\b|was\b|has\b)[a-z]+s\b/.test(english[key]?.(ones) ?? ''));
  assert.deepEqual(wrong, []);
  assert.equal(english['list.count']?.({ count: 300_000 }), '300,000 documents');
  assert.equal((await load('vi', vi))['list.count']?.({ count: 300_000 }), '300.000 văn bản');
});

test('a message that is none stops the build and says which', () => {
  assert.throws(() => compileCatalogue('en', { good: 'a', 'list.count': '{count, plural, one {#}' }), /list\.count/);
});
