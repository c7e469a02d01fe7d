import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandBody } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { canBeTakenBack } from '../../src-shared/domain/undo.ts';
import { decide } from '../support/rules.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { arrived, book, command, content, draftBody, newId, scene, unit } from './helpers.ts';

const later = Date.parse('2100-01-01T00:00:00Z');
const person = 'p1' as PersonId;
const assign = (lead = 'p1', directive = 'Giao thực hiện.'): CommandBody => ({ type: 'assign', args: { lead: lead as PersonId, support: [], inform: [], directive, deadline: '2026-03-20' } });

/** As the use-case records: held when it can be taken back. */
function hold(desk: DeskStore, made: Command): Command {
  const decided = decide(desk.findDocument(made.document)?.state ?? null, made, { unit });
  assert.ok(decided.ok, `${made.type} is lawful`);
  desk.recordAction(made, decided.value, made.type === 'register' ? { id: book, used: made.args.entry.number } : undefined, canBeTakenBack(made.type) ? later : null);
  return made;
}

function register(desk: DeskStore, id: DocumentId): Command {
  const number = desk.findBook(book)?.next ?? 0;
  return hold(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number }, arrivalDate: '2026-03-02' } }));
}

function begin(desk: DeskStore): DocumentId {
  if (desk.findBook(book) === null) desk.putBook({ book, epoch: 1, next: 418, reserveEnd: 600 });
  const id = newId<DocumentId>();
  desk.applyChanges([{ document: id, from: 0, events: [arrived('Quyết định')] }], 'c');
  return id;
}

/** Everything that a screen can show of this desk. */
function whole(desk: DeskStore, ids: readonly DocumentId[]) {
  const folders = ['incoming', 'signing', 'issuing', 'outgoing', 'tasks'] as const;
  return {
    documents: ids.map((id) => [desk.findDocument(id), desk.readHistory(id), desk.undoable(id).map((one) => one.command)]),
    outbox: desk.outbox(), book: desk.findBook(book), counts: desk.countFolders(person), load: [...desk.workLoad('2026-03-21')].toSorted(([a], [b]) => a.localeCompare(b)),
    phrases: desk.phrases(later, 20), lists: folders.map((folder) => desk.listIds({ folder, me: person, text: '' }, 100)),
    waiting: desk.listIds({ folder: 'incoming', me: person, text: '', quick: ['waiting'] }, 100), due: desk.listIds({ folder: 'incoming', me: person, text: 'hạn:quá_hạn', today: '2026-03-21' }, 100),
    words: desk.listIds({ folder: 'incoming', me: person, text: '418' }, 100),
  };
}

test('what is taken back has never been: the number is free, the document and the figures are as before', (t) => {
  const { desk } = scene(t).open();
  const id = begin(desk);
  const before = whole(desk, [id]);
  const commands = [register(desk, id), hold(desk, command(id, 'clerk', { type: 'present', args: { note: '' } })), hold(desk, command(id, 'leader', assign()))];
  assert.deepEqual(desk.undoable(id), commands.map((made) => ({ command: made.id, type: made.type, until: later })));
  assert.equal(desk.findBook(book)?.next, 419);
  assert.deepEqual(desk.phrases(later, 20), ['Giao thực hiện.']);
  assert.equal(desk.undo(id, commands.map((made) => made.id)), true);
  assert.deepEqual(whole(desk, [id]), before);
});

test('the newest alone may go, and nothing from under another', (t) => {
  const { desk } = scene(t).open();
  const id = begin(desk);
  const first = register(desk, id);
  const second = hold(desk, command(id, 'clerk', { type: 'present', args: { note: '' } }));
  const before = whole(desk, [id]);
  for (const wrong of [[first.id], [second.id, second.id], [newId<CommandId>()], [first.id, newId<CommandId>()], [first.id, second.id, newId<CommandId>()], []]) {
    assert.equal(desk.undo(id, wrong), false);
    assert.deepEqual(whole(desk, [id]), before);
  }
  assert.equal(desk.undo(id, [second.id]), true);
  assert.equal(desk.findDocument(id)?.state.stage, 'registered');
  assert.equal(desk.undo(id, [first.id]), true);
  assert.equal(desk.findDocument(id)?.state.stage, 'arrived');
});

