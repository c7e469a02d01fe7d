import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsFor } from '../../../src-main/features/documents/actions.ts';
import { canBeAsked } from '../../../src-shared/domain/change-requests.ts';
import { deliveryStatuses, type CommandBody, type DeliveryStatus, type DocumentEvent } from '../../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { decide } from '../../support/rules.ts';
import { actorOf, at, commandOf, department, logs, persons, stateAt, unit } from './support/office-world.ts';

const finance = 'H48.07' as OrganizationCode;
const offices = [department.code, finance];
const recall = (recipients?: OrganizationCode[]): CommandBody => ({ type: 'askChange', args: { change: 'recall', reason: 'Gửi nhầm nơi', ...(recipients === undefined ? {} : { recipients }) } });
const update: CommandBody = { type: 'askChange', args: { change: 'update', reason: 'Sai trích yếu', fields: { title: 'Công văn đúng' } } };

/** A letter to two offices, and what was asked and reported since. */
function letter(...steps: readonly (CommandBody | readonly [OrganizationCode, DeliveryStatus])[]) {
  const log: DocumentEvent[] = [...(logs.outgoing.sent ?? []), { type: 'sent', at, by: null, command: null, recipients: [{ code: finance, name: 'Sở Tài chính' }] }];
  for (const step of steps) {
    if ('type' in step) {
      const state = stateAt(log);
      const decision = decide(state, commandOf(actorOf('clerk'), state, step), { unit });
      assert.ok(decision.ok, JSON.stringify(decision));
      log.push(...decision.value);
    } else log.push({ type: 'deliveryReported', at, by: null, command: null, recipient: step[0], status: step[1], description: '' });
  }
  return stateAt(log);
}
const asks = (state: ReturnType<typeof letter>, body: CommandBody) => {
  const decision = decide(state, commandOf(actorOf('clerk'), state, body), { unit });
  const [event] = decision.ok ? decision.value : [];
  return decision.ok ? (event?.type === 'changeAsked' ? event.recipients : []) : decision.error.code;
};

test('a recall overtakes an update that waits; another update waits for the answer to the first', () => {
  const waiting = letter(update);
  assert.deepEqual(waiting.recipients.map(({ status, asked }) => [status, asked]), [['13', 'update'], ['13', 'update']]);
  assert.deepEqual(asks(waiting, recall()), offices);
  assert.equal(asks(waiting, update), 'workflow.no-recipients');
  const answered = letter(update, [department.code, '15']);
  assert.deepEqual(asks(answered, update), [department.code], 'whoever agreed to one update is told the next');
  assert.deepEqual(asks(answered, recall()), offices, 'agreed to an update is not given up');
});

test('a recall is not asked twice while it waits or when it was agreed to, and again where it was not', () => {
  const asked = letter(recall());
  assert.equal(asks(asked, recall()), 'workflow.no-recipients');
  assert.equal(asks(letter(recall(), [department.code, '15']), recall()), 'workflow.no-recipients');
  assert.deepEqual(asks(letter(recall(), [department.code, '16']), recall()), [department.code]);
  assert.equal(asks(letter(recall(), [department.code, '16']), update), 'workflow.wrong-stage', 'what was recalled is not corrected any more');
});

test('asked back from one office, a letter stays in force for the others; asked back from all that have it, it is recalled', () => {
  const one = letter(recall([department.code]));
  assert.deepEqual([one.stage, one.recipients.map(({ status }) => status)], ['sent', ['13', 'sent']]);
  assert.deepEqual(asks(one, update), [finance]);
  const both = letter(recall([department.code]), [department.code, '15'], recall());
  assert.deepEqual([both.stage, both.reason], ['recalled', 'Gửi nhầm nơi']);
  assert.equal(letter([department.code, '02'], recall([finance])).stage, 'recalled', 'whoever refused it does not have it');
});

test('who can be asked, whatever stands there', () => {
  const able = (change: 'recall' | 'update', asked?: 'recall' | 'update') => deliveryStatuses.filter((status) => canBeAsked({ status, ...(asked === undefined ? {} : { asked }) }, change));
  const having = ['sent', '01', '03', '04', '05', '06'];
  assert.deepEqual(able('recall', 'recall'), [...having, '16']);
  assert.deepEqual(able('recall', 'update'), [...having, '13', '15', '16']);
  assert.deepEqual(able('update', 'update'), [...having, '15', '16']);
  assert.deepEqual(able('update', 'recall'), [...having, '16']);
});

test('the clerk is offered what would not be refused', () => {
  const actor = { person: persons.clerk, roles: ['clerk'] as const };
  const offered = (state: ReturnType<typeof letter>) => actionsFor(state, actor).filter((name) => ['askChange', 'replace', 'correct'].includes(name));
  assert.deepEqual(offered(letter(update)), ['askChange', 'replace', 'correct']);
  assert.deepEqual(offered(letter(recall())), ['replace']);
  assert.deepEqual(offered(letter(recall(), [department.code, '16'])), ['askChange', 'replace']);
});
