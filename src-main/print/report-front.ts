import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import type { AboutDocument } from '../ports/printing.ts';
import { colours } from './colours.ts';
import { paperOf } from './paper.ts';
import { plain, plainName } from './plain-text.ts';
import { whyUnasked } from './report-signature.ts';
import { extentWords, instant, lookReasons, moment, shortIntegrity, shortVerdicts, trustWords, verdictMeanings, verdictWords } from './report-words.ts';
import { drawSign, signColours } from './signs.ts';
import { factsTable, gridTable } from './tables.ts';

/** NĐ 30/2020 App I: the office on the left, the nation on the right, place and day beneath it. */
export function letterhead({ office }: AboutDocument, { checkedAt }: VerificationReport): Content {
  if (office === null) return '';
  const under = (length: number): Content => ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7 }], alignment: 'center', margin: [0, 2, 0, 0] });
  const date = checkedAt === null ? null : vietnamDay(checkedAt);
  return {
    columns: [
      { width: '46%', stack: [{ text: balance(plain(office.name, 120).toLocaleUpperCase('vi')), bold: true, fontSize: 12, alignment: 'center' }, under(60)] },
      {
        width: '54%',
        stack: [
          { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', bold: true, fontSize: 12, alignment: 'center', noWrap: true },
          { text: 'Độc lập - Tự do - Hạnh phúc', bold: true, fontSize: 13, alignment: 'center' },
          under(160),
          ...(date === null ? [] : [{ text: `${office.place === '' ? '' : `${plain(office.place, 60)}, `}${date}`, italics: true, fontSize: 13, alignment: 'center' as const, margin: [0, 8, 0, 0] as [number, number, number, number] }]),
        ],
      },
    ],
    margin: [0, 0, 0, 14],
  };
}

/** A name that takes two lines is broken near its middle: no word is left alone beneath the others. */
function balance(name: string): string {
  if (name.length <= oneLine) return name;
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index);
  const middle = spaces.reduce((best, at) => (Math.abs(at - name.length / 2) < Math.abs(best - name.length / 2) ? at : best), spaces[0] ?? 0);
  return middle === 0 ? name : `${name.slice(0, middle)}\n${name.slice(middle + 1)}`;
}

/** Capitals of 12 pt beside the nation's name. */
const oneLine = 26;

/** NĐ 30/2020 App I: days below 10 and the months January and February carry a leading zero. */
function vietnamDay(at: string): string | null {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return null;
  const local = new Date(ms + 7 * 3_600_000).toISOString();
  const month = Number(local.slice(5, 7));
  return `ngày ${local.slice(8, 10)} tháng ${month <= 2 ? `0${month}` : month} năm ${local.slice(0, 4)}`;
}

export function titleOf(about: AboutDocument): Content {
  const subject = describeDocument(about);
  return {
    stack: [
      { text: 'PHIẾU KIỂM TRA CHỮ KÝ SỐ', bold: true, fontSize: 15 },
      { text: subject, bold: true, fontSize: 13, margin: [24, 3, 24, 0] },
    ],
    alignment: 'center', margin: [0, 0, 0, 12],
  };
}

/** As one names a document: kind, number and notation, day, issuer; its file where nothing of that is known. */
export function describeDocument({ kind, code, issuedDate, issuer, fileName }: AboutDocument): string {
  if (code === null && kind === null) return `Tệp ${plain(fileName, 160)}`;
  const parts = [kind === null ? 'Văn bản' : plain(kind, 60), code === null ? '' : `số ${plain(code, 80)}`, issuedDate === null ? '' : `ngày ${plainDay(issuedDate)}`, issuer === null ? '' : `của ${plain(issuer, 160)}`];
  return parts.filter((part) => part !== '').join(' ');
}

