import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandRules } from '../../../src-shared/domain/command-rules.ts';
import type { Command, DocumentCommandType, DocumentEvent, DocumentState, Stage } from '../../../src-shared/domain/document.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { apply } from '../../../src-shared/domain/workflow.ts';
import { findTask, isOpen } from '../../../src-shared/domain/task-rules.ts';
import { decide, replay } from '../../support/rules.ts';
import { actorOf, askedBack, bodies, commandOf, document, logs, persons, request, stateAt, unit } from './support/office-world.ts';

const types = Object.keys(commandRules) as DocumentCommandType[];
const people: readonly (readonly [Role, PersonId])[] = [
  ['clerk', persons.clerk], ['leader', persons.leader], ['officer', persons.officer], ['officer', persons.second], ['officer', 'can-bo-khac' as PersonId],
];
/** Nothing is left to do of necessity. */
const ends: ReadonlySet<Stage> = new Set(['sent', 'finished', 'refused', 'sent-back', 'recalled', 'replaced', 'voided']);

const step = fc.record({ type: fc.constantFrom(...types), who: fc.nat(people.length - 1), server: fc.constantFrom(null, null, null, null, 'recall', 'superseded') });
/** Chance alone seldom takes a document all the way: walks begin anywhere on it. */
const beginnings = [...Object.values(logs.outgoing), ...Object.values(logs.incoming), askedBack];

function walk(begun: readonly DocumentEvent[], steps: readonly { readonly type: DocumentCommandType; readonly who: number; readonly server: string | null }[]): { readonly log: readonly DocumentEvent[]; readonly state: DocumentState } {
  const log: DocumentEvent[] = [...begun];
  let state = stateAt(begun);
  const add = (event: DocumentEvent): void => {
    log.push(event);
    state = apply(document, state, event);
  };
  for (const { type, who, server } of steps) {
    // what other units do comes at any time
    if (server === 'recall' && state.direction === 'incoming' && state.asked === null) add(askedBack.at(-1) as DocumentEvent);
    if (server === 'superseded' && log.length > 3) add({ at: '2026-06-16T02:00:00Z', by: null, command: null, type: 'superseded', relation: 'corrects', successor: document });
    const [role, person] = people[who] ?? people[0]!;
    const decision = decide(state, commandOf(actorOf(role, person), state, bodies[type]), { unit });
    if (decision.ok) for (const event of decision.value) add(event);
  }
  return { log, state };
}

/** What somebody of this office could do next that moves it. */
function nextSteps(state: DocumentState): readonly DocumentCommandType[] {
  const moving = types.filter((type) => type !== 'comment' && type !== 'remind' && type !== 'augment' && type !== 'mark');
  return moving.filter((type) => people.some(([role, person]) => decide(state, commandOf(actorOf(role, person), state, { ...bodies[type] } as Command), { unit }).ok));
}

test('whatever is done in whatever order: replay gives the same state, step by step or at once', () => {
  fc.assert(fc.property(fc.constantFrom(...beginnings), fc.array(step, { maxLength: 40 }), (begun, steps) => {
    const { log, state } = walk(begun, steps);
    assert.deepEqual(replay(document, log), state);
    assert.deepEqual(replay(document, JSON.parse(JSON.stringify(log)) as DocumentEvent[]), JSON.parse(JSON.stringify(state)));
  }), { seed: 7, numRuns: 800 });
});

test('no path leaves a document without a next step or an end', () => {
  const seen = new Set<Stage>();
  fc.assert(fc.property(fc.constantFrom(...beginnings), fc.array(step, { maxLength: 60 }), (begun, steps) => {
    const { state } = walk(begun, steps);
    seen.add(state.stage);
    if (!ends.has(state.stage)) assert.ok(nextSteps(state).length > 0, `${state.direction} ${state.stage}, asked ${state.asked?.change ?? 'nothing'}`);
  }), { seed: 11, numRuns: 1500 });
  for (const stage of ['draft', 'submitted', 'returned', 'approved', 'issued', 'sent', 'recalled', 'voided', 'arrived', 'registered', 'presented', 'assigned', 'finished', 'refused', 'sent-back'] as const) assert.ok(seen.has(stage), `${stage}: no walk ended there`);
});

