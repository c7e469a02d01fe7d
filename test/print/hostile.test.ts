import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { plain } from '../../src-main/print/plain-text.ts';
import { createReportPrinter } from '../../src-main/print/report.ts';
import { fontOf } from '../../src-main/signing/appearance/fonts.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { about, sample, see } from './support.ts';

const print = createReportPrinter();

/** A report whose every word a stranger chose. */
function spoken(word: string): VerificationReport {
  const report = sample('2-luu-tru-hai-nguoi');
  return {
    ...report,
    program: word,
    problems: [{ code: 'x', message: word }],
    signatures: report.signatures.map((signature) => ({
      ...signature,
      field: word, subFilter: word, problems: [{ code: 'x', message: word }],
      signer: signature.signer === null ? null : { ...signature.signer, commonName: word, organization: word, issuer: word, serial: word },
      chain: signature.chain.map((each) => ({ ...each, commonName: word })),
      trust: { ...signature.trust, detail: word },
      revocations: signature.revocations.map((each) => ({ ...each, commonName: word, unasked: word })),
      changesAfter: { status: 'forbidden', changes: Array.from({ length: 100 }, (_, at) => ({ kind: 'forbidden', revision: at, message: word, page: at, place: { page: at, xMm: -1e9, yMm: 1e9, widthMm: 1e12, heightMm: 0 } })) },
      revision: { index: 1, of: 1_000_000_000 },
    })),
  };
}

const words: Readonly<Record<string, string>> = {
  'ten thousand letters in one word': 'x'.repeat(10_000),
  'ten thousand words': 'từ '.repeat(10_000),
  'twenty thousand letters with marks': 'ă'.repeat(20_000),
  'right to left, and marks that turn the line': 'אבג \u202Egnp.fdp\u202C \u2066مرحبا\u2069',
  'control characters': '\u0000\u0007\u001B[31m\u007F\u0085',
  'letters that the type has not': '漢字 🏛️ ກຂ \u{1F1FB}\u{1F1F3}',
  'half a pair': 'a\uD83Cb\uDFDB',
  'two hundred marks on one letter': `e${'\u0301'.repeat(200)}`,
  'what PDF, XML and JSON make of it': '(((\\ <</JS (app.alert(1))>> ]]> <script>&amp;</script> %%EOF {{x}} ${y} "\'',
  'white space alone': ' \t\n\u00A0\u3000 ',
  'nothing': '',
};

for (const [what, word] of Object.entries(words)) {
  test(`a report survives ${what}`, async (t) => {
    const bytes = await print(spoken(word), { ...about, fileName: word.slice(0, 255), title: word, code: word, issuer: word, issuedDate: word, kind: word, office: { name: word, place: word } }, []);
    const seen = see(t, bytes);
    assert.ok(await qpdfIsSound(seen.file));
    const text = await seen.text();
    assert.ok(text.includes('PHIẾU KIỂM TRA CHỮ KÝ SỐ') && text.includes('Tệp đính kèm trong phiếu này'));
    // pdftotext marks runs from right to left by itself, with U+202B and U+202C
    assert.equal(/[\p{Cc}\u202A\u202D\u202E\u2066-\u2069]/u.exec(text)?.[0], undefined);
    const objects = await seen.objects();
    assert.ok(!/^\s*\/JS\b/m.test(objects));
    const xmp = /<x:xmpmeta[\s\S]*?<\/x:xmpmeta>/.exec(objects)?.[0] ?? '';
    assert.ok(xmp.length > 0 && !xmp.includes('<script>'));
    // every text lies on the page: no box of words ends beyond its right edge
    for (const { xMax, word: last } of wordBoxes(seen.file)) assert.ok(xMax <= 595.28, `${last} ends at ${xMax}`);
  });
}

describe('what a stranger wrote, on one line', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['composes what came in pieces', 'Nguye\u0302\u0303n', 'Nguyễn'],
    ['names what turns the line around', 'a\u202Eb', 'a‹U+202E›b'],
    ['names what cannot be seen', 'a\u200Bb\u00ADc\u034Fd', 'a‹U+200B›b‹U+00AD›c‹U+034F›d'],
    ['makes a box of what it has no shape for', '漢a', '□a'],
    ['makes every space a space', 'a\nb\tc\u00A0d', 'a b c d'],
  ];
  for (const [what, given, expected] of cases) test(what, () => assert.equal(plain(given), expected));

  test('is asked of the upright type alone, since all three have the same letters', () => {
    const [upright, bold, italic] = [fontOf('regular'), fontOf('bold'), fontOf('italic')];
    const points = Array.from({ length: 0x20000 }, (_, point) => point).filter((point) => upright.glyphOf(point) !== 0);
    assert.ok(points.length > 2000);
    assert.deepEqual(points.filter((point) => bold.glyphOf(point) === 0 || italic.glyphOf(point) === 0), []);
  });

  test('cuts what is too long and counts the rest', () => {
    assert.equal(plain('abcdef', 4), 'abcd… (còn 2 ký tự)');
    assert.equal(plain('abcd', 4), 'abcd');
    assert.equal(plain('x'.repeat(1_000_000), 4), 'xxxx… (còn 999.996 ký tự)');
  });
});

function wordBoxes(file: string): readonly { readonly xMax: number; readonly word: string }[] {
  const html = execFileSync('pdftotext', ['-bbox', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return [...html.matchAll(/xMax="([\d.-]+)"[^>]*>([^<]*)<\/word>/g)].map((found) => ({ xMax: Number(found[1]), word: (found[2] ?? '').slice(0, 40) }));
}
