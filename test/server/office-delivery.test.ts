import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { overBoth } from '../storage/backends.ts';
import { assignment, openRound, wordOf, type Round } from './desks.ts';
import { commune, contentOf, department, draftBody, incomingBook, newDocument, personOf } from './office.ts';

const finish = { type: 'finishTask', args: { result: 'Đã trả lời', answer: null } } as const;

async function ask(round: Round, document: DocumentId, change: 'recall' | 'update', more: { recipients?: [typeof commune.code]; fields?: { title: string } } = {}) {
  return round.sender.done(document, { type: 'askChange', args: { change, reason: 'Ban hành nhầm', ...more } });
}

overBoth((backend) => {
  test('the sender hears 05 once when the first one takes the work up, 06 when it is finished, and 05 again when it is reopened', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    await round.assign(arrived);
    assert.deepEqual(await round.known(document), ['04', '']);
    await round.leader.done(arrived, { type: 'acceptTask', args: {} });
    assert.deepEqual(await round.known(document), ['04', ''], 'whoever is informed has only read it');
    await round.officer.done(arrived, { type: 'acceptTask', args: {} });
    assert.deepEqual(await round.known(document), ['05', '']);
    await round.clerk.done(arrived, { type: 'acceptTask', args: {} });
    await round.officer.done(arrived, { type: 'reportProgress', args: { percent: 50, text: '' } });
    await round.leader.done(arrived, assignment());
    await round.clerk.done(arrived, finish);
    assert.deepEqual(await round.reports(document), ['01', '03', '04', '05'], 'a part of it is done, and nothing of that is news');
    const last = await round.officer.done(arrived, finish);
    assert.equal(wordOf((await round.officer.push(last))[0]), 'applied', 'again, since the answer was lost');
    assert.deepEqual(await round.known(document), ['06', '']);
    await round.leader.done(arrived, { type: 'reopen', args: { reason: 'Còn thiếu' } });
    await round.officer.done(arrived, finish);
    assert.deepEqual(await round.reports(document), ['01', '03', '04', '05', '06', '05', '06']);
    assert.deepEqual((await round.sender.read(document)).versions, { workflow: 5, assignment: 0 }, 'no report is a step of the sender’s own');
  });

  test('work that was passed on or finished without a word before is reported as what it is', async (t) => {
    const round = await openRound(t, backend);
    const [first, second] = [await round.deliver(), await round.deliver()];
    await round.assign(first.arrived);
    await round.clerk.done(first.arrived, finish);
    assert.deepEqual(await round.reports(first.document), ['01', '03', '04', '05'], 'one part is done, so it is under way');
    await round.assign(second.arrived);
    await round.officer.done(second.arrived, finish);
    assert.deepEqual(await round.reports(second.document), ['01', '03', '04', '06']);
  });

  test('a document that is refused, or sent back after it was registered, stands at the sender as 02 with the reason, and nothing follows', async (t) => {
    const round = await openRound(t, backend);
    const refused = await round.deliver();
    const back = await round.deliver();
    await round.clerk.done(refused.arrived, { type: 'refuse', args: { reason: 'Gửi nhầm' } });
    await round.register(back.arrived);
    await round.clerk.done(back.arrived, { type: 'sendBack', args: { reason: 'Không thuộc thẩm quyền' } });
    assert.deepEqual(await round.known(refused.document), ['02', 'Gửi nhầm']);
    assert.deepEqual(await round.known(back.document), ['02', 'Không thuộc thẩm quyền']);
    assert.equal((await round.clerk.read(back.arrived)).arrival?.number, 1, 'its number stays');
    assert.equal(await round.clerk.give(back.arrived, { type: 'present', args: { note: '' } }), 'workflow.wrong-stage');
    assert.equal(await round.sender.give(refused.document, { type: 'askChange', args: { change: 'recall', reason: 'x' } }), 'workflow.no-recipients', 'who gave it back has nothing to give');
  });

  test('what is asked back waits for its answer: 13 at the sender, nothing else done at the receiver, then 15, and it is over there', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    await round.assign(arrived);
    const asked = await ask(round, document, 'recall');
    assert.deepEqual(await round.known(document), ['13', 'Ban hành nhầm']);
    assert.equal((await round.sender.read(document)).stage, 'recalled');
    const theirs = await round.clerk.read(arrived);
    assert.deepEqual([theirs.asked?.request, theirs.asked?.change, theirs.asked?.reason, theirs.stage], [asked.id, 'recall', 'Ban hành nhầm', 'assigned']);
    const event = (await round.clerk.logs()).get(arrived)?.at(-1);
    assert.ok(event?.type === 'changeAsked');
    assert.deepEqual([event.by, event.command, event.recipients], [null, asked.id, undefined], 'nobody here did it, and who else was asked is not told');
    assert.equal(await round.officer.give(arrived, { type: 'acceptTask', args: {} }), 'workflow.recall-pending');
    assert.equal(await round.leader.give(arrived, assignment()), 'workflow.recall-pending');
    const other = await round.clerk.make(newDocument(), draftBody(contentOf(randomBytes(1))));
    assert.equal(await round.clerk.give(arrived, { type: 'answerChange', args: { request: other.id, agree: true, reason: '' } }), 'workflow.nothing-asked');
    const answer = await round.clerk.done(arrived, { type: 'answerChange', args: { request: asked.id, agree: true, reason: '' } });
    assert.equal(wordOf((await round.clerk.push(answer))[0]), 'applied');
    assert.deepEqual(await round.known(document), ['15', '']);
    assert.deepEqual(await round.reports(document), ['01', '03', '04', '15'], 'said once');
    assert.equal((await round.clerk.read(arrived)).stage, 'recalled');
    for (const body of [finish, { type: 'present', args: { note: '' } }, { type: 'refuse', args: { reason: 'x' } }, { type: 'answerChange', args: { request: asked.id, agree: false, reason: 'x' } }] as const) {
      assert.equal(await round.clerk.give(arrived, body), 'workflow.wrong-stage', body.type);
    }
    assert.deepEqual(await round.known(document), ['15', '']);
  });

  test('a receiver who does not agree says why, keeps the document, and its work is heard of again', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    await round.assign(arrived);
    const asked = await ask(round, document, 'recall');
    assert.equal(await round.clerk.give(arrived, { type: 'answerChange', args: { request: asked.id, agree: false, reason: ' ' } }), 'workflow.reason-required');
    await round.clerk.done(arrived, { type: 'answerChange', args: { request: asked.id, agree: false, reason: 'Đã giải quyết' } });
    assert.deepEqual(await round.known(document), ['16', 'Đã giải quyết']);
    await round.leader.done(arrived, assignment());
    assert.deepEqual(await round.known(document), ['16', 'Đã giải quyết'], 'assigned it was before');
    await round.officer.done(arrived, { type: 'acceptTask', args: {} });
    assert.deepEqual(await round.known(document), ['05', '']);
  });

  test('an update does not stop the work: what was done while it waited is told behind the answer', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    const asked = await ask(round, document, 'update', { fields: { title: 'Tên đúng' } });
    assert.equal((await round.sender.read(document)).title, 'Tên đúng');
    await round.assign(arrived);
    assert.deepEqual(await round.known(document), ['13', 'Ban hành nhầm'], 'the question still waits');
    assert.notEqual((await round.clerk.read(arrived)).title, 'Tên đúng');
    await round.clerk.done(arrived, { type: 'answerChange', args: { request: asked.id, agree: true, reason: '' } });
    assert.equal((await round.clerk.read(arrived)).title, 'Tên đúng');
    assert.deepEqual(await round.reports(document), ['01', '15', '04']);
    await round.officer.done(arrived, finish);
    assert.deepEqual(await round.known(document), ['06', '']);
  });

  test('a recall overtakes an update that waits: only it can be answered from then on, and what the update put right never comes into force', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    const update = await ask(round, document, 'update', { fields: { title: 'Tên đúng' } });
    const recall = await ask(round, document, 'recall');
    assert.deepEqual([(await round.clerk.read(arrived)).asked?.request, (await round.clerk.read(arrived)).asked?.change], [recall.id, 'recall']);
    assert.equal(await round.clerk.give(arrived, { type: 'answerChange', args: { request: update.id, agree: true, reason: '' } }), 'workflow.nothing-asked');
    await round.clerk.done(arrived, { type: 'answerChange', args: { request: recall.id, agree: true, reason: '' } });
    const theirs = await round.clerk.read(arrived);
    assert.deepEqual([theirs.stage, theirs.title === 'Tên đúng'], ['recalled', false]);
    assert.deepEqual(await round.known(document), ['15', '']);
    assert.deepEqual(await round.reports(document), ['01', '15'], 'said once');
  });

  test('only those whom the sender names are asked, and who has it no more stands as before', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver({}, [department]);
    const theirs = await round.elsewhere.arrivedFrom(document);
    assert.ok(theirs !== null);
    await ask(round, document, 'update', { recipients: [commune.code], fields: { title: 'Tên đúng' } });
    assert.equal((await round.elsewhere.read(theirs)).asked, null);
    assert.deepEqual(await round.known(document, department.code), ['01', '']);

    const gone = await round.deliver();
    assert.equal(await round.server.admin.withdraw(commune.code, gone.arrived, 'withdrawn'), true);
    await ask(round, gone.document, 'recall');
    assert.deepEqual(await round.known(gone.document), ['01', ''], 'nobody waits for an answer that cannot come');
    assert.equal((await round.clerk.read(arrived)).asked?.change, 'update');
  });

  test('of a receiver who registers and a sender who asks back, whoever comes second is told', async (t) => {
    const round = await openRound(t, backend);
    const book = incomingBook(commune);
    const epoch = await round.epochOf(round.clerk, book);
    for (let number = 1; number <= 6; number++) {
      const { document, arrived } = await round.deliver();
      const recall = await round.sender.make(document, { type: 'askChange', args: { change: 'recall', reason: 'Nhầm' } });
      const register = await round.clerk.make(arrived, { type: 'register', args: { entry: { book, epoch, number }, arrivalDate: '2026-11-22' } });
      const both = [() => round.sender.push(recall), () => round.clerk.push(register)];
      const started = (number % 2 === 0 ? both : both.toReversed()).map((push) => push());
      const answers = (await Promise.all(started)).flat();
      const registered = wordOf(answers.find(({ id }) => id === register.id));
      assert.equal(wordOf(answers.find(({ id }) => id === recall.id)), 'applied');
      const state = await round.clerk.read(arrived);
      assert.equal(state.asked?.request, recall.id);
      assert.deepEqual([registered, state.stage], registered === 'applied' ? ['applied', 'registered'] : ['conflict', 'arrived']);
      assert.deepEqual((await round.known(document))[0], '13', 'a 03 never stands over the question');
    }
  });

  test('a document that replaces another says so to both offices by their own ids, and the older one is over in both', async (t) => {
    const round = await openRound(t, backend);
    const older = await round.deliver();
    await round.register(older.arrived);
    const newer = await round.deliver({ relation: { type: 'replaces', document: older.document } }, [department]);
    assert.deepEqual((await round.clerk.read(newer.arrived)).relation, { type: 'replaces', document: older.arrived });
    const theirs = await round.elsewhere.arrivedFrom(newer.document);
    assert.equal(theirs === null ? undefined : (await round.elsewhere.read(theirs)).relation, null, 'who never had the older one is not told of it');
    const [ours, received] = [await round.sender.read(older.document), await round.clerk.read(older.arrived)];
    assert.deepEqual([ours.stage, ours.supersededBy], ['replaced', [{ relation: 'replaces', by: newer.document }]]);
    assert.deepEqual([received.stage, received.supersededBy], ['replaced', [{ relation: 'replaces', by: newer.arrived }]]);
    assert.equal(await round.clerk.give(older.arrived, { type: 'present', args: { note: '' } }), 'workflow.wrong-stage');
  });

  test('a question about a document that is then replaced is nobody’s to answer, and waits no more', async (t) => {
    const round = await openRound(t, backend);
    const older = await round.deliver();
    await round.register(older.arrived);
    const asked = await ask(round, older.document, 'recall');
    assert.deepEqual((await round.known(older.document))[0], '13');
    await round.deliver({ relation: { type: 'replaces', document: older.document } });
    assert.deepEqual(await round.known(older.document), ['03', '']);
    assert.equal((await round.clerk.read(older.arrived)).stage, 'replaced');
    assert.equal(await round.clerk.give(older.arrived, { type: 'answerChange', args: { request: asked.id, agree: true, reason: '' } }), 'workflow.wrong-stage');
    assert.equal((await round.sender.read(older.document)).stage, 'replaced');
  });

  test('a receiver whose document was replaced is not asked', async (t) => {
    const round = await openRound(t, backend);
    const older = await round.deliver({}, [department]);
    await round.deliver({ relation: { type: 'replaces', document: older.document } });
    const theirs = await round.elsewhere.arrivedFrom(older.document);
    assert.equal(await round.sender.give(older.document, { type: 'askChange', args: { change: 'recall', reason: 'Nhầm' } }), 'workflow.wrong-stage', 'it is over at the sender');
    assert.ok(theirs !== null);
    assert.equal((await round.elsewhere.read(theirs)).stage, 'arrived', 'who was not sent the newer one still has the older');
  });

  test('a correction leaves the older one in force, and what was refused stays refused', async (t) => {
    const round = await openRound(t, backend);
    const [kept, refused] = [await round.deliver(), await round.deliver()];
    await round.register(kept.arrived);
    await round.clerk.done(refused.arrived, { type: 'refuse', args: { reason: 'Nhầm' } });
    const [first, second] = [await round.deliver({ relation: { type: 'corrects', document: kept.document } }), await round.deliver({ relation: { type: 'replaces', document: refused.document } })];
    const corrected = await round.clerk.read(kept.arrived);
    assert.deepEqual([corrected.stage, corrected.supersededBy], ['registered', [{ relation: 'corrects', by: first.arrived }]]);
    assert.equal((await round.sender.read(kept.document)).stage, 'sent');
    assert.equal((await round.clerk.read(refused.arrived)).stage, 'refused');
    assert.equal((await round.sender.read(refused.document)).stage, 'replaced');
    // sent to one more: nothing is said twice
    await round.sender.done(second.document, { type: 'send', args: { recipients: [department] } });
    assert.equal((await round.sender.read(refused.document)).supersededBy.length, 1);
  });

  test('what is attached waits for its bytes, goes with the document, and is read by the receiver then and not before', async (t) => {
    const round = await openRound(t, backend);
    const bytes = [randomBytes(700), randomBytes(800)] as const;
    const [content, first] = [await round.sender.upload(randomBytes(100)), await round.sender.upload(bytes[0])];
    const attachments = [first, contentOf(bytes[1])];
    const body = draftBody(content);
    const waiting = await round.sender.make(newDocument(), { ...body, args: { ...body.args, attachments } });
    assert.equal(wordOf((await round.sender.push(waiting))[0]), 'retry');
    const lying = { ...body, args: { ...body.args, attachments: [{ ...first, sizeBytes: 701 }] } };
    assert.equal(await round.sender.give(newDocument(), lying), 'input.invalid');
    await round.elsewhere.upload(bytes[1]);
    assert.equal(wordOf((await round.sender.push(waiting))[0]), 'retry', 'that another office has the bytes is not told');
    await round.sender.upload(bytes[1]);
    assert.equal(wordOf((await round.sender.push(waiting))[0]), 'applied');

    const issued = await round.issue({ attachments });
    const statusOf = async (sha256: string) => (await round.clerk.get(`/v1/blobs/${sha256}`)).status;
    for (const { sha256 } of attachments) assert.equal(await statusOf(sha256), 404);
    await round.sender.done(issued.document, { type: 'send', args: { recipients: [commune] } });
    const arrived = await round.clerk.arrivedFrom(issued.document);
    assert.ok(arrived !== null);
    assert.deepEqual((await round.clerk.read(arrived)).attachments, attachments);
    for (const { sha256 } of attachments) assert.equal(await statusOf(sha256), 200);
    assert.deepEqual(new Uint8Array(await (await round.clerk.get(`/v1/blobs/${attachments[1]?.sha256}`)).arrayBuffer()), new Uint8Array(bytes[1]));
    assert.equal((await round.elsewhere.get(`/v1/blobs/${first.sha256}`)).status, 404, 'who it was not sent to');
  });

  test('a mark of secrecy is refused at the door, by whatever way it comes, and nothing of it is kept', async (t) => {
    const round = await openRound(t, backend);
    const content = await round.sender.upload(randomBytes(100));
    const body = draftBody(content);
    for (const title of ['Báo cáo tình hình (Mật)', 'TUYỆT MẬT - Kế hoạch phòng thủ']) assert.equal(await round.sender.give(newDocument(), { ...body, args: { ...body.args, title } }), 'workflow.secret');
    const received = {
      type: 'receive', args: { title: 'Công văn tối mật số 3', kind: 'cong-van', numberText: '3', notation: 'CAT', issuedDate: null, from: { code: null, name: 'Công an tỉnh' }, urgency: 'normal', content: await round.clerk.upload(randomBytes(90)), signer: '', channel: 'paper', inReplyTo: null },
    } as const;
    assert.equal(await round.clerk.give(newDocument(), received as never), 'workflow.secret');
    const document = newDocument();
    await round.sender.done(document, { ...body, args: { ...body.args, title: 'Về bảo mật thông tin' } });
    assert.equal(await round.sender.give(document, { type: 'edit', args: { notation: 'UBND(M)' } }), 'workflow.secret');
    const sent = await round.deliver();
    assert.equal(await round.sender.give(sent.document, { type: 'askChange', args: { change: 'update', reason: 'x', fields: { title: 'Kế hoạch – MẬT' } } }), 'workflow.secret');
    assert.deepEqual([...(await round.sender.logs()).keys()].sort(), [document, sent.document].sort());
  });

  test('work on what no office of this system sent is reported to nobody', async (t) => {
    const round = await openRound(t, backend);
    const document = newDocument();
    await round.clerk.done(document, {
      type: 'receive', args: { title: 'Đơn đề nghị', kind: 'cong-van', numberText: '', notation: '', issuedDate: null, from: { code: null, name: 'Ông Nguyễn Văn A' }, urgency: 'normal', content: await round.clerk.upload(randomBytes(90)), signer: '', channel: 'paper', inReplyTo: null },
    } as never);
    await round.assign(document);
    await round.officer.done(document, finish);
    assert.equal((await round.clerk.read(document)).stage, 'finished');
    assert.equal((await round.sender.logs()).size, 0);
    assert.equal(personOf('communeOfficer').unit, commune.code);
  });
});
