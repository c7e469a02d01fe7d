import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openProfileStore } from '../../src-main/store/open.ts';
import { readRetryAfter } from '../../src-main/sync/failure.ts';
import type { Command, CommandBody } from '../../src-shared/domain/document.ts';
import { commandId, documentId } from '../../src-shared/domain/ids.ts';
import { decide } from '../support/rules.ts';
import { commune, seats } from './world/cast.ts';
import { hashOf } from './world/contents.ts';
import { createRandom } from './world/random.ts';

test('what was done over an action of one’s own that lost falls with it, and is not laid over the version that won', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-found-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const opened = openProfileStore({ dir, key: new Uint8Array(32).fill(7) });
  assert.ok(opened.ok);
  const { desk } = opened.value;
  t.after(() => opened.value.close());
  const random = createRandom(10);
  const leader = seats.find(({ role }) => role === 'leader');
  assert.ok(leader !== undefined);
  const document = documentId.parse(random.uuid());
  const content = { sha256: hashOf(random.bytes(50)), sizeBytes: 50, fileName: 'van-ban.pdf', parent: null };
  const act = (body: CommandBody): Command => {
    const state = desk.findDocument(document)?.state ?? null;
    const command: Command = {
      id: commandId.parse(random.uuid()), document, unit: commune.code, actor: { person: leader.person.id, fullName: leader.person.fullName, role: 'leader', unit: commune.code },
      at: '2026-06-15T08:00:00.000Z', base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: desk.standsLast(document), ...body,
    };
    const events = decide(state, command, { unit: commune });
    assert.ok(events.ok);
    desk.recordAction(command, events.value);
    return command;
  };

  const draft = act({ type: 'draft', args: { title: 'Về việc thử nghiệm', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [], inReplyTo: null } });
  assert.equal(desk.standsLast(document), draft.id);
  const submit = act({ type: 'submit', args: { content } });
  const approve = act({ type: 'approve', args: { content, signer: 'Nguyễn Văn An' } });
  assert.equal(approve.dependsOn, submit.id);
  desk.settle({ id: draft.id, status: 'applied' });
  // the clerk's own submission of the same draft came first: the server counts two versions as well, and they are others
  desk.settle({ id: submit.id, status: 'conflict', current: { workflow: 2, assignment: 0 } });
  const fallen = desk.outbox().find(({ command }) => command.id === approve.id);
  assert.equal(fallen?.sync, 'problem', 'the approval would have been sent');
});

test('a date in Retry-After is reckoned from the answer’s own clock, and no answer stops the line for longer than an hour', () => {
  const now = Date.parse('2026-06-15T08:00:00Z');
  const dayMs = 86_400_000;
  const headers = new Headers({ date: new Date(now).toUTCString(), 'retry-after': new Date(now + 9000).toUTCString() });
  for (const skewMs of [-dayMs, 0, dayMs]) assert.equal(readRetryAfter(headers, now + skewMs), 9000);
  assert.equal(readRetryAfter(new Headers({ 'retry-after': new Date(now + 9000).toUTCString() }), now - dayMs), 3_600_000);
  assert.equal(readRetryAfter(new Headers({ 'retry-after': '7' }), now), 7000);
  assert.equal(readRetryAfter(new Headers(), now), null);
});
