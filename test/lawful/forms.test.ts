import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { skipWithoutItext } from '../support/judges-itext.ts';
import { createTestPki } from '../support/pki.ts';
import { createDesk, type Desk } from './support/desk.ts';
import { fieldNames, formByHand, formByPdfLib } from './support/form-papers.ts';
import { openTools, type Tools, type Values } from './support/tools.ts';

let dir: string;
let desk: Desk;
let tools: Tools;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-lawful-forms-'));
  const pki = createTestPki(join(dir, 'pki'));
  desk = createDesk(pki);
  if (skipWithoutItext === false) tools = openTools(pki, dir);
});
after(() => {
  if (skipWithoutItext === false) tools.close();
  rmSync(dir, { recursive: true });
});

const fills: Readonly<Record<string, Values>> = {
  'one word': { [fieldNames.text]: 'Nguyen Van A' },
  'Vietnamese, which Helvetica does not have': { [fieldNames.text]: 'Nguyễn Đức Thắng' },
  'lines that are broken': { [fieldNames.lines]: 'Dong mot\nDong hai rat dai, de phai xuong dong vi khung khong du rong cho ca cau nay' },
  'a choice': { [fieldNames.choice]: 'Khẩn' },
  'a tick': { [fieldNames.tick]: true },
  'all of it': { [fieldNames.text]: 'A (1) \\ "2"', [fieldNames.lines]: 'x', [fieldNames.choice]: 'Thường', [fieldNames.tick]: true },
};
const signers: Readonly<Record<string, (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array>> = {
  'our signer': (bytes) => desk.sign(bytes, { place: { page: 1, rect: { x: 140, y: 150, width: 40, height: 20 } } }),
  'iText 5': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao'),
  'iText 5 as certified, P=2': (bytes) => tools.itextSign(bytes, 'leader', 'Lanh dao', 2),
  'poppler': (bytes) => tools.popplerSign(bytes, 'leader', 'Lanh dao'),
};
const fillers: Readonly<Record<string, (bytes: Uint8Array, values: Values) => Promise<Uint8Array> | Uint8Array>> = {
  iText: (bytes, values) => tools.itextFill(bytes, values), 'pdf-lib': (bytes, values) => tools.pdfLibFill(bytes, values), MuPDF: (bytes, values) => tools.mutoolFill(bytes, values),
};

for (const [form, make] of [['a form by pdf-lib', formByPdfLib], ['a form without pictures', formByHand]] as const) {
  for (const [signer, sign] of Object.entries(signers)) {
    for (const [filler, fill] of Object.entries(fillers)) {
      test(`${form}, signed by ${signer} and then filled by ${filler}, is lawful, and each field says where it was filled`, { skip: skipWithoutItext }, async () => {
        const signed = await sign(await make());
        for (const [what, values] of Object.entries(fills)) {
          const filled = await fill(signed, values);
          const report = await desk.expectLawful(what, filled, 1);
          const places = report.signatures[0]!.changesAfter.changes.filter(({ kind, message }) => kind === 'field-filled' && message.startsWith('Điền')).map(({ page, place }) => page === 1 && place !== null);
          assert.deepEqual(places, Object.keys(values).map(() => true), `${what}: ${JSON.stringify(report.signatures[0]!.changesAfter.changes)}`);
          if (Object.keys(values).length > 1) await desk.expectLawful(`${what}, then sealed`, await desk.sign(filled, desk.seal()), 2);
        }
      });
    }
  }
}

test('these were so many files as this suite is meant to make', { skip: skipWithoutItext }, () => {
  assert.ok(desk.count() >= 2 * 4 * 3 * 7, String(desk.count()));
});
