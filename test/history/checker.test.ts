import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, LogEvent } from '../../src-shared/domain/document.ts';
import { checkHistory, type History } from './checker.ts';

const command = (id: string, assignment: number): Command => ({ id, type: 'assign', document: 'd', base: { workflow: 3, assignment } }) as unknown as Command;
const assigned = (id: string): LogEvent => ({ type: 'assigned', command: id }) as unknown as LogEvent;
const registered = (number: number): LogEvent => ({ type: 'registered', command: null, entry: { book: 'b', epoch: 1, number } }) as unknown as LogEvent;
const looked = (...ids: readonly string[]): History['looks'][number] => ({ desk: 'A', commands: new Set(ids) });

const right: History = {
  clicked: [{ desk: 'A', command: command('c1', 0) }, { desk: 'B', command: command('c2', 1) }],
  answers: new Map([['c1', 'applied'], ['c2', 'applied']]),
  visible: new Set(),
  logs: new Map([['d', [assigned('c1'), assigned('c2')]]]),
  books: new Map([['b', [{ number: 5, epoch: 1, document: 'd' }, { number: 6, epoch: 1, document: null }, { number: 7, epoch: 2, document: 'e' }]]]),
  looks: [looked('c1'), looked('c1', 'c2')],
};
const broken: readonly (readonly [string, RegExp, Partial<History>])[] = [
  ['a click without a trace', /^I1 .* is lost$/, { answers: new Map([['c1', 'applied']]), logs: new Map([['d', [assigned('c1')]]]), looks: [looked('c1')] }],
  ['a taken click without an effect', /^I1 .* has no effect$/, { logs: new Map([['d', [assigned('c1')]]]), looks: [looked('c1')] }],
  ['a refusal that nobody sees', /^I1 .* nobody is told$/, { answers: new Map([['c1', 'applied'], ['c2', 'conflict']]), logs: new Map([['d', [assigned('c1')]]]), looks: [looked('c1')] }],
  ['an effect in two documents', /^I2 /, { logs: new Map([['d', [assigned('c1'), assigned('c2')]], ['e', [assigned('c1')]]]) }],
  ['an effect in two places of one log', /^I2 /, { logs: new Map([['d', [assigned('c1'), assigned('c2'), assigned('c1')]]]) }],
  ['a number given twice', /^I3 .* twice$/, { books: new Map([['b', [{ number: 5, epoch: 1, document: 'd' }, { number: 5, epoch: 2, document: 'e' }]]]) }],
  ['a number on two documents', /^I3 .* stands on /, { logs: new Map([['d', [assigned('c1'), assigned('c2'), registered(4)]], ['e', [registered(4)]]]) }],
  ['a gap', /^I3 .* gap at 6$/, { books: new Map([['b', [{ number: 5, epoch: 1, document: 'd' }, { number: 7, epoch: 1, document: 'e' }]]]) }],
  ['a lost update', /^I7 /, { clicked: [{ desk: 'A', command: command('c1', 0) }, { desk: 'B', command: command('c2', 0) }] }],
  ['a desk that shows what was never taken', /^I5 .* never took$/, { looks: [looked('c1', 'c2', 'c3')] }],
  ['a desk that forgets', /^I13 /, { looks: [looked('c1', 'c2'), looked('c2')] }],
  ['a desk that never learns', /^I5 .* never showed c2$/, { looks: [looked('c1')] }],
];

test('a history that one machine could have had is found in order', () => {
  assert.deepEqual(checkHistory(right), []);
});

for (const [what, found, change] of broken) {
  test(`${what} is found`, () => {
    const faults = checkHistory({ ...right, ...change });
    assert.ok(faults.some((fault) => found.test(fault)), faults.join('\n'));
  });
}
