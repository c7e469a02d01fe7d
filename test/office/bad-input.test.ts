import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, mock, test } from 'node:test';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { printDocument } from '../../src-main/print/kit.ts';
import { createServer } from '../../src-server/server.ts';
import { createCalendar, dayMonthYear } from '../../src-shared/domain/calendar.ts';
import type { ContentRef, DocumentState } from '../../src-shared/domain/document.ts';
import { maxStoredBytes, utf8Length } from '../../src-shared/domain/file-names.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { organizationCode, type DocumentId, type PersonId } from '../../src-shared/domain/ids.ts';
import { plainEntry, type Organization } from '../../src-shared/domain/organization.ts';
import { describeError, type ErrorCode } from '../../src-shared/errors.ts';
import type { Result } from '../../src-shared/result.ts';
import { openSecondMachine } from './second-machine.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const today = vietnamDate(new Date());
const dayMs = 86_400_000;
/** Luật 72/2025/QH15: from 1/7/2025 there are no districts; what their offices wrote before still stands. */
const ceased: Organization = { code: organizationCode.parse('H48.33'), name: 'UBND huyện Sơn Tịnh' };
const unknown: Organization = { code: organizationCode.parse('H48.99.99'), name: 'Cơ quan không có trong danh mục' };
const newYear = `${Number(today.slice(0, 4)) + 1}-01-01`;

let o: OfficeUnderTest;
let scan: ContentRef;
type Prepared = 'presented' | 'unregistered' | 'first' | 'second' | 'third';
const prepared = new Map<Prepared, DocumentId>();
const idOf = (name: Prepared): DocumentId => prepared.get(name) ?? assert.fail(name);

before(async () => {
  o = await openOffice({
    prepare: async (officeDir) => {
      const server = await createServer({ dir: join(officeDir, 'server'), log: () => undefined });
      await server.admin.putDirectory([{ ...plainEntry(ceased), ceasedOn: '2025-06-30' }]);
      await server.close();
    },
  });
  scan = await contentOf('cong-van-xa.pdf', 'Bản quét.pdf');
  await o.until(clerk, async () => (await o.ask(clerk, 'directory.organizations', { query: ceased.name, limit: 20 })).organizations.some(({ code }) => code === ceased.code));
  const arrived = (await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 })).rows.filter(({ document }) => document.stage === 'arrived').map(({ document }) => document.id);
  const [presented, unregistered] = arrived;
  assert.ok(presented !== undefined && unregistered !== undefined);
  await o.ask(clerk, 'documents.register', { id: presented });
  await o.ask(clerk, 'documents.present', { id: presented, note: '' });
  prepared.set('presented', presented).set('unregistered', unregistered);
  for (const [name, title] of [['first', 'Công văn thứ nhất'], ['second', 'Công văn thứ hai'], ['third', 'Công văn thứ ba']] as const) prepared.set(name, await approved(title));
  await quiet();
});
after(async () => { await o.close(); });

async function contentOf(file: string, name: string): Promise<ContentRef> {
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, file)), name);
  assert.ok(imported.ok);
  return imported.value.content;
}

const draft = (title: string, more: object = {}) => ({ title, kind: 'cong-van' as const, notation: 'UBND-VP', urgency: 'normal' as const, content: scan, recipients: [practiceUnits.department], inReplyTo: null, ...more });
const paper = (from: Organization, issuedDate = addDays(today, -3)) => ({
  title: 'Về đất đai', kind: 'cong-van' as const, numberText: '30', notation: 'UBND', issuedDate, from, urgency: 'normal' as const, content: scan, signer: '', channel: 'paper' as const, inReplyTo: null,
});

/** Written, put before the leader, signed, and back at the clerk's for its number. */
async function approved(title: string): Promise<DocumentId> {
  const { document: { id } } = await o.ask(clerk, 'documents.draft', draft(title));
  await o.ask(clerk, 'documents.submit', { id });
  await at(leader, id, 'submitted');
  const { signature } = await o.ask(leader, 'signing.propose', { id });
  assert.ok(signature !== null);
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: '135790', placement: signature });
  await at(clerk, id, 'approved');
  return id;
}

