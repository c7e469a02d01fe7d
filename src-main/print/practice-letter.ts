import type { Content } from 'pdfmake/interfaces.js';
import { printDocument } from './kit.ts';
import { plain } from './plain-text.ts';

export type PracticeLetter = {
  readonly office: string;
  /** Where the office sits, as it stands before the date. */
  readonly place: string;
  readonly notation: string;
  /** The type's name; null for a công văn, which bears its subject beneath the number. */
  readonly type: string | null;
  readonly title: string;
  readonly year: string;
  readonly body: readonly string[];
  readonly receivers: readonly string[];
  readonly signer: { readonly position: string; readonly name: string };
};

/**
 * A letter by NĐ 30/2020 App I whose number, day and month stand open, as an office sends it to its leader to be signed. Every page says that it is for practice. The same letter gives the same
 * bytes.
 */
export function printPracticeLetter(letter: PracticeLetter): Promise<Uint8Array> {
  const { office, place, notation, type, title, year, body, receivers, signer } = letter;
  const centred = (text: string, more: object = {}): Content => ({ text, alignment: 'center', ...more });
  const under = (length: number): Content => ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7 }], alignment: 'center', margin: [0, 2, 0, 4] });
  return printDocument({
    title: plain(title, 300), subject: plain(office, 200), creator: 'Văn Thư LUYỆN TẬP', at: null, orientation: 'portrait', files: [],
    foot: () => ({ text: 'Văn bản luyện tập – không có giá trị pháp lý', alignment: 'center', fontSize: 9, italics: true }),
    content: [
      {
        columns: [
          { width: '44%', stack: [centred(plain(office, 120).toLocaleUpperCase('vi'), { bold: true, fontSize: 12 }), under(60), centred(`Số:            /${notation}`, { fontSize: 13, preserveLeadingSpaces: true }), ...(type === null ? [centred(plain(lowered(title), 300), { fontSize: 12, margin: [6, 4, 6, 0] })] : [])] },
          {
            width: '56%',
            stack: [
              centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, fontSize: 12, noWrap: true }), centred('Độc lập - Tự do - Hạnh phúc', { bold: true, fontSize: 13 }), under(160),
              centred(`${plain(place, 60)}, ngày        tháng        năm ${year}`, { italics: true, fontSize: 13 }),
            ],
          },
        ],
      },
      ...(type === null
        ? [centred(`Kính gửi: ${plain(receivers.join('; '), 300)}`, { fontSize: 14, margin: [0, 22, 0, 10] })]
        : [centred(type.toLocaleUpperCase('vi'), { bold: true, fontSize: 14, margin: [0, 24, 0, 2] }), centred(plain(title, 300), { bold: true, fontSize: 14, margin: [40, 0, 40, 10] })]),
      ...body.map((words): Content => ({ text: plain(words, 2000), fontSize: 14, alignment: 'justify', leadingIndent: 36, margin: [0, 3, 0, 3] })),
      {
        unbreakable: true, margin: [0, 18, 0, 0],
        columns: [
          { width: '50%', stack: [{ text: 'Nơi nhận:', italics: true, fontSize: 12 }, ...[...receivers, 'Lưu: VT.'].map((one): Content => ({ text: `- ${plain(one, 120)}`, fontSize: 11 }))] },
          { width: '50%', stack: [centred(plain(signer.position, 60).toLocaleUpperCase('vi'), { bold: true, fontSize: 14 }), centred(plain(signer.name, 60), { bold: true, fontSize: 14, margin: [0, 84, 0, 0] })] },
        ],
      },
    ],
  });
}

/** App I.II.5: a công văn's subject begins with “V/v”. */
function lowered(title: string): string {
  return title.replace(/^Về việc /, 'V/v ');
}
