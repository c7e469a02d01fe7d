import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandBody, DocumentState, LogEvent } from '../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, GrantId, PersonId } from '../../src-shared/domain/ids.ts';
import { decideLog, isRecord, replayLog, versionGroupOf, type LogState } from '../../src-shared/domain/log.ts';
import type { Actor } from '../../src-shared/domain/meta.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { isOpen } from '../../src-shared/domain/task-rules.ts';
import { canBeTakenBack } from '../../src-shared/domain/undo.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { checkFigures } from './figures-judge.ts';
import { arrived, command, content, newId, province, scene, unit } from './helpers.ts';
import { createRandom, digestOf, infoOf } from './random-logs.ts';

const seeds = 10;
const steps = 140;
const later = Date.parse('2100-01-01T00:00:00Z');
const officeId = recordId(unit.code, 'office');
const book = `${unit.code}/2025/van-ban-den` as BookId;
const people = ['leader-1', 'officer-1', 'officer-2', 'clerk-1'] as PersonId[];
type Logs = Map<DocumentId, readonly LogEvent[]>;
type Say = { readonly role: Role; readonly person?: PersonId; readonly body: CommandBody; readonly byGrant?: GrantId };

/** The server's side of the contract: each key has one effect, the counter of its group is compared, the shared rules decide by the office as it is there. */
function createServer(logs: Logs) {
  const answers = new Map<string, CommandAnswer>();
  return (asked: Command): CommandAnswer => {
    const known = answers.get(asked.id);
    if (known !== undefined) return known;
    const state = replayLog(asked.document, logs.get(asked.document) ?? []);
    const current = state?.versions ?? { workflow: 0, assignment: 0 };
    const group = versionGroupOf(asked.type);
    const decided = decideLog(state, asked, { unit, office: replayLog(officeId, logs.get(officeId) ?? []) as OfficeState | null });
    const answer: CommandAnswer = group !== null && current[group] !== asked.base[group]
      ? { id: asked.id, status: 'conflict', current }
      : decided.ok ? { id: asked.id, status: 'applied' } : { id: asked.id, status: 'rejected', error: decided.error };
    if (answer.status === 'applied' && decided.ok) logs.set(asked.document, [...(logs.get(asked.document) ?? []), ...decided.value]);
    answers.set(asked.id, answer);
    return answer;
  };
}