async function at(desk: string, id: DocumentId, stage: DocumentState['stage']): Promise<void> {
  await o.until(desk, async () => {
    const read = await o.tryAsk(desk, 'documents.read', { id });
    return read.ok && read.value.document.stage === stage && read.value.contentHere;
  });
}

/** `number`: as it stands on that clerk's screen. */
async function issue(id: DocumentId, number: number, recipients: readonly Organization[] = [practiceUnits.department]): Promise<Result<unknown>> {
  const { seal } = await o.ask(clerk, 'signing.propose', { id });
  assert.ok(seal !== null);
  return o.tryAsk(clerk, 'issuing.issue', { id, thumbprint: await o.thumbprintOf(clerk), pin: '246810', number, notation: 'UBND-VP', date: today, placement: seal, recipients: [...recipients], send: true });
}

const proposed = async (id: DocumentId): Promise<number> => (await o.ask(clerk, 'issuing.propose', { id })).number ?? assert.fail('no number');

/** Until nothing waits for the line and both desks know the same. */
async function quiet(): Promise<void> {
  for (const desk of [clerk, leader]) await o.until(desk, async () => (await o.ask(desk, 'sync.status', {})).pending === 0);
  await o.until(leader, async () => {
    await o.ask(clerk, 'sync.now', {});
    const [one, other] = [await logsAt(clerk), await logsAt(leader)];
    return JSON.stringify(one) === JSON.stringify(other);
  });
}

async function logsAt(desk: string): Promise<readonly (readonly [DocumentId, unknown])[]> {
  const logs = new Map<DocumentId, unknown>();
  for (const folder of ['incoming', 'outgoing'] as const) {
    for (const { document } of (await o.ask(desk, 'documents.list', { folder, query: '', offset: 0, limit: 200 })).rows) {
      const { history } = await o.ask(desk, 'documents.read', { id: document.id });
      const { recipients: _, updatedAt: __, ...kept } = document;
      logs.set(document.id, { ...kept, history: history.filter(({ type }) => type !== 'deliveryReported') });
    }
  }
  return [...logs].toSorted(([a], [b]) => a.localeCompare(b));
}

/** Every document with its whole log, what waits, and how far the book has come, at both desks; what receivers report of what went out earlier is no part of it. */
async function picture(): Promise<unknown> {
  const desks = [];
  for (const desk of [clerk, leader]) desks.push({ documents: await logsAt(desk), outbox: (await o.ask(desk, 'outbox.list', {})).rows });
  return { desks, next: (await o.ask(clerk, 'documents.nextNumber', { id: idOf('unregistered') })).number, issues: await proposed(idOf('third')) };
}

/** Of the case whose first half is a colleague’s lawful act: how all stood after it. */
let ownPicture: unknown = null;

type Case = {
  readonly what: string;
  readonly typed: () => Promise<Result<unknown>>;
  readonly code: ErrorCode;
  /** What the sentence names. */
  readonly says: readonly string[];
  /** What the sentence proposes, and it works. */
  readonly instead?: () => Promise<Result<unknown>>;
};

const register = () => o.tryAsk(clerk, 'documents.register', { id: idOf('unregistered') });
const assign = (deadline: string) => o.tryAsk(leader, 'documents.assign', { id: idOf('presented'), lead: clerk as PersonId, support: [], inform: [], directive: 'Tham mưu trả lời', deadline, closedDay: 'ask' });
const closed = createCalendar().onClosedDay(newYear);
const empty = async (as: 'document' | 'attachment'): Promise<Result<unknown>> => {
  const { importId } = await o.ask(clerk, 'content.beginImport', { fileName: 'phụ lục.xlsx', as });
  return o.tryAsk(clerk, 'content.finishImport', { importId });
};

