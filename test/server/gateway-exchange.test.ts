import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { plainEntry } from '../../src-shared/domain/organization.ts';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import { overBoth } from '../storage/backends.ts';
import { assignment } from './desks.ts';
import { government, letter, neighbour, openAxisRound, packageOf, pdf, statusOf } from './gateway-box.ts';
import { commune, department } from './office.ts';

overBoth((backend) => {
  test('a package from the axis becomes a document of the unit that it names, and its sender hears 01, 03, 04, 05 and 06', async (t) => {
    const { box, clerk, arrived, register, leader, officer, statuses } = await openAxisRound(t, backend);
    const sent = letter({ title: 'Báo cáo quý', kindName: 'Báo cáo', number: '07a' });
    assert.equal(await box.taken('a', await packageOf(sent)), 'done');
    const id = await arrived('Báo cáo quý');
    assert.ok(id !== null);
    const state = await clerk.read(id);
    assert.deepEqual([state.stage, state.channel, state.kind, state.numberText, state.notation, state.urgency, state.from, state.signer, state.issuedDate], ['arrived', 'axis', 'bao-cao', '07a', 'VPCP-TTĐT', 'very-urgent', government, 'Nguyễn Văn A', '2026-11-20']);
    assert.equal(state.content.fileName, 'Công văn 5.pdf');
    const bytes = Buffer.from(await (await clerk.get(`/v1/blobs/${state.content.sha256}`)).arrayBuffer());
    assert.ok(bytes.equals(pdf));
    await register(id);
    await clerk.done(id, { type: 'present', args: { note: '' } });
    await leader.done(id, assignment());
    await officer.done(id, { type: 'acceptTask', args: {} });
    await officer.done(id, { type: 'finishTask', args: { result: 'Xong', answer: null } });
    const told = await box.until('06 has left', async () => {
      const all = await statuses(sent.documentId);
      return all.some(([code]) => code === '06') && all;
    });
    assert.deepEqual(told.map(([code, from]) => [code, from]), ['01', '03', '04', '05', '06'].map((code) => [code, commune.code]));
  });

  test('the same package twice is one document and one receipt; another document under the same name is refused', async (t) => {
    const { box, clerk, statuses } = await openAxisRound(t, backend);
    const sent = letter();
    assert.equal(await box.taken('a', await packageOf(sent)), 'done');
    assert.equal(await box.taken('b', await packageOf({ ...sent, sentAt: '2026-11-20T04:00:00.000Z' })), 'done');
    assert.equal(await box.taken('c', await packageOf({ ...sent, title: 'Một văn bản khác' })), 'bad');
    assert.equal((await clerk.logs()).size, 1);
    const told = await box.until('the refusal has left', async () => {
      const all = await statuses(sent.documentId);
      return all.length === 2 && all;
    });
    assert.deepEqual(told.map(([code]) => code), ['01', '02']);
    assert.match(told[1]?.[2] ?? '', /DocumentId/);
  });

  test('who is unknown, who has ceased and what is for none of us is refused with 02 and its reason, and kept; the others have it', async (t) => {
    const { box, server, clerk, arrived, statuses } = await openAxisRound(t, backend);
    const old = { code: organizationCode.parse('H48.61'), name: 'UBND huyện cũ' };
    await server.admin.putDirectory([{ ...plainEntry(old), ceasedOn: '2025-06-30', successors: [commune.code] }]);
    const stranger = { code: organizationCode.parse('H48.99.99'), name: 'Xã lạ' };
    const [unknown, foreign, mixed] = [letter({ to: [stranger] }), letter({ to: [neighbour] }), letter({ title: 'Gửi nhiều nơi', to: [stranger, commune, old] })];
    assert.deepEqual([await box.taken('a', await packageOf(unknown)), await box.taken('b', await packageOf(foreign)), await box.taken('c', await packageOf(mixed))], ['bad', 'bad', 'done']);
    assert.notEqual(await arrived('Gửi nhiều nơi'), null);
    assert.equal((await clerk.logs()).size, 1);
    const [first, second, third] = await box.until('every refusal has left', async () => {
      const all = await Promise.all([unknown, foreign, mixed].map(({ documentId }) => statuses(documentId)));
      return all.flat().length === 5 && all;
    });
    assert.deepEqual(first?.map(([code, from]) => [code, from]), [['02', stranger.code]]);
    assert.match(first?.[0]?.[2] ?? '', /H48\.99\.99 không có trong danh mục/);
    assert.deepEqual(second?.map(([code, from]) => [code, from]), [['02', 'H48']]);
    assert.deepEqual(third?.map(([code, from]) => [code, from]).toSorted(), [['01', commune.code], ['02', old.code], ['02', stranger.code]]);
    assert.match(third?.find(([, from]) => from === old.code)?.[2] ?? '', /30\/06\/2025; cơ quan kế thừa: H48\.60\.12/);
  });

  test('what bears a mark of secrecy is refused at the door: no document, no file, 02 and the article', async (t) => {
    const { box, clerk, statuses, lines, elsewhere } = await openAxisRound(t, backend);
    const bytes = Buffer.concat([pdf, randomBytes(100)]);
    const sent = letter({ title: 'Kế hoạch bảo vệ – TUYỆT MẬT' }, bytes);
    assert.equal(await box.taken('a', await packageOf(sent, bytes)), 'bad');
    assert.equal((await clerk.logs()).size, 0);
    const told = await box.until('the refusal has left', async () => {
      const all = await statuses(sent.documentId);
      return all.length === 1 && all;
    });
    assert.match(told[0]?.[2] ?? '', /bí mật nhà nước.*28\/2018/);
    // whoever asks for the content as its own has to send every byte of it: it is not there
    const opened = await (await elsewhere.post('/v1/uploads', { sha256: sent.files[0]?.sha256, sizeBytes: bytes.length, base: null })).json() as { state: string; offset: number };
    assert.deepEqual([opened.state === 'present', opened.offset], [false, 0]);
    assert.ok(lines.some((line) => line.includes('"workflow.secret"')) && !lines.some((line) => line.includes('bảo vệ')), 'the log names the code and no title');
  });

  test('a broken package is kept, and answered 02 as far as its head can be read', async (t) => {
    const { box, clerk, statuses } = await openAxisRound(t, backend);
    const sent = letter();
    const whole = (await packageOf(sent)).toString();
    assert.equal(await box.taken('a', Buffer.from(whole.replace('</edXML:MessageHeader>', ''))), 'bad');
    assert.equal(await box.taken('b', Buffer.from('1212<?xml?>')), 'bad');
    assert.equal((await clerk.logs()).size, 0);
    const told = await box.until('the refusal has left', async () => {
      const all = await statuses(sent.documentId);
      return all.length > 0 && all;
    });
    assert.deepEqual(told.map(([code, from]) => [code, from]), [['02', commune.code]]);
    assert.match(told[0]?.[2] ?? '', /^Gói tin lỗi/);
    assert.equal((await box.list('out')).length, 1);
  });

  test('a refusal, a recall and an update that come over the axis are answered 02, 15 and 16', async (t) => {
    const { box, clerk, arrived, statuses } = await openAxisRound(t, backend);
    const [wrong, recalled, updated, demanded] = ['Sai nơi nhận', 'Bị thu hồi', 'Được cập nhật', 'Xin lấy lại'].map((title) => letter({ title })) as [ReturnType<typeof letter>, ReturnType<typeof letter>, ReturnType<typeof letter>, ReturnType<typeof letter>];
    for (const [at, each] of [wrong, recalled, updated, demanded].entries()) assert.equal(await box.taken(`n${at}`, await packageOf(each)), 'done');
    const ids = await Promise.all([wrong, recalled, updated, demanded].map(async ({ title }) => (await arrived(title)) ?? assert.fail(title)));
    await clerk.done(ids[0]!, { type: 'refuse', args: { reason: 'Không thuộc thẩm quyền' } });
    assert.equal(await box.taken('r', await packageOf({ ...recalled, business: '1', reason: 'Sai thể thức', files: [] })), 'done');
    assert.equal(await box.taken('r2', await packageOf({ ...recalled, business: '1', reason: 'Sai thể thức', files: [] })), 'done');
    assert.equal(await box.taken('u', await packageOf({ ...updated, business: '2', updates: updated.documentId, title: 'Trích yếu mới', reason: 'Sửa trích yếu', files: [] })), 'done');
    const demand = { code: '13', from: government, about: { officeCode: government.code, numberAndNotation: '05/VPCP-TTĐT', issuedOn: '2026-11-20', documentId: demanded.documentId }, staff: null, description: 'Gửi nhầm', at: '2026-11-21T03:00:00.000Z' } as const;
    assert.equal(await box.taken('d', await statusOf(demand)), 'done');
    assert.equal(await box.taken('x', await statusOf({ ...demand, about: { ...demand.about, documentId: 'không có' } })), 'bad');
    const asked = async (at: number) => (await clerk.read(ids[at]!)).asked ?? assert.fail(`nothing was asked of ${at}`);
    assert.equal((await clerk.logs()).get(ids[1]!)?.filter(({ type }) => type === 'changeAsked').length, 1, 'asked twice is asked once');
    await clerk.done(ids[1]!, { type: 'answerChange', args: { request: (await asked(1)).request, agree: true, reason: '' } });
    await clerk.done(ids[2]!, { type: 'answerChange', args: { request: (await asked(2)).request, agree: true, reason: '' } });
    await clerk.done(ids[3]!, { type: 'answerChange', args: { request: (await asked(3)).request, agree: false, reason: 'Đã giải quyết' } });
    assert.equal((await clerk.read(ids[1]!)).stage, 'recalled');
    assert.equal((await clerk.read(ids[2]!)).title, 'Trích yếu mới');
    const all = await box.until('every answer has left', async () => {
      const told = await Promise.all([wrong, recalled, updated, demanded].map(({ documentId }) => statuses(documentId)));
      return told.flat().length === 8 && told;
    });
    assert.deepEqual(all.map((told) => told.map(([code]) => code)), [['01', '02'], ['01', '15'], ['01', '15'], ['01', '16']]);
    assert.deepEqual([all[0]?.[1]?.[2], all[3]?.[1]?.[2]], ['Không thuộc thẩm quyền', 'Đã giải quyết']);
  });

  test('what goes to an office beyond this server leaves as one package each, and its states come back', async (t) => {
    const { box, sender, issue, known, clerk } = await openAxisRound(t, backend);
    const { document, content } = await issue({ title: 'Gửi ra ngoài' });
    await sender.done(document, { type: 'send', args: { recipients: [commune, government, neighbour] } });
    assert.notEqual(await clerk.arrivedFrom(document), null, 'the commune has it as ever');
    assert.deepEqual([await known(document, government.code), await known(document)], [['sent', ''], ['01', '']]);
    const packages = await box.until('both have left', async () => {
      const sent = await box.sent();
      return sent.length === 2 && sent;
    });
    assert.deepEqual(packages.flatMap(({ message }) => (message.kind === 'document' ? message.header.to.map(({ organId }) => organId) : [])).toSorted(), [government.code, neighbour.code]);
    const [one] = packages;
    assert.ok(one?.message.kind === 'document');
    const { header } = one.message;
    assert.deepEqual([header.documentId, header.from.organId, header.subject, header.code, header.promulgationInfo.promulgationDate, one.files[0]?.length], [document, 'H48', 'Gửi ra ngoài', { codeNumber: '01', codeNotation: 'UBND-VP' }, '2026/11/22', content.sizeBytes]);
    const about = { officeCode: 'H48', numberAndNotation: '01/UBND-VP', issuedOn: '2026-11-22', documentId: document };
    const notice = { from: government, about, staff: null, description: null, at: '2026-11-22T03:00:00.000Z' };
    for (const code of ['01', '03', '04', '05', '06'] as const) {
      assert.equal(await box.taken(`s${code}`, await statusOf({ ...notice, code })), 'done');
      assert.deepEqual(await known(document, government.code), [code, '']);
    }
    assert.equal(await box.taken('late', await statusOf({ ...notice, code: '03' })), 'done', 'one that comes late says nothing new');
    assert.deepEqual(await known(document, government.code), ['06', '']);
    assert.equal(await box.taken('no', await statusOf({ ...notice, from: neighbour, code: '02', description: 'Không đúng thẩm quyền' })), 'done');
    assert.deepEqual(await known(document, neighbour.code), ['02', 'Không đúng thẩm quyền']);
    assert.equal(await box.taken('forged', await statusOf({ ...notice, from: department, code: '02', description: 'Giả' })), 'bad', 'nobody speaks for an office of ours from outside');
  });

  test('a recall and an update go out as packages, and 15 or 16 comes back', async (t) => {
    const { box, sender, issue, known } = await openAxisRound(t, backend);
    const { document } = await issue();
    await sender.done(document, { type: 'send', args: { recipients: [government, neighbour] } });
    await sender.done(document, { type: 'askChange', args: { change: 'update', reason: 'Sửa trích yếu', fields: { title: 'Trích yếu đúng' }, recipients: [neighbour.code] } });
    const about = { officeCode: 'H48', numberAndNotation: '01/UBND-VP', issuedOn: '2026-11-22', documentId: document };
    assert.equal(await box.taken('a', await statusOf({ code: '16', from: neighbour, about, staff: null, description: 'Đã ban hành', at: '2026-11-22T03:00:00.000Z' })), 'done');
    assert.deepEqual(await known(document, neighbour.code), ['16', 'Đã ban hành']);
    await sender.done(document, { type: 'askChange', args: { change: 'recall', reason: 'Sai nội dung', recipients: [government.code] } });
    assert.deepEqual(await known(document, government.code), ['13', 'Sai nội dung']);
    const packages = await box.until('all four have left', async () => {
      const sent = await box.sent();
      return sent.length === 4 && sent;
    });
    const told = packages.flatMap(({ message }) => (message.kind === 'document' ? [[message.header.to[0]?.organId, message.trace.bussiness.bussinessDocType, message.trace.bussiness.bussinessDocReason, message.header.subject, message.header.documentId === document]] : []));
    assert.deepEqual(told.filter(([, type]) => type !== '0').toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)), [[government.code, '1', 'Sai nội dung', 'Trích yếu đúng', true], [neighbour.code, '2', 'Sửa trích yếu', 'Trích yếu đúng', true]]);
    assert.equal(await box.taken('b', await statusOf({ code: '15', from: government, about, staff: null, description: null, at: '2026-11-22T04:00:00.000Z' })), 'done');
    assert.deepEqual(await known(document, government.code), ['15', '']);
  });
});
