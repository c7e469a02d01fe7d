import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { setLetter } from '../places/letter.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki } from './pki.ts';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-year-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const seal = readFileSync(new URL('../../fixtures/images/con-dau-do.png', import.meta.url));

for (const prepared of [true, false]) {
  test(`a year that the letter leaves open is written with day and month, ${prepared ? 'into a field of its own that the seal locks' : 'in a document from elsewhere'}`, async () => {
    const pki = createTestPki(folder);
    const engine = createSigningEngine();
    const letter = await setLetter([
      { x: 35, y: 45, text: 'Số:        /QĐ-UBND' }, { x: 110, y: 52, text: 'Sơn Tịnh, ngày         tháng         năm', font: 'italic' },
      { x: 30, y: 200, text: 'Nơi nhận:' }, { x: 150, y: 200, text: 'CHỦ TỊCH', font: 'bold', centred: true }, { x: 150, y: 232, text: 'Nguyễn Đức Thắng', font: 'bold', centred: true },
    ]);
    const places = await engine.findPlaces(bytesSource(letter));
    assert.ok(places.ok && places.value.seal !== null);
    const made = await engine.prepare(bytesSource(letter), places.value);
    assert.ok(made.ok);
    const draft = prepared ? Buffer.concat([letter, made.value.tail]) : letter;
    const { seal: place } = places.value;
    const issued = await engine.issue(bytesSource(draft), { key: pki.seal, profile: 'office', chain: pki.chain, reason: 'Phát hành', location: 'Sơn Tịnh', at: new Date(), place, image: seal, number: '05', day: '09', month: '02', year: '2026', places: places.value });
    assert.ok(issued.ok, JSON.stringify(issued));
    const output = Buffer.concat([draft, issued.value.tail]);
    assertJudgesAgree(folder, output, 1, pki.rootPem);
    const path = join(folder, 'year.pdf');
    writeFileSync(path, output);
    assert.match(run('pdftotext', ['-layout', path, '-']).output, /ngày\s*09\s*tháng\s*02\s*năm\s*2026/);
    if (prepared) assert.match(run('qpdf', ['--json=2', '--json-key=acroform', path]).output, /"fullname": "nam"/);
  });
}