test('a number is given back only while it is the last one taken, and under the epoch that it was taken in', (t) => {
  const { desk } = scene(t).open();
  const [one, two] = [begin(desk), begin(desk)];
  const first = register(desk, one);
  const second = register(desk, two);
  assert.deepEqual(desk.undoable(one), []);
  assert.equal(desk.undo(one, [first.id]), false);
  assert.equal(desk.findBook(book)?.next, 420);
  assert.equal(desk.undo(two, [second.id]), true);
  assert.equal(desk.undo(one, [first.id]), true);
  assert.equal(desk.findBook(book)?.next, 418);
  const again = register(desk, one);
  desk.putBook({ book, epoch: 2, next: 419, reserveEnd: 600 });
  assert.equal(desk.undo(one, [again.id]), false, 'the book was lent anew');
});

test('what is on its way, in doubt, refused or was never held cannot be taken back; what came back unsent can', (t) => {
  const { desk } = scene(t).open();
  const id = begin(desk);
  const made = register(desk, id);
  desk.markSending([made.id]);
  assert.equal(desk.undo(id, [made.id]), false);
  desk.markSending([made.id]);
  assert.equal(desk.undo(id, [made.id]), false, 'in doubt');
  desk.settle({ id: made.id, status: 'retry', afterMs: 0 });
  assert.equal(desk.undoable(id).length, 1);
  desk.settle({ id: made.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.deepEqual(desk.undoable(id), []);
  const draft = newId<DocumentId>();
  const drafted = hold(desk, command(draft, 'officer', draftBody('Dự thảo')));
  assert.equal(desk.undo(draft, [drafted.id]), false);
  const submitted = hold(desk, command(draft, 'officer', { type: 'submit', args: { content: content('s') } }));
  hold(desk, command(draft, 'leader', { type: 'approve', args: { content: content('a'), signer: 'Lê' } }));
  assert.equal(desk.undo(draft, [submitted.id]), false, 'a signature stands on it');
});

test('a hold ends with the program or when it is let go, and what has not left may still be taken back', (t) => {
  const { open } = scene(t);
  const first = open();
  const id = begin(first.desk);
  const made = register(first.desk, id);
  assert.equal(first.desk.outbox()[0]?.heldUntilMs, later);
  first.close();
  const { desk } = open();
  const held = desk.outbox()[0]?.heldUntilMs;
  assert.ok(typeof held === 'number' && held <= Date.now(), 'it goes with the first round');
  assert.equal(desk.findDocument(id)?.state.stage, 'registered', 'nothing of it is lost');
  assert.deepEqual(desk.undoable(id).map((one) => one.command), [made.id]);
  const present = hold(desk, command(id, 'clerk', { type: 'present', args: { note: '' } }));
  desk.releaseHolds(1_000_000);
  assert.deepEqual(desk.outbox().map((item) => item.heldUntilMs), [1_000_000, 1_000_000]);
  assert.equal(desk.undo(id, [made.id, present.id]), true);
});

test('a file that was laid over another comes back, read as it was', (t) => {
  const { desk } = scene(t).open();
  desk.setReader('officer-1' as PersonId);
  const id = newId<DocumentId>();
  hold(desk, command(id, 'officer', draftBody('Dự thảo', 'bản một')));
  const revised = hold(desk, command(id, 'officer', { type: 'revise', args: { content: content('bản hai') } }));
  assert.equal(desk.undo(id, [revised.id]), true);
  assert.equal(desk.findDocument(id)?.state.content.fileName, 'bản một.pdf');
  assert.equal(desk.findDocument(id)?.read, true);
});

/** mulberry32 */
function createRandom(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

type Step = (desk: DeskStore) => void;

for (let seed = 1; seed <= 15; seed++) {
  test(`a day with things taken back ends as the same day without them (seed ${seed})`, (t) => {
    const random = createRandom(seed);
    const { desk } = scene(t).open();
    const ids: DocumentId[] = [];
    const births = new Map<DocumentId, Step>();
    /** What was done and what the line brought, in order; what is taken back is crossed out. */
    const day: { readonly step: Step; readonly command: CommandId | null }[] = [];
    const gone = new Set<CommandId>();
    let takenBack = 0;
    const add = (step: Step, made: CommandId | null = null): void => {
      step(desk);
      day.push({ step, command: made });
    };
    add((on) => on.putBook({ book, epoch: 1, next: 418, reserveEnd: 900 }));
    const choices = (id: DocumentId): readonly [Parameters<typeof command>[1], CommandBody][] => [
      ['clerk', { type: 'register', args: { entry: { book, epoch: 1, number: desk.findBook(book)?.next ?? 0 }, arrivalDate: '2026-03-02' } }],
      ['clerk', { type: 'present', args: { note: '' } }],
      ['leader', assign(`p${1 + random(3)}`, `Giao ${random(3)}`)],
      ['clerk', { type: 'refuse', args: { reason: 'Gửi nhầm' } }],
      ['officer', { type: 'submit', args: { content: content(`s${desk.readHistory(id).length}`) } }],
      ['officer', { type: 'revise', args: { content: content(`r${desk.readHistory(id).length}`) } }],
      ['leader', { type: 'returnToDrafter', args: { reason: 'Sửa lại' } }],
    ];

    for (let n = 0; n < 120; n++) {
      const id = ids[random(Math.max(1, ids.length))];
      const kind = random(10);
      if (id === undefined || kind === 0) {
        const fresh = newId<DocumentId>();
        ids.push(fresh);
        if (random(3) === 0) {
          const made = command(fresh, 'officer', { type: 'draft', args: { ...draftArgs(`Dự thảo ${n}`), inReplyTo: id ?? null } });
          add((on) => void hold(on, made), made.id);
        } else {
          const birth = arrived(`Văn bản ${n}`);
          births.set(fresh, (on) => void on.applyChanges([{ document: fresh, from: 0, events: [birth] }], 'c'));
          add(births.get(fresh) as Step);
        }
      } else if (kind <= 5) {
        const all = choices(id);
        const [role, body] = all[random(all.length)] as (typeof all)[number];
        const made = command(id, role, body);
        if (decide(desk.findDocument(id)?.state ?? null, made, { unit }).ok) add((on) => void hold(on, made), made.id);
      } else if (kind <= 8) {
        const undoable = desk.undoable(id).map((one) => one.command);
        const newest = undoable.slice(undoable.length - 1 - random(Math.max(1, undoable.length)));
        if (newest.length === 0) continue;
        assert.equal(desk.undo(id, newest), true);
        takenBack += newest.length;
        for (const one of newest) gone.add(one);
      } else {
        const head = desk.outbox().find((item) => item.command.document === id);
        if (head === undefined || head.sync === 'problem') continue;
        const answer: CommandAnswer = random(4) === 0 ? { id: head.command.id, status: 'rejected', error: { code: 'not-allowed' } } : { id: head.command.id, status: random(3) === 0 ? 'retry' : 'applied', afterMs: 0 } as CommandAnswer;
        add((on) => {
          on.markSending([head.command.id]);
          on.settle(answer);
        }, head.command.id);
      }
    }
    const other = scene(t).open().desk;
    for (const { step, command: made } of day) if (made === null || !gone.has(made)) step(other);
    assert.deepEqual(whole(desk, ids), whole(other, ids));
    assert.ok(takenBack > 0, 'something was taken back');
  });
}

function draftArgs(title: string) {
  const body = draftBody(title);
  if (body.type !== 'draft') throw new Error('not a draft');
  return body.args;
}