test('a number stays with its document for good, and a document that was sent keeps its content', () => {
  fc.assert(fc.property(fc.constantFrom(...beginnings), fc.array(step, { maxLength: 60 }), (begun, steps) => {
    const { log } = walk(begun, steps);
    for (const [index, event] of log.entries()) {
      const before = replay(document, log.slice(0, index));
      const state = apply(document, before, event);
      if (before?.direction === 'outgoing' && before.number !== null) assert.equal(state.number, before.number, event.type);
      if (before !== null && before.arrival !== null) assert.deepEqual(state.arrival, before.arrival, event.type);
      if (before?.stage === 'sent' && event.type !== 'augmented') assert.equal(state.content.sha256, before.content.sha256, event.type);
    }
  }), { seed: 13, numRuns: 800 });
});

test('an approved draft that anybody touches goes back to whoever approves (NĐ 30/2020 Điều 11)', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const { log } = walk(logs.outgoing.draft ?? [], steps);
    let approvedContent: string | null = null;
    let state: DocumentState | null = null;
    for (const event of log) {
      state = apply(document, state, event);
      if (event.type === 'approved') approvedContent = event.content.sha256;
      if (event.type === 'revised' || event.type === 'edited' || event.type === 'returned') approvedContent = null;
      if (event.type === 'issued') assert.notEqual(approvedContent, null, 'a number was given to what nobody had approved');
    }
  }), { seed: 17, numRuns: 800 });
});

test('parts: nobody has two, whoever passed theirs on is done when it is, and a document is settled exactly when no lead is open', () => {
  const log = logs.incoming.assigned ?? [];
  const taskTypes = types.filter((type) => /task|progress|extension|passOn|remind|evaluate|assign|reopen/i.test(type));
  fc.assert(fc.property(fc.array(fc.record({ type: fc.constantFrom(...taskTypes), who: fc.nat(people.length - 1), server: fc.constant(null) }), { maxLength: 50 }), (steps) => {
    let state = replay(document, log) as DocumentState;
    for (const { type, who } of steps) {
      const [role, person] = people[who] ?? people[0]!;
      const decision = decide(state, commandOf(actorOf(role, person), state, bodies[type]), { unit });
      if (decision.ok) for (const event of decision.value) state = apply(document, state, event);
      assert.equal(new Set(state.tasks.map((task) => task.person)).size, state.tasks.length);
      for (const task of state.tasks) {
        if (task.passedFrom !== null && task.state === 'done') assert.equal(findTask(state.tasks, task.passedFrom)?.state, 'done');
      }
      const leads = state.tasks.filter(({ part }) => part === 'lead');
      if (state.stage === 'finished') assert.ok(leads.every((task) => !isOpen(task)) && leads.some((task) => task.state === 'done'));
      else assert.ok(state.stage === 'assigned' && (leads.some(isOpen) || leads.every((task) => task.state === 'returned')), state.stage);
    }
  }), { seed: 19, numRuns: 800 });
});

test('a request to take back is answered once', () => {
  const state = replay(document, askedBack) as DocumentState;
  const answer = commandOf(actorOf('clerk'), state, { type: 'answerChange', args: { request, agree: false, reason: 'Đã thi hành' } });
  const first = decide(state, answer, { unit });
  assert.ok(first.ok);
  const after = first.value.reduce((one, event) => apply(document, one, event), state);
  assert.equal(after.stage, 'registered');
  assert.deepEqual(decide(after, commandOf(actorOf('clerk'), after, bodies.answerChange), { unit }), { ok: false, error: { code: 'workflow.nothing-asked' } });
});
