import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import { arrived, book, newId, scene } from './helpers.ts';

const registered = (number: number): DocumentEvent => ({
  type: 'registered', at: '2026-03-02T08:00:00+07:00', by: null, command: newId<CommandId>(), entry: { book, epoch: 1, number }, arrivalDate: '2026-03-02',
});

test('a page of the feed and its cursor come together and outlive a reopening', (t) => {
  const { open } = scene(t);
  const first = open();
  assert.equal(first.desk.cursor(), null);
  const id = newId<DocumentId>();
  const birth = arrived('Quyết định');
  first.desk.applyChanges([{ document: id, from: 0, events: [birth] }], 'c1');
  first.close();
  const { desk } = open();
  assert.equal(desk.cursor(), 'c1');
  assert.deepEqual(desk.readHistory(id), [birth]);
});

test('the same page twice changes nothing, nor does an older one', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  const birth = arrived('Quyết định');
  const one = [{ document: id, from: 0, events: [birth] }];
  const two = [{ document: id, from: 0, events: [birth, registered(4)] }];
  assert.deepEqual(desk.applyChanges(one, 'c1').changed, [id]);
  assert.deepEqual(desk.applyChanges(one, 'c1').changed, []);
  assert.deepEqual(desk.applyChanges(two, 'c2').changed, [id]);
  assert.deepEqual(desk.applyChanges(one, 'c2').changed, []);
  assert.equal(desk.findDocument(id)?.state.stage, 'registered');
});

test('where the feed says otherwise, the feed wins', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  const birth = arrived('Quyết định');
  const other = registered(9);
  desk.applyChanges([{ document: id, from: 0, events: [birth, registered(4)] }], 'c1');
  desk.applyChanges([{ document: id, from: 0, events: [birth, other] }], 'c2');
  assert.deepEqual(desk.readHistory(id), [birth, other]);
  assert.equal(desk.findDocument(id)?.state.arrival?.number, 9);
});

test('a page that breaks in the middle leaves neither documents nor cursor', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  assert.throws(() => desk.applyChanges([
    { document: id, from: 0, events: [arrived('Quyết định')] },
    { document: newId<DocumentId>(), from: 0, events: [registered(1)] },
  ], 'c1'));
  assert.equal(desk.findDocument(id), null);
  assert.equal(desk.cursor(), null);
});
