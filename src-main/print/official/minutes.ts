import type { HandOver, HandOverParty } from '../../ports/printing.ts';
import { plain } from '../plain-text.ts';
import { drawLetterhead, drawTail, drawTitle, paragraph, tailHeight } from './front.ts';
import { drawGrid } from './grid.ts';
import { lineHeight, openSheet, type Style } from './sheet.ts';
import { printable } from './wrap.ts';

const text: Style = { font: 'regular', size: 13 };
const bold: Style = { font: 'bold', size: 13 };
const italic: Style = { font: 'italic', size: 13 };

/** Biên bản giao nhận hồ sơ, tài liệu (NĐ 30/2020 Art 30, App V): parties, the index of dossiers with its seven columns, signatures. */
export async function handOverMinutes(handOver: HandOver): Promise<Uint8Array> {
  const { giver, receiver, dossiers } = handOver;
  const sheet = await openSheet({ title: 'Biên bản giao nhận hồ sơ, tài liệu', subject: plain(handOver.subject, 400), creator: 'Văn Thư', at: null, orientation: 'portrait', identity: ['hand-over', handOver], tagged: dossiers.length <= 5000 });
  let y = drawTitle(sheet, drawLetterhead(sheet, handOver), 'BIÊN BẢN', 'Về việc giao nhận hồ sơ, tài liệu');
  const say = async (words: string, style: Style = text): Promise<void> => {
    for (const lines of pages(sheet.wrap(printable(words), sheet.width, style), Math.floor((sheet.bottom - sheet.top) / (style.size * lineHeight)))) {
      if (y + lines.length * style.size * lineHeight > sheet.bottom) {
        await sheet.turn();
        y = sheet.top;
      }
      y = paragraph(sheet, null, lines, { x: sheet.left, y, width: sheet.width, align: 'left' }, style) + 4;
    }
  };
  for (const ground of handOver.grounds) await say(`Căn cứ ${ground};`, italic);
  await say('Chúng tôi gồm:');
  await sayParty(say, 'BÊN GIAO', giver);
  await sayParty(say, 'BÊN NHẬN', receiver);
  await say(`Thống nhất lập biên bản giao nhận hồ sơ, tài liệu với nội dung sau: ${handOver.subject}. Số lượng: ${dossiers.length} hồ sơ, theo mục lục hồ sơ dưới đây.`);
  const tail = {
    notes: [...handOver.remarks, `Biên bản này được lập thành ${handOver.copies} bản; mỗi bên giữ một bản có giá trị như nhau.`],
    signers: [{ title: 'Đại diện bên giao', name: '' }, { title: 'Đại diện bên nhận', name: '' }],
  };
  y = await drawGrid(sheet, y + 4, indexOf(handOver), { columnNumbers: true, size: 11, tail: tailHeight(sheet, tail) });
  await drawTail(sheet, y, tail);
  return sheet.finish();
}

async function sayParty(say: (words: string, style?: Style) => Promise<void>, title: string, { unit, people }: HandOverParty): Promise<void> {
  await say(`${title}: ${unit}`, bold);
  for (const { name, position } of people) await say(`Ông (bà): ${name}${position === '' ? '' : `; chức vụ: ${position}`}.`);
}

/** Mục lục hồ sơ, tài liệu. */
function indexOf({ dossiers }: HandOver): Parameters<typeof drawGrid>[2] {
  return {
    columns: [
      { title: 'TT', width: 5, align: 'center' }, { title: 'Số, ký hiệu hồ sơ', width: 14, align: 'left' }, { title: 'Tiêu đề hồ sơ', width: 34, align: 'left' }, { title: 'Thời gian của tài liệu', width: 15, align: 'center' },
      { title: 'Thời hạn bảo quản', width: 11, align: 'center' }, { title: 'Số tờ/ trang', width: 8, align: 'center' }, { title: 'Ghi chú', width: 10, align: 'left' },
    ],
    rows: dossiers.map(({ code, title, time, retention, sheets, note }, index) => [String(index + 1), code, title, time, retention, sheets, note]),
  };
}

function pages(lines: readonly string[], most: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(lines.length / most) }, (_, at) => lines.slice(at * most, (at + 1) * most));
}

