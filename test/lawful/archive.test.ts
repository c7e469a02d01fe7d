import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { skipWithoutItext } from '../support/judges-itext.ts';
import { openOffice, type Office } from '../augmentation/office.ts';
import { createDesk, type Desk } from './support/desk.ts';
import { readPaper } from './support/papers.ts';
import { openTools, type Certify, type Tools } from './support/tools.ts';

let office: Office;
let desk: Desk;
let tools: Tools;
before(async () => {
  office = await openOffice();
  desk = createDesk(office.pki);
  if (skipWithoutItext === false) tools = openTools(office.pki, office.folder);
});
after(async () => {
  if (skipWithoutItext === false) tools.close();
  await office.close();
});

const place = { page: 1, rect: { x: 120, y: 200, width: 50, height: 25 } };

/** Long-term data behind a signature, a time-stamp over them, and another one later: who signed stays as lawful as before, whoever signs or stores after it. */
async function archive(what: string, signed: Uint8Array, { maySign }: { readonly maySign: boolean }): Promise<void> {
  await desk.expectLawful(what, signed, 1);
  const proven = (await office.augment(signed, { level: 'B-LT' })).pdf;
  const stampsOf = async (bytes: Uint8Array): Promise<number> => (await desk.verify(bytes)).signatures.filter(({ subFilter }) => subFilter === 'ETSI.RFC3161').length;
  await desk.expectLawful(`${what}, B-LT`, proven, 1 + (await stampsOf(proven)));
  const archived = (await office.augment(proven)).pdf;
  const stamps = await stampsOf(archived);
  assert.ok(stamps > 0, what);
  await desk.expectLawful(`${what}, B-LTA`, archived, 1 + stamps);
  if (maySign) {
    const sealed = await desk.sign(archived, desk.seal());
    await desk.expectLawful(`${what}, B-LTA, sealed`, sealed, 2 + stamps);
    const again = (await office.augment(sealed)).pdf;
    await desk.expectLawful(`${what}, B-LTA, sealed, B-LTA`, again, 2 + (await stampsOf(again)));
  }
  if (skipWithoutItext === false) {
    if (maySign) await desk.expectLawful(`${what}, B-LTA, saved again by iText`, await tools.itextResave(archived), 1 + stamps);
    else {
      // P=1 allows proofs and time-stamps, and not another title; a new date of saving alone is none when all is done within a second
      const renamed = await desk.verify(await tools.itextInform(archived, 'Tên khác'));
      assert.deepEqual(renamed.signatures[0]?.problems.map(({ code }) => code).filter((code) => code.startsWith('changes.')), ['changes.locked']);
    }
    const stored = await tools.itextStore(signed, [office.pki.issuing.der]);
    await desk.expectLawful(`${what}, a DSS by iText`, stored, 1);
    const grown = (await office.augment(stored)).pdf;
    await desk.expectLawful(`${what}, a DSS by iText that grew to B-LTA`, grown, 1 + (await stampsOf(grown)));
  }
}

for (const paper of ['cong-van-xa.pdf', 'quyet-dinh-linearized-objstm.pdf', 'giay-moi-chromium.pdf']) {
  test(`${paper} signed by our signer is lawful at every level and between`, async () => {
    await archive(paper, await desk.sign(readPaper(paper), { place, profile: 'pades' }), { maySign: true });
  });
}

for (const certify of [0, 1, 2, 3] as const satisfies readonly Certify[]) {
  test(`a letter signed by iText${certify === 0 ? '' : ` as certified, P=${certify}`}, is lawful at every level${certify === 1 ? '' : ' and between'}`, { skip: skipWithoutItext }, async () => {
    await archive(`P=${certify}`, await tools.itextSign(readPaper('cong-van-xa.pdf'), 'leader', 'Lanh dao', certify), { maySign: certify !== 1 });
  });
}

test('an encrypted and a prepared document take their long-term data as lawfully', async () => {
  const bytes = readPaper('bao-cao-quy-encrypted.pdf');
  await archive('encrypted', await desk.sign(bytes, { place }), { maySign: false }).catch((error: unknown) => {
    // iText opens no file of an owner
    if (!String(error).includes('iText')) throw error;
  });
  const letter = readPaper('quyet-dinh.pdf');
  const places = await desk.findPlaces(letter);
  const signed = (await office.augment(await desk.sign(await desk.prepare(letter, places), { place: places.signature ?? place }))).pdf;
  const issued = (await office.augment(await desk.issue(signed, places, desk.seal({ place: places.seal ?? place })))).pdf;
  await desk.expectLawful('prepared, signed, B-LTA, issued, B-LTA', issued, (await desk.verify(issued)).signatures.length);
});

test('these were so many files as this suite is meant to make', { skip: skipWithoutItext }, () => {
  assert.ok(desk.count() >= 50, String(desk.count()));
});
