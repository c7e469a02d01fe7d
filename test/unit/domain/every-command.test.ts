import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandRules, type CommandRule } from '../../../src-shared/domain/command-rules.ts';
import { documentCommand, incomingStages, outgoingStages, type DocumentCommandType, type Stage } from '../../../src-shared/domain/document.ts';
import { roles, type Role } from '../../../src-shared/domain/organization.ts';
import { decide } from '../../support/rules.ts';
import { describeRules } from './support/describe-rules.ts';
import { actorOf, askedBack, bodies, commandOf, logs, stateAt, unit } from './support/office-world.ts';

const types = Object.keys(commandRules) as DocumentCommandType[];
/** Whoever is refused a part of their own, or a mark at another step, is refused for that and not for the stage. */
const ownReasons: ReadonlySet<string> = new Set(['workflow.no-task', 'workflow.task-state', 'workflow.nothing-asked', 'workflow.no-recipients', 'not-allowed', 'input.invalid']);

for (const direction of ['outgoing', 'incoming'] as const) {
  const stages: readonly Stage[] = direction === 'outgoing' ? outgoingStages : incomingStages;
  for (const stage of stages) {
    test(`${direction}, ${stage}: each command of each role is given or refused as the table says`, () => {
      const log = logs[direction][stage];
      assert.ok(log !== undefined, 'there is a log that leads here');
      const state = stateAt(log);
      assert.equal(state.stage, stage);
      for (const type of types) {
        for (const role of roles) {
          const command = commandOf(actorOf(role), state, bodies[type]);
          assert.ok(documentCommand.safeParse(command).success, type);
          const decision = decide(state, command, { unit });
          const what = `${role} ${type} (${commandRules[type].article})`;
          const rule: CommandRule = commandRules[type];
          if (!rule.roles.includes(role)) assert.deepEqual(decision, { ok: false, error: { code: 'not-allowed' } }, what);
          else if (!rule.stages.includes(stage)) assert.deepEqual(decision, { ok: false, error: { code: 'workflow.wrong-stage', params: { stage } } }, what);
          else if (!decision.ok) assert.ok(ownReasons.has(decision.error.code), `${what}: ${decision.error.code}`);
          else assert.ok(decision.value.length > 0, what);
        }
      }
    });
  }
}

test('each command can be given by somebody, somewhere', () => {
  const given = new Set<DocumentCommandType>();
  const logged = [...Object.values(logs.outgoing), ...Object.values(logs.incoming), askedBack];
  for (const log of logged) {
    const state = stateAt(log);
    for (const type of types) for (const role of ['clerk', 'leader', 'officer'] as const) if (decide(state, commandOf(actorOf(role), state, bodies[type]), { unit }).ok) given.add(type);
  }
  for (const type of ['draft', 'receive'] as const) for (const role of roles) if (decide(null, commandOf(actorOf(role), null, bodies[type]), { unit }).ok) given.add(type);
  // these want a part that stands otherwise than at the beginning: tasks.test.ts gives them
  const later: readonly string[] = ['answerExtension', 'evaluate'];
  assert.deepEqual(types.filter((type) => !given.has(type) && !later.includes(type)), []);
});

test('an administrator reads no letter and writes none', () => {
  for (const type of types) assert.equal((commandRules[type].roles as readonly Role[]).includes('administrator'), false, type);
});

test('what a sender asks back is answered before anything else is done with it (QĐ 28/2018 Điều 9.2)', () => {
  const state = stateAt(askedBack);
  for (const type of types) {
    const role = (commandRules[type].roles as readonly Role[])[0] ?? 'clerk';
    const decision = decide(state, commandOf(actorOf(type === 'answerChange' ? 'clerk' : role), state, bodies[type]), { unit });
    if (type === 'answerChange' || type === 'comment') assert.ok(decision.ok, type);
    else assert.ok(!decision.ok && ['workflow.recall-pending', 'workflow.wrong-stage'].includes(decision.error.code), type);
  }
});

test('docs/office-rules.md says what the rules say', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '../../../docs/office-rules.md'), 'utf8'), describeRules());
});
