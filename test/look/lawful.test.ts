import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import { createLook } from '../../src-main/verification/look/look.ts';
import { fixture, openOffice, type Office } from '../augmentation/office.ts';
import { createSteps } from '../pictures/support/steps.ts';
import { tablePdf } from '../unit/pdf/make-pdf.ts';
import { readFixture } from '../unit/verification/make-pdf.ts';
import { compareEachState, same, sourceOf, widgetPlaces } from './support/states.ts';

const steps = createSteps();
// As patient as a busy machine needs: the limit of time has its own tests
const look = createLook({ deadlineMs: 60_000 });
let office: Office;

before(async () => { office = await openOffice(); });
after(async () => {
  await look.close();
  await office.close();
});

const image = readFileSync(new URL('../fixtures/images/chu-ky-lanh-dao.png', import.meta.url));
const seal = readFileSync(new URL('../fixtures/images/con-dau-do.png', import.meta.url));
const pages: Readonly<Record<string, number>> = { 'cong-van-xa': 1, 'giay-moi': 1, 'quyet-dinh': 4, 'bao-cao-quy': 7, 'giay-moi-chromium': 1, 'cong-van-xa-gs14': 1, 'quyet-dinh-linearized-objstm': 4, 'phu-luc': 2 };

for (const name of ['cong-van-xa', 'giay-moi', 'quyet-dinh', 'bao-cao-quy']) {
  // The longest of them once: seven pages in three states
  for (const prepared of name === 'bao-cao-quy' ? [true] : [true, false]) {
    test(`${name}, ${prepared ? 'prepared' : 'from elsewhere'}, signed by the leader and sealed, looks the same outside of what was signed`, async () => {
      const draft = prepared ? await steps.prepare(steps.fixture(name)) : steps.fixture(name);
      const approved = await steps.approve(draft);
      const { pdf } = await steps.issue(approved.pdf);
      const reports = await compareEachState(look, pdf);
      assert.deepEqual(reports, reports.map(() => same(pages[name]!)));
      assert.ok(reports.length >= 2);
    });
  }
}

for (const name of ['giay-moi-chromium', 'cong-van-xa-gs14', 'quyet-dinh-linearized-objstm', 'phu-luc']) {
  test(`${name}, written by another tool and signed twice, looks the same`, async () => {
    const place = { page: 1, rect: { x: 120, y: 200, width: 45, height: 20 } };
    const once = await office.sign(fixture(`pdf/${name}.pdf`), office.pki.leader, { place, image });
    const twice = await office.sign(once, office.pki.organization, { place: { page: 1, rect: { x: 100, y: 195, width: 36, height: 36 } }, image: seal });
    assert.deepEqual(await compareEachState(look, twice), [same(pages[name]!), same(pages[name]!)]);
  });
}

test('marks of arrival, of a copy and of an annex leave the rest of the page as it was', async () => {
  const approved = await steps.approve(steps.fixture('cong-van-xa'));
  const issued = await steps.issue(approved.pdf);
  const arrived = await steps.mark(issued.pdf, { kind: 'incoming', organization: 'UBND xã Sơn Tịnh', number: '12', date: '21/11/2026', forwardTo: 'Văn phòng', fileCode: '' });
  const copied = await steps.mark(arrived.pdf, { kind: 'copy', form: 'sao-y', organization: 'UBND xã Sơn Tịnh' });
  const reports = await compareEachState(look, copied.pdf);
  assert.deepEqual(reports, reports.map(() => same(1)));
  assert.equal(reports.length, 4);
});

test('time-stamps and long-term data are seen nowhere: not even lawful places are needed', async () => {
  const signed = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { place: { page: 1, rect: { x: 120, y: 200, width: 45, height: 20 } }, image });
  const { pdf } = await office.augment(signed);
  assert.ok(pdf.length > signed.length);
  assert.deepEqual(await look.compare(bytesSource(pdf), [{ earlierBytes: signed.length, lawful: [] }]), [same(1)]);
});

