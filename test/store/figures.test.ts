import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import * as rules from '../../src-shared/domain/log.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { reportOf, type FigureValue } from '../../src-shared/domain/figures/report.ts';
import type { FigureId } from '../../src-shared/domain/figures/definitions.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { checkFigures } from './figures-judge.ts';
import { actor, arrived, book, command, content, draft, newId, province, scene, unit } from './helpers.ts';
import { createRandom } from './random-logs.ts';

const march = { from: '2026-03-01', to: '2026-03-31', asOf: '2026-04-15' };
const told = (document: DocumentId, events: DocumentEvent[]) => ({ document, from: 0, events });

function valueOf(desk: DeskStore, figure: FigureId): FigureValue | undefined {
  return reportOf(desk.figureTally(march), { units: null, ...march }).rows.find((row) => row.figure === figure && row.by === '')?.value;
}

/** A document that came or one of ours, as far as chance takes it, at times of all kinds; now and then in an order that cannot be. */
function life(random: (below: number) => number): DocumentEvent[] {
  let atMs = Date.parse('2026-02-20T00:00:00Z') + random(40 * 1440) * 60_000;
  const meta = (role: 'clerk' | 'leader' | 'officer', person?: string) => {
    atMs += (random(12) === 0 ? -1 : 1) * random(3 * 1440) * 60_000;
    return { at: new Date(atMs).toISOString(), by: actor(role, person), command: newId<CommandId>() };
  };
  const entry = { book, epoch: 1, number: 1 + random(500) };
  const incoming = (): DocumentEvent[] => [
    arrived(`đến ${random(1000)}`, { at: new Date(atMs).toISOString() }),
    { ...meta('clerk'), type: 'registered', entry, arrivalDate: `2026-03-${String(1 + random(28)).padStart(2, '0')}` },
    { ...meta('clerk'), type: 'presented', note: '' },
    { ...meta('leader'), type: 'assigned', lead: `p${random(3)}` as PersonId, support: random(2) === 0 ? ['p9' as PersonId] : [], inform: [], directive: '', deadline: random(3) === 0 ? null : `2026-03-${10 + random(20)}` },
  ];
  const outgoing = (): DocumentEvent[] => [
    { ...meta('officer'), type: 'drafted', unit, title: 'đi', kind: random(2) === 0 ? 'bao-cao' : 'to-trinh', notation: 'BC', urgency: random(3) === 0 ? 'express' : 'normal', content: content(`a${random(9)}`), recipients: [province], inReplyTo: null },
    { ...meta('officer'), type: 'submitted', content: content('a') },
    { ...meta('leader'), type: 'approved', content: content('b'), signer: random(4) === 0 ? '' : 'Lê' },
    { ...meta('clerk'), type: 'issued', content: content('c'), entry, notation: 'BC', issuedDate: '2026-03-03', signer: random(4) === 0 ? '' : 'UBND' },
    { ...meta('clerk'), type: 'sent', recipients: [province] },
  ];
  const whole = random(2) === 0 ? incoming() : outgoing();
  return whole.slice(0, 1 + random(whole.length));
}