/** What somebody might do next. Much of it is refused; what is lawful is done. */
function wishes(state: LogState | null, id: DocumentId, desk: DeskStore, documents: readonly DocumentId[], random: (below: number) => number): readonly Say[] {
  const who = people[random(people.length)] ?? ('clerk-1' as PersonId);
  const grant = desk.office()?.grants.at(-1)?.id;
  if (id === officeId) {
    return [
      { role: 'leader', body: { type: 'giveGrant', args: { grant: { id: newId<GrantId>(), from: 'leader-1' as PersonId, to: 'officer-1' as PersonId, capacity: 'KT.', lends: 'leader', firstDay: '2026-03-01', lastDay: '2026-03-31', basis: '', content: content(`giấy ${random(9)}`) } } } },
      ...(grant === undefined ? [] : [{ role: 'leader', body: { type: 'endGrant', args: { grant, lastDay: '2026-02-28', reason: '' } } } as const]),
      { role: 'clerk', body: { type: 'setDay', args: { date: `2026-04-0${1 + random(8)}`, kind: 'off', name: '' } } },
      ...(random(6) === 0 ? [{ role: 'clerk', body: { type: 'closeBook', args: { book, lastNumber: 1 } } } as const] : []),
    ];
  }
  if (state === null || isRecord(state)) {
    const named = documents[random(Math.max(1, documents.length))] ?? id;
    return [
      { role: 'clerk', body: { type: 'fileDocuments', args: { documents: [named, id] } } },
      { role: 'clerk', body: { type: 'unfileDocuments', args: { documents: [named] } } },
      { role: 'clerk', body: { type: 'editDossier', args: { title: `Hồ sơ ${random(99)}` } } },
      { role: 'clerk', body: { type: 'closeDossier', args: { endDate: '2026-03-01', pages: null } } },
      { role: 'clerk', body: { type: 'reopenDossier', args: { reason: 'Còn thiếu' } } },
    ];
  }
  const until = `2026-03-${10 + random(15)}`;
  return [
    { role: 'clerk', body: { type: 'register', args: { entry: { book, epoch: 1, number: 1 + random(50) }, arrivalDate: '2025-12-31' } } },
    { role: 'clerk', body: { type: 'present', args: { note: '' } } },
    { role: 'leader', body: { type: 'assign', args: { lead: who, support: people.filter((one) => one !== who).slice(0, random(3)), inform: [], directive: '', deadline: random(2) === 0 ? null : until } } },
    ...(grant === undefined ? [] : [{ role: 'officer', person: 'officer-1' as PersonId, byGrant: grant, body: { type: 'remind', args: { person: who, text: '' } } } as const]),
    { role: 'officer', person: who, body: { type: 'acceptTask', args: {} } },
    { role: 'officer', person: who, body: { type: 'returnTask', args: { reason: 'Không đúng việc' } } },
    { role: 'officer', person: who, body: { type: 'passOn', args: { to: people[random(people.length)] ?? who, directive: '', deadline: until } } },
    { role: 'officer', person: who, body: { type: 'requestExtension', args: { until: '2026-03-30', reason: 'Chờ số liệu' } } },
    { role: 'leader', body: { type: 'answerExtension', args: { person: who, granted: true, until: null, reason: '' } } },
    { role: 'officer', person: who, body: { type: 'finishTask', args: { result: 'Xong', answer: null } } },
    { role: 'leader', body: { type: 'reopen', args: { reason: 'Còn thiếu' } } },
    { role: 'officer', body: { type: 'comment', args: { text: 'Ý kiến', aspect: 'opinion' } } },
    { role: 'clerk', body: { type: 'edit', args: { attachments: [content(`phụ lục ${random(5)}`)], title: `Văn bản ${random(99)}` } } },
    { role: 'clerk', body: { type: 'refuse', args: { reason: 'Gửi nhầm' } } },
  ];
}

/** Everything that tables say beside the states, worked out from the logs alone. */
function check(desk: DeskStore, ids: readonly DocumentId[], where: string): void {
  const states = ids.map((id) => ({ id, state: replayLog(id, desk.readLog(id)) }));
  for (const { id, state } of states) {
    const found = state !== null && isRecord(state) ? desk.findRecord(id) : desk.findDocument(id);
    assert.deepEqual(found?.state ?? null, state, `${where}: the list says what the log says`);
  }
  const documents = states.flatMap(({ state }) => (state === null || isRecord(state) ? [] : [state]));
  const goesOn = ({ stage }: DocumentState): boolean => !['refused', 'sent-back', 'recalled', 'replaced', 'finished'].includes(stage);
  const open = documents.filter(goesOn).flatMap(({ id, tasks }) => tasks.filter(isOpen).map((task) => `${id} ${task.person} ${task.deadline}`)).sort();
  const board = desk.taskBoard({ person: null, state: 'open', today: '2026-03-15', offset: 0, limit: 1000 });
  assert.deepEqual(board.rows.map(({ document, task }) => `${document.id} ${task.person} ${task.deadline}`).sort(), open, `${where}: open tasks`);
  assert.equal(board.total, open.length, where);
  for (const person of people) {
    const mine = open.filter((line) => line.split(' ')[1] === person);
    const late = mine.filter((line) => (line.split(' ')[2] ?? 'null') < '2026-03-15');
    assert.deepEqual(desk.workLoad('2026-03-15').get(person) ?? { open: 0, overdue: 0 }, { open: mine.length, overdue: late.length }, `${where}: the load of ${person}`);
  }
  const numbers = documents.flatMap(({ arrival }) => (arrival === null ? [] : [arrival.number])).sort((a, b) => a - b);
  assert.deepEqual(desk.registerRows({ register: 'incoming', book, from: null, to: null, offset: 0, limit: 1000 }).rows.map(({ arrival }) => arrival?.number), numbers, `${where}: the register`);
  for (const { id } of documents) {
    const holding = states.flatMap(({ state }) => (state !== null && isRecord(state) && state.record === 'dossier' && state.documents.includes(id) ? [state.id] : []));
    assert.deepEqual(desk.dossiersOf(id).map((dossier) => dossier.id).sort(), holding.sort(), `${where}: where it lies`);
  }
  const named = new Set(documents.flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256)));
  for (const sha256 of named) assert.deepEqual(desk.documentsWithContent(sha256).toSorted(), documents.filter(({ attachments }) => attachments.some((one) => one.sha256 === sha256)).map(({ id }) => id).sort(), `${where}: attachments`);
}

