import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameOf } from '../../src-main/features/verification/printable.ts';
import { fileStem } from '../../src-main/print/report-files.ts';

const content = (fileName: string): Parameters<typeof fileNameOf>[0]['content'] => ({ sha256: 'ab' as never, sizeBytes: 1, fileName, parent: null });

test('a report is named after the document’s number and notation, in letters that every system takes', () => {
  assert.equal(fileNameOf({ number: 5, notation: 'QĐ-UBND', content: content('a.pdf') }), 'kiem-tra-chu-ky-05-qd-ubnd.pdf');
  assert.equal(fileNameOf({ number: 1234, notation: '', content: content('a.pdf') }), 'kiem-tra-chu-ky-1234.pdf');
  assert.equal(fileNameOf({ number: 7, notation: '../../etc/passwd:con\u202E漢', content: content('a.pdf') }), 'kiem-tra-chu-ky-07-etc-passwd-con.pdf');
});

test('where there is no number yet, after its file', () => {
  assert.equal(fileNameOf({ number: null, notation: 'UBND', content: content('Báo cáo quý IV (bản cuối).PDF') }), 'kiem-tra-chu-ky-bao-cao-quy-iv-ban-cuoi.pdf');
  assert.equal(fileNameOf({ number: null, notation: '', content: content('漢字.pdf') }), 'kiem-tra-chu-ky.pdf');
  assert.ok(fileNameOf({ number: null, notation: '', content: content(`${'dài '.repeat(60)}.pdf`) }).length <= 104);
});

test('names of attached files are words and hyphens alone', () => {
  assert.deepEqual(['Nguyễn Đức Thắng', ' -- ', 'ủy ban/nhân dân', 'x'.repeat(100)].map((name) => fileStem(name)), ['nguyen-duc-thang', '', 'uy-ban-nhan-dan', 'x'.repeat(40)]);
});