function plainDay(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}` : plain(date, 20);
}

/** What it comes to, told by a shape, by words and last by colour. */
export function verdictPanel({ verdict, signatures, problems }: VerificationReport): Content {
  const colour = signColours[verdict];
  const own = new Set(signatures.flatMap((signature) => signature.problems.map(({ code }) => code)));
  const ofFile = problems.filter(({ code }) => !own.has(code)).slice(0, 20);
  const wrong = signatures.flatMap((signature, index) => (isGood(signature) ? [] : [`Chữ ký ${index + 1}${signature.signer === null ? '' : ` (${plainName(signature.signer.commonName, 60)})`}: ${whatIsWrong(signature)}`]));
  const lines = [...ofFile.map(({ message }) => plain(message, 600)), ...wrong.slice(0, mostWrong), ...(wrong.length > mostWrong ? [`… và ${wrong.length - mostWrong} chữ ký nữa, ghi ở dưới.`] : [])];
  const panel: TableCell = {
    columns: [
      { canvas: drawSign(verdict, 40), width: 56 },
      {
        width: paperOf('portrait').width - 56 - 30,
        stack: [
          { text: verdictWords[verdict].toLocaleUpperCase('vi'), bold: true, fontSize: 15, color: colour },
          { text: verdictMeanings[verdict], margin: [0, 2, 0, 0] },
          ...(lines.length === 0 ? [] : [{ ul: lines, markerColor: colour, margin: [0, 3, 0, 0] as [number, number, number, number] }]),
          ...(signatures.length < 2 ? [] : [{ text: countOf(signatures), color: colours.quiet, margin: [0, 3, 0, 0] as [number, number, number, number] }]),
        ],
      },
    ],
    fillColor: colours.tint,
    margin: [12, 10, 12, 10],
  };
  return {
    table: { widths: [paperOf('portrait').width - 6], body: [[panel]] },
    layout: { hLineWidth: () => 0.8, vLineWidth: (column) => (column === 0 ? 4 : 0.8), hLineColor: () => colour, vLineColor: () => colour, paddingLeft: () => 0, paddingRight: () => 0 },
    margin: [2, 0, 0, 12],
  };
}

const mostWrong = 5;

function isGood({ verdict }: SignatureReport): boolean {
  return verdict === 'valid' || verdict === 'valid-extended';
}

/** What keeps one signature from being good, in the words of its worst finding. */
function whatIsWrong({ integrity, coverage, changesAfter, look, trust, problems }: SignatureReport): string {
  const bad = changesAfter.changes.filter(({ kind }) => kind === 'forbidden' || kind === 'content-added');
  const pages = [...new Set([...bad.flatMap(({ page }) => (page === null ? [] : [page])), ...(look.status === 'changed' ? look.pages.map(({ page }) => page) : [])])].sort((a, b) => a - b);
  const where = pages.length === 0 ? '' : ` (trang ${listNumbers(pages.slice(0, 20))}${pages.length > 20 ? ' …' : ''})`;
  if (integrity === 'broken') return 'nội dung đã bị sửa, không khớp chữ ký.';
  if (changesAfter.status === 'forbidden') return `tệp bị thay đổi trái phép sau khi ký${where}.`;
  if (coverage === 'partial') return 'chữ ký chỉ phủ một phần tệp.';
  if (changesAfter.status === 'content-added') return `có nội dung được thêm vào sau khi ký${where}.`;
  if (look.status === 'changed') return `trang trông khác lúc ký${where}.`;
  if (trust.revocation === 'revoked') return 'chứng thư đã bị thu hồi.';
  if (integrity === 'not-examined') return 'chưa xét được tính toàn vẹn.';
  if (changesAfter.status === 'not-examined') return 'chưa xét được hết những thay đổi sau khi ký.';
  if (trust.status !== 'trusted') return `chứng thư ${trustWords[trust.status].toLowerCase()}.`;
  return plain(problems[0]?.message ?? 'xem phần chi tiết.', 300);
}

function countOf(signatures: readonly SignatureReport[]): string {
  const counts = new Map<SignatureReport['verdict'], number>();
  for (const { verdict } of signatures) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const stamps = signatures.filter(({ subFilter }) => subFilter === 'ETSI.RFC3161').length;
  const what = [signatures.length > stamps ? `${signatures.length - stamps} chữ ký` : '', stamps > 0 ? `${stamps} dấu thời gian lưu trữ` : ''].filter((part) => part !== '').join(' và ');
  return `Tệp có ${what}. Kết luận từng cái: ${[...counts].map(([verdict, count]) => `${count} “${shortVerdicts[verdict].toLowerCase()}”`).join(', ')}.`;
}

/** What the circular asks of each signature, in one look: who, when, whether whole. */
export function signatureTable({ signatures }: VerificationReport, heading: Content): Content {
  return gridTable(
    [{ title: 'STT', width: 24, alignment: 'center' }, { title: 'Người ký', width: null }, { title: 'Thời điểm ký', width: 106 }, { title: 'Toàn vẹn', width: 66 }, { title: 'Kết luận', width: 108 }],
    signatures.map(({ signer, time, integrity, verdict, subFilter }, index) => [
      String(index + 1),
      {
        stack: [
          { text: signer === null ? 'Không đọc được' : plainName(signer.commonName), bold: true },
          ...(subFilter === 'ETSI.RFC3161' ? [{ text: 'Dấu thời gian lưu trữ', color: colours.quiet }] : signer === null || signer.organization === '' || signer.organization === signer.commonName ? [] : [{ text: plain(signer.organization, 160) }]),
        ],
      },
      time === null ? 'Không có' : { stack: [moment(time.at), { text: time.proven ? 'có dấu thời gian' : 'giờ máy người ký', color: colours.quiet }] },
      shortIntegrity[integrity],
      { columns: [{ canvas: drawSign(verdict, 11), width: 16, margin: [0, 1, 0, 0] }, { text: shortVerdicts[verdict], width: 92 }] },
    ]),
    { heading },
  );
}

export function documentFacts(about: AboutDocument, report: VerificationReport): Content {
  const sizeBytes = report.file.sizeBytes ?? about.sizeBytes;
  return factsTable([
    ['Trích yếu', about.title === null || about.title === '' ? null : plain(about.title, 500)],
    ['Số, ký hiệu', about.code === null ? null : plain(about.code, 120)],
    ['Ngày ban hành', about.issuedDate === null ? null : plainDay(about.issuedDate)],
    ['Cơ quan ban hành', about.issuer === null ? null : plain(about.issuer, 200)],
    ['Tệp', plain(about.fileName, 255)],
    ['Dung lượng', sizeBytes === null ? 'Không ghi' : `${sizeBytes.toLocaleString('vi')} byte`],
    ['SHA-256 của tệp', { text: report.file.sha256 === null ? 'Không ghi' : plain(report.file.sha256, 64), fontSize: 10.5 }],
  ]);
}

export function examinationFacts(report: VerificationReport): Content {
  const { checkedAt, program, trustList, extent } = report;
  const missing = findUnexamined(report);
  // schema 1 noted neither its time nor the list
  const unnoted = 'Không ghi (kết quả do phiên bản cũ của chương trình lưu lại)';
  return factsTable([
    ['Thời điểm kiểm tra', checkedAt === null ? unnoted : `${instant(checkedAt)} (giờ Việt Nam, UTC+7)`],
    ['Chương trình', program === '' ? 'Văn Thư (không ghi phiên bản)' : `Văn Thư ${plain(program, 40)}`],
    ['Danh sách tin cậy', trustList === null ? (checkedAt === null ? unnoted : 'Chứng thư gốc do người kiểm tra đưa vào') : `Số ${trustList.version}, ngày ${plainDay(trustList.dated.slice(0, 10))}`],
    ['Cách kiểm tra', extentWords[extent]],
    ['Chưa xét được', missing.length === 0 ? 'Không có gì phải bỏ qua' : { ul: [...missing], markerColor: colours.quiet }],
  ]);
}

const mostUnexamined = 12;

/** What nobody could be asked and nothing could be looked at: said once, with the signatures that it is about. */
export function findUnexamined({ signatures }: VerificationReport): readonly string[] {
  const found = new Map<string, Set<number>>();
  const add = (what: string, index: number): void => void found.set(what, (found.get(what) ?? new Set()).add(index + 1));
  signatures.forEach(({ integrity, trust, changesAfter, look, revocations }, index) => {
    if (integrity === 'not-examined') add('Tính toàn vẹn', index);
    if (changesAfter.status === 'not-examined') add('Những thay đổi sau khi ký', index);
    if (look.status === 'not-compared' || (look.reason !== null && look.status !== 'nothing-later')) add(`Hình ảnh các trang${look.reason === null ? '' : `: ${lookReasons[look.reason]}`}`, index);
    if (trust.revocation === 'not-checked') {
      const reasons = [...new Set(revocations.flatMap(({ unasked }) => (unasked === null ? [] : [whyUnasked(unasked)])))];
      add(`Tình trạng thu hồi của chứng thư${reasons.length === 0 ? '' : `: ${reasons.slice(0, 3).join(' ')}`}`, index);
    }
  });
  const listed = [...found].slice(0, mostUnexamined);
  return listed.map(([what, indexes]) => `${what.replace(/\.$/, '')} (chữ ký ${listNumbers([...indexes])}).`);
}

/** `1–4, 7`. */
function listNumbers(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(', ');
}