test('an encrypted file is compared with its password', async () => {
  for (const [name, password, count] of [['giay-moi-encrypted-password', 'mat-khau', 1], ['bao-cao-quy-encrypted', undefined, 7]] as const) {
    const pdf = steps.fixture(name);
    const engine = steps.engine;
    const source = sourceOf(pdf, password);
    const places = await engine.findPlaces(source);
    assert.ok(places.ok);
    const prepared = await engine.prepare(source, places.value);
    assert.ok(prepared.ok, JSON.stringify(prepared));
    const grown = Buffer.concat([pdf, prepared.value.tail]);
    assert.deepEqual(await compareEachState(look, grown, password), [same(count)], name);
    if (password !== undefined) {
      const [report] = await look.compare(sourceOf(grown, 'sai'), [{ earlierBytes: pdf.length, lawful: widgetPlaces(grown, password) }]);
      assert.deepEqual(report, { status: 'not-compared', reason: 'unreadable', compared: 0, pages: [] });
    }
  }
});

/** A page of text in a corner that is not the middle. */
function oddPage(page: string, content = 'BT /F 12 Tf 40 40 Td (Kinh gui: Van phong, ngay 12/11) Tj ET 0 0 30 30 re S'): Uint8Array {
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>>>>> /Contents 4 0 R ${page}>>`,
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  ]);
}

for (const [what, page] of [
  ['turned by 90°', '/MediaBox [0 0 595 842] /Rotate 90'],
  ['turned by 180°', '/MediaBox [0 0 595 842] /Rotate 180'],
  ['turned by 270°', '/MediaBox [0 0 595 842] /Rotate 270'],
  ['cut out of a larger sheet', '/MediaBox [-50 -60 700 900] /CropBox [20 30 560 800]'],
  ['with a unit of its own', '/MediaBox [0 0 297 421] /UserUnit 2'],
  ['with a unit of its own, turned and cut', '/MediaBox [0 0 297 421] /CropBox [10 20 280 400] /UserUnit 2 /Rotate 90'],
] as const) {
  test(`a page ${what} looks the same outside of its signature`, async () => {
    const pdf = oddPage(page);
    const signed = await office.sign(pdf, office.pki.leader, { place: { page: 1, rect: { x: 60, y: 60, width: 45, height: 20 } }, image });
    assert.deepEqual(await compareEachState(look, signed), [same(1)]);
    // The place is where the picture is: a little less of it, and the rest is seen
    const [place] = widgetPlaces(signed);
    assert.ok(place !== undefined);
    const [report] = await look.compare(bytesSource(signed), [{ earlierBytes: pdf.length, lawful: [{ ...place, widthMm: place.widthMm - 8 }] }]);
    assert.equal(report?.status, 'changed');
  });
}

test('a tagged file looks the same after it is signed', async () => {
  const content = '/P <</MCID 0>> BDC 30 30 200 30 re f EMC';
  const tagged = tablePdf([
    '<</Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R /MarkInfo <</Marked true>>>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0>>', `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    '<</Type /StructTreeRoot /K 6 0 R /ParentTree <</Nums [0 [6 0 R]]>> /ParentTreeNextKey 1>>', '<</Type /StructElem /S /P /P 5 0 R /Pg 3 0 R /K 0>>',
  ]);
  const signed = await office.sign(tagged, office.pki.leader, { place: { page: 1, rect: { x: 110, y: 180, width: 50, height: 25 } }, image });
  assert.deepEqual(await compareEachState(look, signed), [same(1)]);
});

test('a file that ends with its signature has nothing to compare, and no process is started for it', async () => {
  const idle = createLook();
  const pdf = readFixture('giay-moi.pdf');
  assert.deepEqual(await idle.compare(bytesSource(pdf), [{ earlierBytes: pdf.length, lawful: [] }]), [{ status: 'nothing-later', reason: null, compared: 0, pages: [] }]);
  assert.deepEqual(await idle.compare(bytesSource(pdf), []), []);
  assert.equal(idle.pid(), null);
  await idle.close();
});
