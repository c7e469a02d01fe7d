import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOfEvent } from '../../../src-renderer/features/documents/history-words.ts';
import { endOf } from '../../../src-renderer/features/documents/how-it-ended-words.ts';
import { dictionaries, translate, type Locale, type Translate } from '../../../src-renderer/i18n/translate.ts';
import { deliveryStatuses, documentEvent, documentEventBody, stages, type DocumentEvent } from '../../../src-shared/domain/document.ts';

const id = '01900000-0000-7000-8000-000000000001';
const unit = { code: 'H48.60.12', name: 'UBND xã Sơn Tịnh' };
const content = { sha256: 'a'.repeat(64), sizeBytes: 1, fileName: 'a.pdf', parent: null };
const entry = { book: 'H48.60.12/2026/den', epoch: 1, number: 418 };
const described = { title: 'T', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, inReplyTo: null };
const because = { reason: 'vì một lẽ' };

/** One of every event; the types ask for one of a new event. */
const samples: Readonly<Record<DocumentEvent['type'], readonly object[]>> = {
  drafted: [{ ...described, unit, recipients: [] }],
  received: ['paper', 'email', 'axis', 'other'].map((channel) => ({ ...described, unit, numberText: '5', issuedDate: '2026-11-20', from: unit, signer: 'S', channel })),
  edited: [{ title: 'Mới', kind: 'bao-cao', numberText: '6', notation: 'N', issuedDate: null, from: unit, signer: 'S', urgency: 'urgent', recipients: [], attachments: [] }, {}],
  commented: [{ text: 'nên sửa', aspect: 'opinion' }],
  revised: [{ content }],
  submitted: [{ content }],
  returned: [because],
  approved: [{ content, signer: 'Nguyễn Đức Thắng' }, { content, signer: 'Nguyễn Đức Thắng', capacity: 'KT.' }, { content, signer: 'Trần Thị Hoa', capacity: 'KT.', signedAs: 'KT. CHỦ TỊCH – PHÓ CHỦ TỊCH' }],
  issued: [{ content, entry, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'S' }],
  voided: [because],
  sent: [{ recipients: [unit] }],
  deliveryReported: deliveryStatuses.map((status) => ({ recipient: unit.code, status, description: 'đã nhận' })),
  changeAsked: [{ ...because, change: 'recall' }, { ...because, change: 'update' }],
  changeAnswered: [{ ...because, request: id, agree: true }, { ...because, request: id, agree: false }],
  superseded: [{ relation: 'replaces', successor: id }, { relation: 'corrects', successor: id }],
  arrived: [{ ...described, unit, from: unit, origin: id, number: 1, issuedDate: '2026-11-21', signer: 'S' }],
  registered: [{ entry, arrivalDate: '2026-11-22' }],
  marked: ['incoming', 'copy', 'appendix', 'comment'].map((mark) => ({ content, mark, text: mark === 'comment' ? 'xử lý ngay' : '', signer: 'S' })),
  augmented: [{ content, level: 'B-LTA' }],
  presented: [{ note: 'xin ý kiến' }],
  assigned: [{ lead: 'mai', support: [], inform: [], directive: 'làm ngay', deadline: null }, { lead: 'mai', support: [], inform: [], directive: '', deadline: '2026-11-30' }],
  refused: [because],
  sentBack: [because],
  taskAccepted: [{}],
  taskReturned: [because],
  progressReported: [{ percent: 40, text: 'đã họp' }],
  extensionRequested: [{ ...because, until: '2026-12-01' }],
  extensionAnswered: [{ ...because, person: 'mai', granted: true, until: '2026-12-01' }, { ...because, person: 'mai', granted: true, until: null }, { ...because, person: 'mai', granted: false, until: null }],
  taskFinished: [{ result: 'xong', answer: null }],
  reopened: [because],
  evaluated: ['good', 'met', 'not-met'].map((grade) => ({ person: 'mai', grade, text: 'tốt' })),
  passedOn: [{ to: 'mai', directive: 'làm thay', deadline: null }],
  reminded: [{ person: 'mai', text: 'nhớ hạn' }],
};
const meta = { at: '2026-11-22T02:00:00Z', by: { person: 'mai', fullName: 'Trần Thị Mai', role: 'clerk', unit: unit.code }, command: null };
const document = { recipients: [{ organization: { code: unit.code as never, name: unit.name }, status: 'sent' as const, at: meta.at, description: '' }] };
const personOf = (person: string): string => (person === 'mai' ? 'Trần Thị Mai' : person);
const filled = (locale: Locale): Translate => (key, params) => {
  assert.ok(Object.hasOwn(dictionaries[locale], key), `no words for ${key}`);
  return translate(locale, key, params);
};

test('every event that a document can have is told in words, and with what was written', () => {
  const types = documentEventBody.options.map(({ shape }) => shape.type.value);
  assert.deepEqual(Object.keys(samples).sort(), [...types].sort());
  for (const [type, list] of Object.entries(samples)) {
    for (const sample of list) {
      const event = documentEvent.parse({ ...meta, ...sample, type });
      for (const locale of ['vi', 'en'] as const) {
        const { what, said } = wordsOfEvent(event, { t: filled(locale), personOf, document });
        assert.ok(what.trim().length > 2, `${type}: “${what}”`);
        assert.ok((locale === 'en' || !what.includes(type)) && !/undefined|null|H48|\bmai\b/.test(what), `${type} is drawn raw: “${what}”`);
        if (locale === 'vi') assert.doesNotMatch(what, /[{}]/, type);
        for (const [field, text] of Object.entries(sample)) if (['reason', 'text', 'note', 'directive', 'result', 'description'].includes(field) && text !== '') assert.ok([what, said].some((words) => words?.includes(String(text))), `${type} does not say its ${field}`);
      }
    }
  }
});

test('two events of different kinds are not told in the same words', () => {
  const seen = new Map<string, string>();
  for (const [type, list] of Object.entries(samples)) {
    for (const sample of list) {
      const { what } = wordsOfEvent(documentEvent.parse({ ...meta, ...sample, type }), { t: filled('vi'), personOf, document });
      assert.equal(seen.get(what) ?? type, type, `“${what}”`);
      seen.set(what, type);
    }
  }
});

test('every way of breaking off says so with its reason; what goes on, or was done, says nothing above it', () => {
  const said = stages.map((stage) => [stage, endOf({ stage, reason: 'Gửi nhầm', supersededBy: [] })] as const);
  assert.deepEqual(said.filter(([, end]) => end !== null).map(([stage]) => stage).sort(), ['recalled', 'refused', 'replaced', 'returned', 'sent-back', 'voided']);
  for (const [stage, end] of said) {
    if (end === null) continue;
    assert.equal(end.reason, 'Gửi nhầm', stage);
    assert.notEqual(translate('vi', end.title), stage);
  }
});

test('of a document that was replaced, the one in its place says it', () => {
  assert.equal(endOf({ stage: 'replaced', reason: null, supersededBy: [{ relation: 'replaces', by: id as never }] }), null);
});
