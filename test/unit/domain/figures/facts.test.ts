import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCalendar } from '../../../../src-shared/domain/calendar.ts';
import type { DocumentEvent } from '../../../../src-shared/domain/document.ts';
import { documentFact } from '../../../../src-shared/domain/figures/document-fact.ts';
import { dossierFact } from '../../../../src-shared/domain/figures/dossier-fact.ts';
import type { DossierEvent } from '../../../../src-shared/domain/records/dossier-rules.ts';
import { actorOf, content, department, document as id, persons, unit } from '../support/office-world.ts';

const calendar = createCalendar();
const at = (text: string): string => new Date(`2026-11-${text.slice(0, 2)}T${text.slice(3)}:00+07:00`).toISOString();
const meta = (time: string, role: 'clerk' | 'leader' | 'officer' = 'clerk') => ({ at: at(time), by: actorOf(role), command: null });
const entry = { book: 'H48.60.12/2026/van-ban-di' as never, epoch: 1, number: 7 };

const drafted: DocumentEvent = { ...meta('03 08:00', 'officer'), type: 'drafted', unit, title: 'Báo cáo', kind: 'bao-cao', notation: 'BC-UBND', urgency: 'normal', content: content('a'), recipients: [department], inReplyTo: null };
const out: readonly DocumentEvent[] = [
  drafted,
  { ...meta('03 09:00', 'officer'), type: 'submitted', content: content('a') },
  { ...meta('03 10:00', 'leader'), type: 'approved', content: content('b'), signer: 'Nguyễn Đức Thắng' },
  { ...meta('03 14:00'), type: 'issued', content: content('c'), entry, notation: 'BC-UBND', issuedDate: '2026-11-03', signer: 'UBND xã' },
  { ...meta('04 14:00'), type: 'sent', recipients: [department] },
];
const received: DocumentEvent = {
  ...meta('06 16:30'), type: 'received', unit, title: 'Công văn', kind: 'cong-van', numberText: '12', notation: 'SNV', issuedDate: '2026-11-05', from: department, urgency: 'normal', content: content('a'), signer: '', channel: 'paper', inReplyTo: null,
};
const handled: readonly DocumentEvent[] = [
  received,
  { ...meta('09 08:00'), type: 'registered', entry, arrivalDate: '2026-11-09' },
  { ...meta('09 08:30'), type: 'presented', note: '' },
  { ...meta('09 10:00', 'leader'), type: 'assigned', lead: persons.officer, support: [persons.second], inform: [], directive: '', deadline: '2026-11-12' },
  { ...meta('13 08:00', 'officer'), type: 'taskFinished', result: 'xong', answer: null },
];
const factOf = (events: readonly DocumentEvent[]) => {
  const fact = documentFact(id, events, calendar);
  assert.ok(fact !== null);
  return fact;
};

describe('the fact of a document', () => {
  test('of one that went out has its day, its signatures and its terms', () => {
    const fact = factOf(out);
    assert.deepEqual([fact.unit, fact.sentOn, fact.arrivedOn, fact.channel, fact.signedByPerson, fact.signedByOrganisation, fact.end], [unit.code, '2026-11-04', null, null, true, true, null]);
    const send = fact.steps.find(({ step }) => step === 'send');
    // signed on the 3rd, to be sent by noon of the 4th (QĐ 28/2018 Art 6.2), and sent at two
    assert.deepEqual(send, { step: 'send', person: null, startedAt: at('03 10:00'), lateFrom: at('04 12:00'), doneAt: at('04 14:00') });
  });

  test('has no signature of what went back to its drafter', () => {
    assert.equal(factOf([...out.slice(0, 3), { ...meta('03 11:00'), type: 'revised', content: content('d') }]).signedByPerson, false);
  });

  test('keeps its first sending, and knows that it was recalled', () => {
    const fact = factOf([...out, { ...meta('05 09:00'), type: 'changeAsked', change: 'recall', reason: 'sai', recipients: [department.code] }]);
    assert.deepEqual([fact.sentOn, fact.end], ['2026-11-04', { end: 'recalled', on: '2026-11-05' }]);
  });

  test('of one that came counts in the day of the book, and office time between its steps', () => {
    const fact = factOf(handled);
    assert.deepEqual([fact.arrivedOn, fact.channel], ['2026-11-09', 'paper']);
    assert.deepEqual(fact.spans, [
      { span: 'assign', endedOn: '2026-11-09', minutes: 90 },
      // Friday 16.30 to 17.00, four days of seven and a half hours, half an hour of Friday
      { span: 'handle', endedOn: '2026-11-13', minutes: 30 + 4 * 450 + 30 },
    ]);
    const task = fact.steps.find(({ step, person }) => step === 'task' && person === persons.officer);
    assert.deepEqual(task, { step: 'task', person: persons.officer, startedAt: at('09 10:00'), lateFrom: at('13 00:00'), doneAt: at('13 08:00') });
  });

  test('that was opened again is not finished until it is finished again', () => {
    const reopened: readonly DocumentEvent[] = [...handled, { ...meta('13 09:00', 'leader'), type: 'reopened', reason: 'thiếu' }];
    assert.deepEqual(factOf(reopened).spans.map(({ span }) => span), ['assign']);
    assert.equal(factOf([...reopened, { ...meta('16 08:00', 'officer'), type: 'taskFinished', result: 'xong', answer: null }]).spans.at(-1)?.endedOn, '2026-11-16');
  });

  test('that was assigned before it was presented has no time that could be averaged', () => {
    const [first, second, third, fourth] = handled as [DocumentEvent, DocumentEvent, DocumentEvent, DocumentEvent];
    assert.deepEqual(factOf([first, second, third, { ...fourth, at: at('09 08:29') }]).spans, [{ span: 'assign', endedOn: '2026-11-09', minutes: null }]);
  });

  test('of an empty log is none', () => assert.equal(documentFact(id, [], calendar), null));
});

describe('the fact of a dossier', () => {
  const opened: DossierEvent = {
    ...meta('02 08:00'), type: 'dossierOpened', unit, code: '01.VP', title: 'Hồ sơ', retention: 10, keeper: persons.officer, startDate: '2026-11-02', construction: false, rights: '', note: '', year: 2026, catalogueCode: null,
  };
  const closed: DossierEvent = { ...meta('20 08:00'), type: 'dossierClosed', endDate: '2026-11-19', pages: null };

  test('has its days and the term of its hand-over', () => {
    const fact = dossierFact(id, [opened, closed, { ...meta('23 08:00'), type: 'dossierHandedOver', receiver: 'Lưu trữ', date: '2026-11-23', minutes: null }], calendar);
    assert.deepEqual([fact?.openedOn, fact?.closedOn, fact?.handedOverOn, fact?.keeper], ['2026-11-02', '2026-11-20', '2026-11-23', persons.officer]);
    assert.deepEqual(fact?.steps.map(({ step, lateFrom }) => [step, lateFrom]), [['handover', '2027-11-19T17:00:00.000Z']]);
  });

  test('that was opened again is not closed, and owes no hand-over', () => {
    const fact = dossierFact(id, [opened, closed, { ...meta('21 08:00'), type: 'dossierReopened', reason: 'thiếu' }], calendar);
    assert.deepEqual([fact?.closedOn, fact?.steps], [null, []]);
  });
});
