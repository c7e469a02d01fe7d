import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTestPki } from '../support/pki.ts';
import { createDesk } from './support/desk.ts';
import { convertedPapers, generatedPapers, officePapers } from './support/papers.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-lawful-office-'));
const pki = createTestPki(join(dir, 'pki'));
after(() => rmSync(dir, { recursive: true }));

let count = 0;

/** A page of another size or turn has its own room: what is laid out there is tried with the papers of an office. */
const written = [...officePapers(), ...convertedPapers(dir)];
const made = generatedPapers();

for (const [i, paper] of [...written, ...made].entries()) {
  test(`${paper.name}, signed by the leader, sealed and signed once more out of sight, is lawful at each step`, async () => {
    const desk = createDesk(pki, paper.password);
    const profile = i % 2 === 0 ? 'office' : 'pades';
    const once = await desk.sign(paper.bytes, { profile });
    await desk.expectLawful('signed', once, 1);
    const twice = await desk.sign(once, desk.seal({ profile }));
    const { signatures: [first] } = await desk.expectLawful('sealed', twice, 2);
    // however the page is turned, cropped or scaled, the seal is where it was put, as a person sees the page
    const [change] = first!.changesAfter.changes;
    assert.deepEqual([change?.kind, change?.page], ['signature', 1]);
    for (const [key, wanted] of Object.entries({ xMm: 20, yMm: 45, widthMm: 36, heightMm: 36 } as const)) assert.ok(Math.abs(change!.place![key as 'xMm'] - wanted) < 0.05, `${key} ${JSON.stringify(change)}`);
    await desk.expectLawful('signed once more', await desk.sign(twice, { place: null, image: null, profile }), 3);
    count += desk.count();
  });
}

for (const paper of written) {
  test(`${paper.name} through an office: prepared or not, signed, issued, received, with a note of the leader, copied`, async () => {
    const desk = createDesk(pki, paper.password);
    const places = await desk.findPlaces(paper.bytes);
    const request = { place: places.signature ?? { page: 1, rect: { x: 120, y: 230, width: 50, height: 25 } } };
    const seal = desk.seal({ place: places.seal ?? { page: 1, rect: { x: 100, y: 225, width: 36, height: 36 } } });
    const prepared = await desk.sign(await desk.prepare(paper.bytes, places), request);
    await desk.expectLawful('prepared and signed', prepared, 1);
    let issued = await desk.issue(prepared, places, seal);
    await desk.expectLawful('issued into what was prepared', issued, 2);
    let signatures = 2;
    for (const mark of [
      { kind: 'incoming', organization: 'UBND xã Sơn Tịnh', number: '215', date: '23/11/2026', forwardTo: 'Văn phòng', fileCode: 'H12' },
      { kind: 'comment', author: 'Nguyễn Đức Thắng', text: 'Giao Văn phòng tham mưu, trả lời trước ngày 30.' },
      { kind: 'copy', form: 'sao-y', organization: 'UBND xã Sơn Tịnh' },
    ] as const) {
      issued = await desk.mark(issued, mark);
      signatures += 1;
      await desk.expectLawful(mark.kind, issued, signatures);
    }
    const unprepared = await desk.issue(await desk.sign(paper.bytes, request), places, seal);
    // number and date on other pages than the seal's are signatures of the seal's key of their own
    await desk.expectLawful('issued without preparation', unprepared, (await desk.verify(unprepared)).signatures.length);
    await desk.expectLawful('an annex', await desk.mark(paper.bytes, { kind: 'appendix', number: '15/QĐ-UBND', date: '22/11/2026' }), 1);
    count += desk.count();
  });
}

test('these were so many files as this suite is meant to make', () => {
  assert.ok(count >= 3 * (written.length + made.length) + 7 * written.length && count >= 230, String(count));
});
