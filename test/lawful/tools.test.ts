import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { skipWithoutItext } from '../support/judges-itext.ts';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createDesk, type Desk } from './support/desk.ts';
import { readPaper } from './support/papers.ts';
import { openTools, type Tools } from './support/tools.ts';

/** Two forms of file are enough for every day; `VAN_THU_LAWFUL=all` takes all that iText can read. */
const papers = process.env['VAN_THU_LAWFUL'] === 'all'
  ? ['cong-van-xa.pdf', 'quyet-dinh-linearized-objstm.pdf', 'giay-moi-chromium.pdf', 'bao-cao-quy.pdf', 'phu-luc.pdf', 'cong-van-xa-gs14.pdf', 'giay-moi.pdf', 'quyet-dinh.pdf']
  : ['cong-van-xa.pdf', 'quyet-dinh-linearized-objstm.pdf'];

let dir: string;
let pki: TestPki;
let desk: Desk;
let tools: Tools;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-lawful-tools-'));
  pki = createTestPki(join(dir, 'pki'));
  desk = createDesk(pki);
  if (skipWithoutItext === false) tools = openTools(pki, dir);
});
after(() => {
  if (skipWithoutItext === false) tools.close();
  rmSync(dir, { recursive: true });
});

type Step = { readonly name: string; readonly signs: 0 | 1; readonly run: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array };

const place = { page: 1, rect: { x: 120, y: 200, width: 50, height: 25 } };
const firsts: Readonly<Record<string, (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array>> = {
  'our signer': (bytes) => desk.sign(bytes, { place }),
  'our signer after preparation': async (bytes) => {
    const places = await desk.findPlaces(bytes);
    return desk.sign(await desk.prepare(bytes, places), { place: places.signature ?? place });
  },
  'iText 5': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao'),
  'iText 5 with a time-stamp of SHA-1': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao', 0, true),
  'iText 5 as certified, P=2': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao', 2),
  'iText 5 as certified, P=3': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao', 3),
  'poppler': (bytes) => tools.popplerSign(bytes, 'leader', 'Lanh dao'),
};
const nexts: readonly Step[] = [
  { name: 'signed by our signer', signs: 1, run: (bytes) => desk.sign(bytes, desk.seal()) },
  { name: 'signed by our signer out of sight', signs: 1, run: (bytes) => desk.sign(bytes, desk.seal({ place: null, image: null })) },
  { name: 'marked as received by our signer', signs: 1, run: (bytes) => desk.mark(bytes, { kind: 'incoming', organization: 'UBND xã Sơn Tịnh', number: '7', date: '23/11/2026', forwardTo: '', fileCode: '' }) },
  { name: 'signed by iText', signs: 1, run: (bytes) => tools.itextSign(bytes, 'organization', 'Van thu') },
  { name: 'signed by poppler', signs: 1, run: (bytes) => tools.popplerSign(bytes, 'organization', 'Van thu') },
  { name: 'saved again by iText', signs: 0, run: (bytes) => tools.itextResave(bytes) },
  { name: 'given another title by iText', signs: 0, run: (bytes) => tools.itextInform(bytes, 'Công văn số 15') },
  { name: 'given a DSS by iText', signs: 0, run: (bytes) => tools.itextStore(bytes, [pki.issuing.der, pki.root.der]) },
];

/** poppler leaves its field out of a form that is a direct object of the catalog, as iText makes it: no reader of the standard sees that signature. */
function isLeftOut(first: string, next: string): boolean {
  return next === 'signed by poppler' && first.startsWith('iText');
}

for (const paper of papers) {
  for (const [first, sign] of Object.entries(firsts)) {
    test(`${paper} signed by ${first} stays lawful whatever lawful follows, and whoever signs after that`, { skip: skipWithoutItext }, async () => {
      const signed = await sign(readPaper(paper));
      await desk.expectLawful(first, signed, 1);
      for (const { name, signs, run } of nexts.filter((each) => !isLeftOut(first, each.name))) {
        const next = await run(signed);
        await desk.expectLawful(`${first}, ${name}`, next, 1 + signs);
        const last = await desk.sign(next, { place: null, image: null });
        await desk.expectLawful(`${first}, ${name}, signed once more`, last, 2 + signs);
      }
    });
  }
}

test('prepared fields are signed by iText and by poppler as lawfully as by ourselves', { skip: skipWithoutItext }, async () => {
  for (const paper of papers) {
    const bytes = readPaper(paper);
    const prepared = await desk.prepare(bytes, await desk.findPlaces(bytes));
    const byItext = await tools.itextSign(prepared, 'leader', 'chu_ky_lanh_dao', 2);
    await desk.expectLawful(`${paper}, the leader by iText, certified`, byItext, 1);
    await desk.expectLawful(`${paper}, the seal by poppler`, tools.popplerSign(byItext, 'organization', 'con_dau_co_quan', true), 2);
    await desk.expectLawful(`${paper}, the seal by iText`, await tools.itextSign(byItext, 'organization', 'con_dau_co_quan'), 2);
    const places = await desk.findPlaces(bytes);
    await desk.expectLawful(`${paper}, issued by ourselves`, await desk.issue(byItext, places, desk.seal({ place: places.seal ?? place })), 2);
  }
});

test('these were so many files as this suite is meant to make', { skip: skipWithoutItext }, () => {
  assert.ok(desk.count() >= papers.length * 110, String(desk.count()));
});
