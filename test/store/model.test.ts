import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandBody, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { decide, replay } from '../support/rules.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { act, book, command, content, draftBody, newId, scene, unit } from './helpers.ts';

const seeds = 12;
const steps = 120;

/** mulberry32: the same seed, the same day at the office. */
function createRandom(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

/** The server's side of the contract: each key has one effect, versions are compared, the shared rules decide. */
function createServer() {
  const documents = new Map<DocumentId, DocumentEvent[]>();
  const answers = new Map<string, CommandAnswer>();
  return {
    documents,
    answer: (asked: Command): CommandAnswer => {
      const known = answers.get(asked.id);
      if (known !== undefined) return known;
      const events = documents.get(asked.document) ?? [];
      const state = replay(asked.document, events);
      const current = state?.versions ?? { workflow: 0, assignment: 0 };
      const decided = decide(state, asked, { unit });
      const answer: CommandAnswer = current.workflow !== asked.base.workflow
        ? { id: asked.id, status: 'conflict', current }
        : decided.ok ? { id: asked.id, status: 'applied' } : { id: asked.id, status: 'rejected', error: decided.error };
      if (answer.status === 'applied' && decided.ok) documents.set(asked.document, [...events, ...decided.value]);
      answers.set(asked.id, answer);
      return answer;
    },
  };
}

function bodies(desk: DeskStore, id: DocumentId): readonly CommandBody[] {
  return [
    { type: 'revise', args: { content: content(`r${desk.readHistory(id).length}`) } },
    { type: 'submit', args: { content: content('s') } },
    { type: 'returnToDrafter', args: { reason: 'Sửa lại' } },
    { type: 'approve', args: { content: content('a'), signer: 'Lê' } },
    { type: 'issue', args: { content: content('i'), entry: { book, epoch: 1, number: 1 }, notation: 'UBND', issuedDate: '2026-03-02', signer: 'UBND' } },
  ];
}

const roleOf = { revise: 'officer', submit: 'officer', returnToDrafter: 'leader', approve: 'leader', issue: 'clerk' } as const;

for (let seed = 1; seed <= seeds; seed++) {
  test(`after a disorderly day everyone sees what the server has, and every action had one effect or says why not (seed ${seed})`, (t) => {
    const random = createRandom(seed);
    const { open } = scene(t);
    let store = open();
    const server = createServer();
    const ids: DocumentId[] = [];
    const given: Command[] = [];
    const dismissed = new Set<string>();

    const versioned = (made: Command): Command => ({ ...made, base: store.desk.findDocument(made.document)?.state.versions ?? { workflow: 0, assignment: 0 } });
    const tryCommand = (id: DocumentId, body: CommandBody, desk: 'ours' | 'theirs'): void => {
      const made = command(id, roleOf[body.type as keyof typeof roleOf], body);
      if (desk === 'theirs') {
        const state = replay(id, server.documents.get(id) ?? []);
        if (state !== null) server.answer({ ...made, base: state.versions });
        return;
      }
      const ours = versioned(made);
      if (!decide(store.desk.findDocument(id)?.state ?? null, ours, { unit }).ok) return;
      given.push(act(store.desk, ours).command);
    };
    const feed = (id: DocumentId, upTo: number): void => {
      const events = server.documents.get(id)?.slice(0, upTo) ?? [];
      if (events.length > 0) store.desk.applyChanges([{ document: id, from: 0, events }], `c${random(1000)}`);
    };
    // Lanes: of each document the first command that is not settled.
    const heads = (): readonly Command[] => {
      const first = new Map<DocumentId, Command | null>();
      for (const item of store.desk.outbox()) {
        const { document } = item.command;
        if (!first.has(document)) first.set(document, item.sync === 'problem' ? null : item.command);
      }
      return [...first.values()].filter((one) => one !== null);
    };

    for (let step = 0; step < steps; step++) {
      const kind = random(10);
      const id = ids[random(Math.max(1, ids.length))];
      if (kind === 0 || id === undefined) {
        const fresh = newId<DocumentId>();
        ids.push(fresh);
        given.push(act(store.desk, versioned(command(fresh, 'officer', draftBody(`Văn bản ${step}`)))).command);
      } else if (kind <= 4) {
        const choices = bodies(store.desk, id);
        tryCommand(id, choices[random(choices.length)] as CommandBody, kind === 4 ? 'theirs' : 'ours');
      } else if (kind <= 6) {
        for (const head of heads()) {
          store.desk.markSending([head.id]);
          const answer = server.answer(head);
          // A third of the answers is lost on the way back.
          if (random(3) > 0) store.desk.settle(answer);
        }
      } else if (kind === 7) feed(id, 1 + random(6));
      else if (kind === 8) {
        store.close();
        store = open();
      } else {
        const problem = store.desk.outbox().find((item) => item.sync === 'problem');
        if (problem !== undefined) {
          dismissed.add(problem.command.id);
          store.desk.dismissProblem(problem.command.id);
        }
      }
      for (const one of ids) assert.deepEqual(store.desk.findDocument(one)?.state ?? null, replay(one, store.desk.readHistory(one)), `step ${step}: the list says what the log says`);
    }

    // The line comes back for good: as many rounds as there are commands settle everything.
    for (let round = 0; round <= given.length && store.desk.outbox().length > 0; round++) {
      for (const head of heads()) store.desk.settle(server.answer(head));
      for (const id of ids) feed(id, Infinity);
      for (const item of store.desk.outbox().filter((one) => one.sync === 'problem')) {
        dismissed.add(item.command.id);
        store.desk.dismissProblem(item.command.id);
      }
    }
    for (const id of ids) feed(id, Infinity);
    assert.deepEqual(store.desk.outbox(), [], 'the outbox drains');
    for (const id of ids) {
      assert.deepEqual(store.desk.readHistory(id), server.documents.get(id) ?? []);
      const document = store.desk.findDocument(id);
      assert.deepEqual(document?.state ?? null, replay(id, server.documents.get(id) ?? []));
      assert.equal(document?.sync ?? 'synced', 'synced');
    }
    for (const one of given) {
      const effects = (server.documents.get(one.document) ?? []).filter((event) => event.command === one.id).length;
      assert.equal(effects + (dismissed.has(one.id) ? 1 : 0), 1, `${one.type}: one effect, or shown as a problem`);
    }
  });
}