const cases: readonly Case[] = [
  {
    what: 'the machine’s clock is set back two days behind what the book has seen',
    typed: async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() - 2 * dayMs });
      try {
        return await register();
      } finally {
        mock.timers.reset();
      }
    },
    code: 'numbering.clock-back', says: [dayMonthYear(addDays(today, -2)), dayMonthYear(today)], instead: register,
  },
  {
    what: 'two clerks type the same number: the second one’s screen is older than the first one’s seal',
    typed: async () => {
      const onBothScreens = await proposed(idOf('second'));
      const first = await issue(idOf('first'), onBothScreens);
      assert.ok(first.ok, JSON.stringify(first));
      await quiet();
      ownPicture = await picture();
      return issue(idOf('second'), onBothScreens);
    },
    code: 'number.taken', says: ['15'], instead: async () => issue(idOf('second'), await proposed(idOf('second'))),
  },
  {
    what: 'a second clerk wants a number on a machine that does not hold the book',
    typed: async () => {
      const second = await openSecondMachine(o, clerk);
      try {
        return await second.register();
      } finally {
        await second.close();
      }
    },
    code: 'number.no-book', says: ['chưa giữ sổ'],
  },
  { what: 'a deadline is on a holiday', typed: () => assign(newYear), code: 'deadline.closed-day', says: [dayMonthYear(newYear), 'Tết Dương lịch', dayMonthYear(closed?.nextWorkingDay ?? '')], instead: () => assign(closed?.nextWorkingDay ?? '') },
  { what: 'an attachment has no byte', typed: () => empty('attachment'), code: 'file.empty', says: ['0 byte'] },
  { what: 'a document has no byte', typed: () => empty('document'), code: 'file.empty', says: ['0 byte'] },
  {
    what: 'a draft names an attachment without a byte',
    typed: () => o.tryAsk(clerk, 'documents.draft', draft('Kèm tệp rỗng', { attachments: [{ ...scan, sizeBytes: 0 }] })), code: 'file.empty', says: ['0 byte'],
  },
  {
    what: 'a paper document is from a code that no office has',
    typed: () => o.tryAsk(clerk, 'documents.receive', paper(unknown)), code: 'workflow.unknown-sender', says: [unknown.code], instead: () => o.tryAsk(clerk, 'documents.receive', { ...paper(unknown), from: { code: null, name: unknown.name } }),
  },
  {
    what: 'a letter is sent to a code that no office has',
    typed: async () => issue(idOf('third'), await proposed(idOf('third')), [unknown]), code: 'workflow.unknown-recipient', says: [unknown.code],
  },
  {
    what: 'a paper document is dated after its sender ceased to exist',
    typed: () => o.tryAsk(clerk, 'documents.receive', paper(ceased)), code: 'workflow.ceased-sender', says: [ceased.code, '30/06/2025', dayMonthYear(addDays(today, -3))], instead: () => o.tryAsk(clerk, 'documents.receive', paper(ceased, '2025-06-30')),
  },
  {
    what: 'an answer goes to a sender that no longer exists',
    typed: async () => issue(idOf('third'), await proposed(idOf('third')), [ceased]), code: 'workflow.ceased-recipient', says: [ceased.code, '30/06/2025'], instead: async () => issue(idOf('third'), await proposed(idOf('third'))),
  },
];

describe('bad input gets a clear sentence, and leaves everything as it was', () => {
  for (const { what, typed, code, says, instead } of cases) {
    test(what, async () => {
      await quiet();
      ownPicture = null;
      const before = await picture();
      const answer = await typed();
      assert.ok(!answer.ok, 'it was taken');
      assert.equal(answer.error.code, code);
      const sentence = describeError(answer.error);
      for (const word of says) assert.ok(sentence.includes(word), `“${sentence}” does not say “${word}”`);
      assert.doesNotMatch(sentence, /[{}]|undefined|null|NaN|\(\)|“”|\s[.,;]/, 'a place in it was not filled');
      assert.match(sentence, /^\p{Lu}.*\.$/u, 'it is no whole sentence');
      assert.deepEqual(await picture(), ownPicture ?? before);
      if (instead === undefined) return;
      const done = await instead();
      assert.ok(done.ok, `what the sentence proposes does not work: ${JSON.stringify(done)}`);
    });
  }
});

