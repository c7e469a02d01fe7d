import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screens } from '../../../src-renderer/app/route.ts';
import { keysIn, pageOf, partsOf, searchHelp } from '../../../src-renderer/features/help/help-words.ts';
import { dayOf, titleOf, topicOf, topics } from '../../../src-renderer/features/help/topics.ts';
import { helpPages as english } from '../../../src-renderer/i18n/en/help-pages.ts';
import { translate, type Locale, type MessageKey } from '../../../src-renderer/i18n/translate.ts';
import { helpPages as vietnamese } from '../../../src-renderer/i18n/vi/help-pages.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';
import { role } from '../../../src-shared/domain/organization.ts';

const t = (locale: Locale) => (key: MessageKey, params?: Readonly<Record<string, string | number>>) => translate(locale, key, params);
const roles = role.options;
const sentencesOf = (page: ReturnType<typeof pageOf>): readonly string[] => [page.what, ...page.steps, ...page.marks.map(([, means]) => means), ...page.wrong];

describe('a page of help', () => {
  test('is there for every screen and every role, with what it is for, steps and what to do when something is wrong', () => {
    for (const locale of ['vi', 'en'] as const) {
      for (const one of roles) {
        for (const topic of [...screens.map((screen) => topicOf(screen, one)), dayOf(one)]) {
          const page = pageOf(topic, locale);
          assert.ok(page && page.what !== '' && page.steps.length > 0 && page.wrong.length > 0, `${locale} ${topic}`);
          assert.ok(Object.hasOwn(vi, titleOf(topic)), topic);
        }
      }
    }
  });

  test('is of no screen that the program does not have', () => {
    assert.deepEqual(Object.keys(vietnamese).sort(), [...topics].sort());
    assert.deepEqual(Object.keys(english).sort(), [...topics].sort());
  });

  test('names only words that a screen says, and the same ones in both languages', () => {
    for (const topic of topics) {
      const named = keysIn(pageOf(topic, 'vi'));
      for (const key of named) {
        assert.ok(Object.hasOwn(vi, key), `${topic} names ${key}, which no catalogue holds`);
        assert.doesNotMatch(vi[key as MessageKey], /\{\w+,/, `${topic} names ${key}, which needs to know how many`);
      }
      assert.deepEqual([...keysIn(pageOf(topic, 'en'))].sort(), [...named].sort(), topic);
      assert.deepEqual([pageOf(topic, 'en').steps.length, pageOf(topic, 'en').wrong.length], [pageOf(topic, 'vi').steps.length, pageOf(topic, 'vi').wrong.length], topic);
    }
  });

  test('names no button by words of its own', () => {
    for (const topic of topics) {
      for (const sentence of sentencesOf(pageOf(topic, 'vi'))) {
        assert.doesNotMatch(sentence, /[“”"]/, sentence);
        for (const [said] of sentence.matchAll(/[Bb]ấm .{0,12}/gu)) assert.match(said, /[Bb]ấm (?:\[|nhầm|gì)/u, sentence);
      }
      for (const sentence of sentencesOf(pageOf(topic, 'en'))) for (const [said] of sentence.matchAll(/[Pp]ress(?:es)? .{0,12}/g)) assert.match(said, /[Pp]ress(?:es)? (?:\[|Ctrl|F\d)/, sentence);
    }
  });

  test('is written in composed letters and short sentences', () => {
    for (const topic of topics) {
      for (const sentence of sentencesOf(pageOf(topic, 'vi'))) {
        assert.equal(sentence, sentence.normalize('NFC'));
        assert.ok(sentence.length <= 220, `${sentence.length}: ${sentence}`);
      }
    }
  });

  test('shows the screen’s own word where a sentence names it, and a hole in it as “…”', () => {
    assert.deepEqual(partsOf('Bấm [action.register] ngay.', t('vi')), [{ words: 'Bấm ', onScreen: false }, { words: 'Vào sổ', onScreen: true }, { words: ' ngay.', onScreen: false }]);
    assert.deepEqual(partsOf('[issue.signAndSend]', t('vi')), [{ words: 'Ký, cấp số … và gửi', onScreen: true }]);
    assert.deepEqual(partsOf('[registers.close]', t('en'))[0]?.words.endsWith('…'), false);
  });
});

describe('search in help', () => {
  test('finds words without their marks, by their beginnings, the fullest line first', () => {
    assert.equal(searchHelp('dau den', 'vi', t('vi'))[0]?.topic, 'incoming');
    assert.match(searchHelp('dau den', 'vi', t('vi'))[0]?.line ?? '', /Đóng dấu đến/);
    assert.equal(searchHelp('huy so', 'vi', t('vi'))[0]?.topic, 'outgoing');
    assert.equal(searchHelp('Khóa sổ', 'vi', t('vi'))[0]?.topic, 'registers');
    assert.ok(searchHelp('mat mang', 'vi', t('vi')).some(({ topic }) => topic === 'day-clerk'));
  });

  test('finds a screen by its own name first', () => {
    for (const screen of screens) assert.ok(searchHelp(translate('vi', `nav.${screen}`), 'vi', t('vi')).slice(0, 3).some(({ topic }) => topic === screen || topic.startsWith(`${screen}-`)), screen);
  });

  test('finds nothing for nothing, and nothing for what no page says', () => {
    assert.deepEqual(searchHelp('  ', 'vi', t('vi')), []);
    assert.deepEqual(searchHelp('xyzzy', 'vi', t('vi')), []);
  });

  test('finds what the field itself gives for examples, in both languages', () => {
    for (const locale of ['vi', 'en'] as const) {
      const examples = translate(locale, 'help.searchHint').replace(/^[^:]+: /, '').split(', ');
      for (const example of examples) assert.ok(searchHelp(example, locale, t(locale)).length > 0, example);
    }
  });
});