describe('the figures of a desk', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    test(`are those of its logs, in whatever steps they are counted and whatever comes between (seed ${seed})`, (t) => {
      const random = createRandom(seed * 104_729);
      const { open } = scene(t);
      let { desk, close } = open();
      const logs = new Map<DocumentId, DocumentEvent[]>();
      for (let step = 0; step < 60; step++) {
        const known = [...logs.keys()];
        const some = random(5) === 0 ? undefined : known[random(Math.max(1, known.length))];
        switch (random(8)) {
          case 0:
            desk.applyChanges(known.slice(0, random(3)).map((document) => (logs.delete(document), { document, gone: 'withdrawn' as const })), `c${step}`);
            break;
          case 1: {
            const id = recordId(unit.code, 'office');
            const made = command(id, 'clerk', { type: 'setDay', args: { date: `2026-03-${10 + random(15)}`, kind: random(2) === 0 ? 'off' : 'working', name: '' } });
            const decided = rules.decideLog(desk.office(), made, { unit, office: desk.office() });
            assert.ok(decided.ok);
            desk.recordAction(made, decided.value);
            break;
          }
          case 2:
            draft(desk, `nháp ${step}`);
            break;
          case 3:
            close();
            ({ desk, close } = open());
            break;
          default: {
            const document = some ?? newId<DocumentId>();
            const events = life(random);
            logs.set(document, events);
            desk.applyChanges([told(document, events)], `c${step}`);
          }
        }
        // a step that ends as soon as it has begun
        if (random(2) === 0) desk.figureWork(0.01);
      }
      checkFigures(desk, [...logs.keys(), recordId(unit.code, 'office')], `seed ${seed}`);
    });
  }

  test('say how much of them is not counted yet, and count what changed before all else', (t) => {
    const { desk } = scene(t).open();
    while (desk.figureWork(10));
    const random = createRandom(7);
    desk.applyChanges(Array.from({ length: 300 }, () => told(newId<DocumentId>(), life(random))), 'c1');
    assert.deepEqual(desk.figureStanding(), { left: 300, total: 300 });
    assert.equal(desk.figureWork(0.01), true);
    const { left, total } = desk.figureStanding();
    assert.ok(left < 300 && left > 0 && total === 300, `${left} of ${total}`);
    while (desk.figureWork(5));
    assert.deepEqual(desk.figureStanding(), { left: 0, total: 0 });
  });

  test('are counted again when the office keeps another day, and say so until they are', (t) => {
    const { desk } = scene(t).open();
    const random = createRandom(11);
    desk.applyChanges(Array.from({ length: 40 }, () => told(newId<DocumentId>(), life(random))), 'c1');
    while (desk.figureWork(10));
    const made = command(recordId(unit.code, 'office'), 'clerk', { type: 'setDay', args: { date: '2026-03-10', kind: 'off', name: 'Lễ hội' } });
    const decided = rules.decideLog(null, made, { unit, office: null });
    assert.ok(decided.ok);
    desk.recordAction(made, decided.value);
    const { left } = desk.figureStanding();
    assert.ok(left >= 40, `${left} are to be counted again`);
    while (desk.figureWork(10));
    assert.deepEqual(desk.figureStanding(), { left: 0, total: 0 });
  });

  test('lose a document that was taken away, in whatever was counted of it', (t) => {
    const { desk } = scene(t).open();
    const id = newId<DocumentId>();
    desk.applyChanges([told(id, [arrived('Quyết định')])], 'c1');
    while (desk.figureWork(10));
    assert.deepEqual(valueOf(desk, 'received'), { kind: 'count', n: 1 });
    desk.applyChanges([{ document: id, gone: 'withdrawn' }], 'c2');
    while (desk.figureWork(10));
    assert.deepEqual(valueOf(desk, 'received'), { kind: 'count', n: 0 });
    assert.equal(desk.figureTally(march).size, 0, 'no cell is left behind');
  });

  test('come by the page, the newest first or the longest overdue first', (t) => {
    const { desk } = scene(t).open();
    const ids = ['02', '05', '04'].map((day) => {
      const id = newId<DocumentId>();
      desk.applyChanges([told(id, [arrived(`Số ${day}`, { at: `2026-03-${day}T08:00:00+07:00` })])], `c${day}`);
      return id;
    });
    while (desk.figureWork(10));
    const asked = { figure: 'received', by: '', part: 'n', units: [unit.code], ...march } as const;
    assert.deepEqual(desk.figureRows({ ...asked, offset: 0, limit: 2, oldest: false }), { total: 3, rows: [{ id: ids[1], day: '2026-03-05' }, { id: ids[2], day: '2026-03-04' }] });
    assert.deepEqual(desk.figureRows({ ...asked, offset: 2, limit: 2, oldest: true }).rows.map(({ id }) => id), [ids[1]]);
    assert.equal(desk.figureRows({ ...asked, units: ['H1'], offset: 0, limit: 2, oldest: true }).total, 0);
    assert.equal(desk.figureRows({ ...asked, by: 'channel:axis', offset: 0, limit: 2, oldest: true }).total, 0);
  });
});