test('a file name of 300 characters with marks is taken, cut between two characters, its end kept, and the bytes are the same', async () => {
  const long = `${'Báo cáo về việc kiểm điểm tập thể, cá nhân năm 2026 '.repeat(6).slice(0, 295)}.pdf`.normalize('NFD');
  assert.ok(long.normalize('NFC').length >= 299);
  const content = await contentOf('giay-moi.pdf', long);
  assert.ok(content.fileName.endsWith('.pdf'), content.fileName);
  assert.ok(utf8Length(content.fileName) <= maxStoredBytes);
  assert.equal(content.fileName, content.fileName.normalize('NFC'));
  assert.ok(long.normalize('NFC').startsWith(content.fileName.slice(0, -'.pdf'.length)), 'half a character was kept');
  const { document } = await o.ask(clerk, 'documents.draft', draft('Tên tệp rất dài', { content, attachments: [content] }));
  assert.deepEqual([document.content.fileName, document.attachments[0]?.fileName], [content.fileName, content.fileName]);
  assert.ok((await o.readContent(clerk, content.sha256)).equals(await readFile(join(pdfDir, 'giay-moi.pdf'))));
});

test('the number of a paper that another clerk has entered already is shown before it is entered again', async () => {
  const typed = { ...paper(ceased, '2025-05-20'), numberText: '77' };
  const seen = async () => (await o.ask(clerk, 'documents.duplicates', { numberText: '77', notation: 'UBND', from: ceased })).rows.map(({ id }) => id);
  assert.deepEqual(await seen(), []);
  const { document: { id } } = await o.ask(clerk, 'documents.receive', typed);
  assert.deepEqual(await seen(), [id]);
});

/** A letter on paper of ours: the office on the left, what is stamped beneath the number, and the words. */
function letterWith(stamped: string, heading: string): Promise<Uint8Array> {
  return printDocument({
    title: 'Thư', subject: '', creator: 'Văn Thư', at: null, orientation: 'portrait', files: [], foot: () => '',
    content: [
      { columns: [{ width: '40%', stack: [{ text: 'UBND XÃ SƠN TỊNH', bold: true }, { text: 'Số: 12/BC-UBND' }, { text: stamped, bold: true, margin: [30, 8, 0, 0] }] }, { width: '60%', text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM' }] },
      { text: heading, alignment: 'center', bold: true, margin: [0, 30, 0, 10] },
      { text: 'Thực hiện quy định về bảo vệ bí mật nhà nước, Ủy ban nhân dân xã báo cáo công tác bảo mật, an toàn thông tin sáu tháng cuối năm.', alignment: 'justify' },
    ],
  });
}

test('a file whose first page bears the mark of a state secret does not come in, as a document or beside one, and nothing of it stays', async () => {
  for (const stamped of ['MẬT', 'TỐI MẬT', 'TUYỆT MẬT']) {
    const bytes = await letterWith(stamped, 'BÁO CÁO');
    for (const as of ['document', 'attachment'] as const) {
      const { importId } = await o.ask(clerk, 'content.beginImport', { fileName: 'thu.pdf', as });
      await o.ask(clerk, 'content.appendImport', { importId, bytes });
      assert.equal((await o.refused(clerk, 'content.finishImport', { importId })).code, 'workflow.secret', `${stamped} as ${as}`);
    }
    assert.equal((await o.ask(clerk, 'content.info', { sha256: createHash('sha256').update(bytes).digest('hex') as never })).here, false);
  }
  for (const [stamped, heading] of [['KHẨN', 'QUY CHẾ BẢO MẬT'], ['', 'HƯỚNG DẪN QUẢN LÝ VĂN BẢN MẬT']] as const) {
    const taken = await o.importPdf(clerk, await letterWith(stamped, heading), 'thu.pdf');
    assert.ok(taken.ok, `${heading}: ${JSON.stringify(taken)}`);
  }
});
