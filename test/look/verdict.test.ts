import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { LookReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import type { LookPort, LookQuestion } from '../../src-main/ports/verification.ts';
import { createLook } from '../../src-main/verification/look/look.ts';
import { createVerifier } from '../../src-main/verification/verifier.ts';
import { engine, fixture, openOffice, type Office } from '../augmentation/office.ts';
import { signingKey } from '../unit/signing/levels-stamp.ts';
import { withObjects } from './support/letter.ts';

// As patient as a busy machine needs: the limit of time has its own tests
const look = createLook({ deadlineMs: 60_000 });
let office: Office;
/** Prepared, signed by the leader, numbered and sealed. */
let sealed: Uint8Array;

before(async () => {
  office = await openOffice();
  const input = fixture('pdf/cong-van-xa.pdf');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const leaders = await office.sign(Buffer.concat([input, prepared.value.tail]), office.pki.leader, { place: places.value.signature, image: fixture('images/chu-ky-lanh-dao.png') });
  const issued = await engine.issue(bytesSource(leaders), {
    key: signingKey(office.pki.organization), profile: 'office', chain: [office.pki.issuing.der], reason: '', location: '', at: new Date(),
    place: places.value.seal, image: readFileSync(new URL('../fixtures/images/con-dau-do.png', import.meta.url)), number: '15', day: '05', month: '02', places: places.value,
  });
  assert.ok(issued.ok, JSON.stringify(issued));
  sealed = Buffer.concat([leaders, issued.value.tail]);
});
after(async () => {
  await look.close();
  await office.close();
});

function verify(pdf: Uint8Array, by?: LookPort): Promise<VerificationReport> {
  return createVerifier().verify(bytesSource(pdf), { anchors: [office.pki.root.der], intermediates: [], now: new Date(), ...(by === undefined ? {} : { look: by }) });
}

const lookCodes = (report: VerificationReport): readonly (readonly string[])[] => report.signatures.map(({ problems }) => problems.map(({ code }) => code).filter((code) => code.startsWith('look.')));

/** A page as the file has it now, with `more` in its dictionary and objects that it refers to. */
function annotated(pdf: Uint8Array, subtype: string): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const [, num, body] = [...text.matchAll(/\n(\d+) 0 obj\s*(<<\s*\/Type\s*\/Page\b[\s\S]*?>>)\s*endobj/g)].at(-1) ?? [];
  assert.ok(num !== undefined && body !== undefined);
  const size = Math.max(...[...text.matchAll(/\n(\d+) 0 obj/g)].map((match) => Number(match[1]))) + 1;
  assert.match(body, /\/Annots \[/);
  const form = '0 0 1 rg 0 0 100 20 re f';
  return withObjects(pdf, {
    [Number(num)]: body.replace('/Annots [', `/Annots [${size} 0 R `),
    [size]: `<</Type /Annot /Subtype /${subtype} /Rect [100 500 200 520] /F 4 /AP <</N ${size + 1} 0 R>>>>`,
    [size + 1]: `<</Type /XObject /Subtype /Form /BBox [0 0 100 20] /Length ${form.length}>>\nstream\n${form}\nendstream`,
  });
}

test('a prepared letter that was numbered and sealed looks as the leader signed it, but for what was filled and sealed', async () => {
  const report = await verify(sealed, look);
  assert.deepEqual(report.signatures.map(({ verdict, look: found }) => [verdict, found]), [
    ['valid-extended', { status: 'same', reason: null, compared: 1, pages: [] }], ['valid', { status: 'nothing-later', reason: null, compared: 0, pages: [] }],
  ], JSON.stringify(report, null, 1));
  assert.deepEqual(lookCodes(report), [[], []]);
});

test('without a look the report says that the pages were not compared', async () => {
  const report = await verify(sealed);
  assert.deepEqual(report.signatures.map(({ look: found }) => [found.status, found.reason]), [['not-compared', 'off'], ['nothing-later', null]]);
  assert.deepEqual(lookCodes(report), [['look.not-compared'], []]);
});

test('long-term data that is added shows nowhere, and every signature looks the same', async () => {
  const { pdf } = await office.augment(sealed);
  const report = await verify(pdf, look);
  assert.equal(report.verdict, 'valid-extended');
  assert.deepEqual(report.signatures.map(({ look: found }) => found.status), ['same', 'same', ...report.signatures.slice(2, -1).map(() => 'same'), 'nothing-later']);
});

test('a stamp added after both signatures is amber, with its page named and its place shown', async () => {
  const report = await verify(annotated(sealed, 'Stamp'), look);
  assert.deepEqual([report.verdict, ...report.signatures.map(({ verdict }) => verdict)], ['changed', 'changed', 'changed'], JSON.stringify(report.signatures.map(({ problems }) => problems)));
  for (const { look: found, problems } of report.signatures) {
    assert.equal(found.status, 'changed');
    assert.deepEqual(found.pages.map(({ page, places }) => [page, places.length]), [[1, 1]]);
    const [place] = found.pages[0]!.places;
    assert.ok(Math.abs(place!.xMm - 35.3) < 0.5 && Math.abs(place!.widthMm - 35.3) < 1 && Math.abs(place!.heightMm - 7) < 1, JSON.stringify(place));
    assert.equal(problems.find(({ code }) => code === 'look.changed')?.message, 'Sau khi ký, hình ảnh trang 1 đã khác đi, ở chỗ không phải chữ ký hay trường được điền.');
  }
});

test('a look that is changed makes a good signature amber; one that was not compared says why, and weighs nothing', async () => {
  const answer = (found: LookReport): LookPort => ({ compare: (_, questions) => Promise.resolve(questions.map(() => found)) });
  const place = { page: 2, xMm: 1, yMm: 2, widthMm: 3, heightMm: 4 };
  const changed = await verify(sealed, answer({ status: 'changed', reason: 'time', compared: 2, pages: Array.from({ length: 10 }, (_, i) => ({ page: i + 1, places: [place] })) }));
  assert.deepEqual([changed.verdict, ...changed.signatures.map(({ verdict }) => verdict)], ['changed', 'changed', 'valid']);
  assert.deepEqual(lookCodes(changed), [['look.changed', 'look.time'], []]);
  assert.match(changed.signatures[0]!.problems.find(({ code }) => code === 'look.changed')?.message ?? '', /trang 1, 2, 3, 4, 5, 6, 7, 8 và 2 trang khác/);
  for (const reason of ['pages', 'time', 'size', 'unreadable', 'fault'] as const) {
    const report = await verify(sealed, answer({ status: 'not-compared', reason, compared: 0, pages: [] }));
    assert.deepEqual([report.verdict, lookCodes(report)], ['valid-extended', [[`look.${reason}`], []]]);
  }
});

test('a bad signature stays as bad as it was, however it looks', async () => {
  const broken = Uint8Array.from(sealed);
  broken[20] = broken[20] === 0x20 ? 0x21 : 0x20;
  const [without, by] = [await verify(broken), await verify(broken, look)];
  assert.deepEqual(by.signatures.map(({ verdict }) => verdict), without.signatures.map(({ verdict }) => verdict));
});

test('one question is asked for each signature that something follows, with the places of what lawfully followed', async () => {
  const asked: (readonly LookQuestion[])[] = [];
  const { pdf } = await office.augment(sealed);
  const report = await verify(pdf, { compare: (_, questions) => { asked.push(questions); return Promise.resolve(questions.map(() => ({ status: 'same', reason: null, compared: 1, pages: [] }))); } });
  assert.equal(asked.length, 1);
  assert.deepEqual(asked[0]!.map(({ earlierBytes }) => earlierBytes), report.signatures.slice(0, -1).map(({ signedBytes }) => signedBytes));
  const seal = report.signatures[1]!.place;
  assert.ok(seal !== null && asked[0]![0]!.lawful.some((place) => JSON.stringify(place) === JSON.stringify(seal)), 'the seal came after the leader’s signature');
  assert.ok(asked[0]![0]!.lawful.length >= 4, 'number, day, month, seal');
  assert.deepEqual(asked[0]![1]!.lawful, [], 'nothing that is seen came after the seal');
});
