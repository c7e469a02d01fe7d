import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unionMm } from '../../src-main/signing/geometry.ts';
import { assertKept, crop, difference, isSame, keptDpi, renderPage, type Picture } from './support/picture.ts';
import { createSteps, organization, type Signed } from './support/steps.ts';

const steps = createSteps();

function shown({ pdf, place }: Signed, page = place.page): Picture {
  return renderPage(pdf, page, keptDpi);
}

test('ký duyệt: the leader’s image between title and name', async () => {
  const signed = await steps.approve(steps.fixture('cong-van-xa'));
  assertKept('ky-duyet', shown(signed), signed.place.rect);
});

test('phát hành into prepared fields: number, day, month, and the seal over the leader’s image', async () => {
  const approved = await steps.approve(await steps.prepare(steps.fixture('cong-van-xa')));
  const issued = await steps.issue(approved.pdf);
  assert.equal(issued.places.prepared, true);
  const page = shown(issued);
  assertKept('phat-hanh-dau', page, unionMm([issued.place.rect, approved.place.rect]));
  assertKept('phat-hanh-so', page, issued.places.number!.rect);
  assertKept('phat-hanh-ngay', page, unionMm([issued.places.day!.rect, issued.places.month!.rect]));
});

test('phát hành of a document from elsewhere: what is drawn looks the same', async () => {
  const approved = await steps.approve(steps.fixture('cong-van-xa'));
  const issued = await steps.issue(approved.pdf);
  assert.equal(issued.places.prepared, false);
  const page = shown(issued);
  assertKept('phat-hanh-ngoai-dau', page, unionMm([issued.place.rect, approved.place.rect]));
  assertKept('phat-hanh-ngoai-so', page, issued.places.number!.rect);
  assertKept('phat-hanh-ngoai-ngay', page, unionMm([issued.places.day!.rect, issued.places.month!.rect]));
});

const marks = {
  'dau-den': ['giay-moi', { kind: 'incoming', organization, number: '1234', date: '21/11/2026', forwardTo: 'Văn phòng HĐND và UBND', fileCode: '05/HSCV-2026' }],
  'dau-den-trong': ['quyet-dinh', { kind: 'incoming', organization: 'Trung tâm Phục vụ hành chính công xã Sơn Tịnh', number: '7', date: '21/11/2026', forwardTo: '', fileCode: '' }],
  'sao-y': ['cong-van-xa', { kind: 'copy', form: 'sao-y', organization }],
  'sao-luc': ['quyet-dinh', { kind: 'copy', form: 'sao-luc', organization: 'Trung tâm Phục vụ hành chính công đặc khu Hoàng Sa' }],
  'trich-sao': ['giay-moi', { kind: 'copy', form: 'trich-sao', organization }],
  'phu-luc': ['phu-luc', { kind: 'appendix', number: '28/2026/QĐ-UBND', date: '21/11/2026' }],
  'but-phe': ['giay-moi', { kind: 'comment', author: 'Nguyễn Đức Thắng', text: 'Giao Văn phòng HĐND và UBND chủ trì, phối hợp với Phòng Văn hóa - Xã hội tham mưu văn bản trả lời trước ngày 30/11/2026; báo cáo kết quả về Thường trực UBND xã.' }],
} as const;

for (const [name, [fixture, mark]] of Object.entries(marks)) {
  test(`${name}: the mark as it is kept`, async () => {
    const signed = await steps.mark(steps.fixture(fixture), mark);
    assertKept(name, shown(signed), signed.place.rect);
  });
}

test('a mark a millimetre aside, in another colour or without its number is told from the kept one, and one a quarter of a pixel aside is not', async () => {
  const input = steps.fixture('giay-moi');
  const place = { page: 1, rect: { x: 30, y: 150, width: 50, height: 35 } };
  const regionOf = async (changed: { readonly dx?: number; readonly number?: string }): Promise<Picture> => {
    const { pdf } = await steps.mark(input, { ...marks['dau-den'][1], number: changed.number ?? '1234' }, { page: 1, rect: { ...place.rect, x: 30 + (changed.dx ?? 0) } });
    return renderPage(pdf, 1, keptDpi);
  };
  const one = await regionOf({});
  const kept = crop(one, place.rect);
  assert.ok(isSame(difference(kept, crop(await regionOf({ dx: 0.06 }), place.rect))), 'a quarter of a pixel is what two renderers may differ by');
  assert.ok(!isSame(difference(kept, crop(await regionOf({ dx: 1 }), place.rect))), 'a millimetre aside');
  assert.ok(!isSame(difference(kept, crop(await regionOf({ number: '' }), place.rect))), 'without its number');
  const grey = { ...kept, rgb: kept.rgb.map((value, i, all) => (i % 3 === 0 ? all[i + 1]! : value)) };
  assert.ok(!isSame(difference(kept, grey)), 'in another colour');
});