for (let seed = 1; seed <= seeds; seed++) {
  test(`after a disorderly week in the office tables say what logs say, and every action had one effect or says why not (seed ${seed})`, (t) => {
    const random = createRandom(seed * 7919);
    const { open } = scene(t);
    let store = open();
    store.desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 1000 });
    const server: Logs = new Map();
    const answer = createServer(server);
    const documents: DocumentId[] = [];
    const ids: DocumentId[] = [officeId];
    const given: Command[] = [];
    const settled = new Set<CommandId>();
    let cursor = 0;

    const present = (id: DocumentId): LogState | null => replayLog(id, store.desk.readLog(id));
    const make = (id: DocumentId, { role, person, body, byGrant }: Say, base: LogState | null): Command => {
      const made = command(id, role, body);
      const actor: Actor = person === undefined ? made.actor : { ...made.actor, person };
      return { ...made, actor, base: base?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: store.desk.standsLast(id), ...(byGrant === undefined ? {} : { byGrant }) };
    };
    const ours = (id: DocumentId, say: Say): void => {
      const state = present(id);
      const made = make(id, say, state);
      const decided = decideLog(state, made, { unit, office: store.desk.office() });
      if (!decided.ok) return;
      store.desk.recordAction(made, decided.value, undefined, canBeTakenBack(made.type) && random(3) === 0 ? later : null);
      given.push(made);
    };
    const theirs = (id: DocumentId, say: Say): void => {
      const state = replayLog(id, server.get(id) ?? []);
      if (state !== null || say.body.type === 'giveGrant') answer({ ...make(id, say, state), dependsOn: null });
    };
    const feed = (id: DocumentId, upTo: number): void => {
      const events = (server.get(id) ?? []).slice(0, upTo);
      if (events.length > 0) assert.ok(store.desk.applyChanges([{ document: id, from: 0, events: [...events] }], `c${++cursor}`).fits);
    };
    const heads = (): readonly Command[] => {
      const first = new Map<DocumentId, Command | null>();
      for (const { command: one, sync } of store.desk.outbox()) if (!first.has(one.document)) first.set(one.document, sync === 'problem' ? null : one);
      return [...first.values()].filter((one) => one !== null);
    };
    const dismiss = (): void => {
      const problem = store.desk.outbox().find(({ sync }) => sync === 'problem');
      if (problem === undefined) return;
      settled.add(problem.command.id);
      store.desk.dismissProblem(problem.command.id);
    };

    for (let step = 0; step < steps; step++) {
      const kind = random(12);
      const id = (random(3) > 0 ? documents[random(Math.max(1, documents.length))] : ids[random(ids.length)]) ?? officeId;
      const state = kind === 6 ? replayLog(id, server.get(id) ?? []) : present(id);
      // of what is lawful, that all of it may come: a day of refusals tells little
      const say = (): Say | undefined => {
        const lawful = wishes(state, id, store.desk, documents, random).filter((one) => decideLog(state, make(id, one, state), { unit, office: store.desk.office() }).ok);
        return lawful[random(lawful.length)];
      };
      if (kind === 0 && documents.length < 8) {
        const fresh = newId<DocumentId>();
        ids.push(fresh);
        documents.push(fresh);
        if (random(2) === 0) ours(fresh, { role: 'clerk', body: { type: 'receive', args: { title: `Giấy ${step}`, kind: 'cong-van', numberText: String(step + 1), notation: 'UBND', issuedDate: null, from: province, urgency: 'normal', content: content(`d${step}`), signer: '', channel: 'paper', inReplyTo: null } } });
        else {
          // most of what there is to do is done with what was given out
          const who = people[random(people.length)] ?? ('clerk-1' as PersonId);
          const meta = { at: '2026-03-02T09:00:00+07:00', by: make(fresh, { role: 'leader', body: { type: 'acceptTask', args: {} } }, null).actor, command: null };
          const life: LogEvent[] = [
            arrived(`Văn bản ${step}`), { ...meta, type: 'registered', entry: { book, epoch: 1, number: step + 1 }, arrivalDate: '2025-12-31' }, { ...meta, type: 'presented', note: '' },
            { ...meta, type: 'assigned', lead: who, support: people.filter((one) => one !== who).slice(0, random(3)), inform: [], directive: '', deadline: '2026-03-12' },
          ];
          server.set(fresh, random(3) === 0 ? life.slice(0, 1) : life);
          feed(fresh, Infinity);
        }
      } else if (kind === 1 && ids.length < 12) {
        const fresh = newId<DocumentId>();
        ids.push(fresh);
        ours(fresh, { role: 'clerk', body: { type: 'openDossier', args: { code: '01', title: `Hồ sơ ${step}`, retention: 10, keeper: 'officer-1' as PersonId, startDate: '2026-01-05', construction: false, rights: '', note: '', year: 2026, catalogueCode: null } } });
      } else if (kind <= 6) {
        const one = say();
        if (one !== undefined) (kind === 6 ? theirs : ours)(id, one);
      } else if (kind <= 8) {
        for (const head of heads()) {
          store.desk.markSending([head.id]);
          const answered = answer(head);
          // a third of the answers is lost on the way back
          if (random(3) > 0) store.desk.settle(answered);
        }
      } else if (kind === 9) feed(id, 1 + random(12));
      else if (kind === 10) {
        const newest = store.desk.undoable(id).at(-1);
        if (newest !== undefined && store.desk.undo(id, [newest.command])) settled.add(newest.command);
        else dismiss();
      } else if (step % 3 === 0) {
        store.close();
        store = open();
      } else if (step % 3 === 1) {
        const whole = new Map([...server].filter(([, events]) => events.length > 0));
        store.desk.beginSnapshot(infoOf(whole as never, `c${++cursor}`));
        store.desk.addSnapshotFrame([...whole].map(([document, events]) => ({ document, from: 0, events: [...events] })), 1000);
        store.desk.finishSnapshot();
      } else dismiss();
      check(store.desk, ids, `seed ${seed}, step ${step}`);
      if (step % 47 === 0) checkFigures(store.desk, ids, `seed ${seed}, step ${step}`);
    }

    // the line comes back for good
    store.desk.releaseHolds(later);
    for (let round = 0; round <= given.length && store.desk.outbox().length > 0; round++) {
      for (const head of heads()) store.desk.settle(answer(head));
      for (const id of ids) feed(id, Infinity);
      while (store.desk.outbox().some(({ sync }) => sync === 'problem')) dismiss();
    }
    for (const id of ids) feed(id, Infinity);
    assert.deepEqual(store.desk.outbox(), [], 'the outbox drains');
    check(store.desk, ids, `seed ${seed}, at the end`);
    checkFigures(store.desk, ids, `seed ${seed}, at the end`);
    for (const id of ids) assert.deepEqual(store.desk.readLog(id), server.get(id) ?? []);
    assert.equal(store.desk.digest(), digestOf(server as never));
    for (const one of given) {
      const effects = new Set((server.get(one.document) ?? []).filter((event) => event.command === one.id).map((event) => event.command)).size;
      assert.equal(effects + (settled.has(one.id) ? 1 : 0), 1, `${one.type}: one effect, or shown as a problem`);
    }
  });
}
