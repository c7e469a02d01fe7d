import { documentKinds } from './document.ts';

/**
 * State secrets never enter: QĐ 28/2018/QĐ-TTg Art 1.2 keeps them off the systems, NĐ 30/2020 Art 15.2, 16.3, 22.4 gives them numbers and registers of their
 * own under the law on state secrets. NĐ 30/2020 App I, box 10a: the mark stands in capitals in a box: TUYỆT MẬT, TỐI MẬT, MẬT.
 *
 * A mark is told from the word: bảo mật, bí mật nhà nước, mật khẩu, mật độ are what documents of every office are about. What only speaks of a mark
 * (“quản lý văn bản mật”, “đóng dấu MẬT”, a list of the three levels) is let in; what bears one is not. A document that was declassified but still
 * bears its mark is refused as well: no text that says how to tell it was read.
 */
export type SecrecyLevel = 'mat' | 'toi-mat' | 'tuyet-mat';
export type Secrecy = { readonly level: SecrecyLevel; readonly where: 'title' | 'notation' | 'page' };

export type SecrecyInput = {
  readonly title: string;
  /** Ký hiệu, with or without the number before it. */
  readonly notation: string;
  /** Lines as they stand on the page; null: there is no text (a scan), and nothing is known of it. */
  readonly firstPageText: string | null;
};

/** The mark that a document bears, or null. The title before the notation before the page. */
export function findSecrecy({ title, notation, firstPageText }: SecrecyInput): Secrecy | null {
  const inTitle = markOfTitle(plain(title));
  if (inTitle !== null) return { level: inTitle, where: 'title' };
  const inNotation = markOfNotation(plain(notation));
  if (inNotation !== null) return { level: inNotation, where: 'notation' };
  const onPage = firstPageText === null ? null : markOfPage(firstPageText.normalize('NFC').split(/[\r\n\f\v\u2028\u2029]+/u));
  return onPage === null ? null : { level: onPage, where: 'page' };
}

const mark = '(tuyệt\\s*mật|tối\\s*mật|mật)';
const markInCapitals = '(TUYỆT\\s*MẬT|TỐI\\s*MẬT|MẬT)';
const urgencyInCapitals = '(?:THƯỢNG KHẨN|KHẨN|HỎA TỐC|HOẢ TỐC)';
const edge = '(?<![\\p{L}\\p{M}\\p{N}])';
const edgeAfter = '(?![\\p{L}\\p{M}\\p{N}])';
const stroke = '[-–—−:.;,|/*]';
/** What comes before a mark that is only spoken of: “đóng dấu (Mật)”; “gửi tài liệu (Mật)” bears it. */
const spokenOf = /(?:dấu|độ|mức|cấp|loại|chữ|đóng)\s*$/iu;
const kinds = Object.values(documentKinds).map(({ name }) => name.normalize('NFC')).join('|');

const patterns = {
  whole: new RegExp(`^[\\s([{<«“"'*]*${mark}[\\s)\\]}>»”"'*.!]*$`, 'iu'),
  bracketed: new RegExp(`[([{<«]\\s*(?:độ\\s+)?${mark}\\s*[)\\]}>»]`, 'giu'),
  first: new RegExp(`^[\\s*]*(?:${urgencyInCapitals}\\s*${stroke}+\\s*)?${markInCapitals}\\s*${stroke}+`, 'u'),
  last: new RegExp(`^(.*?)\\s*[-–—−|*/.;]+\\s*${markInCapitals}[\\s.*]*$`, 'su'),
  typed: new RegExp(`^(?:${kinds})\\s+${mark}${edgeAfter}(?=\\s*(?:$|[,.:;(–—-]|(?:về|số|của|gửi|v/v|ngày)${edgeAfter}))`, 'iu'),
  another: new RegExp(`^\\s*(?:${stroke}|và|hoặc)*\\s*${mark}${edgeAfter}`, 'iu'),
  field: new RegExp(`${edge}độ mật\\s*:\\s*[("“]?${mark}${edgeAfter}(.*)$`, 'isu'),
  fieldLine: new RegExp(`^(?:mức )?độ mật\\s*:\\s*[("“]?${mark}[)"”.]?$`, 'iu'),
  inNotation: new RegExp(`(?:[([{]\\s*(?:(m)|${mark})\\s*[)\\]}]|${edge}${mark}${edgeAfter})`, 'iu'),
  atEnd: new RegExp(`${edge}${mark}\\s*$`, 'iu'),
  anywhere: new RegExp(`${edge}${mark}${edgeAfter}`, 'iu'),
} as const;

function markOfTitle(title: string): SecrecyLevel | null {
  const { whole, bracketed, first, last, typed, field, another, atEnd, anywhere } = patterns;
  // “Mật”, “(TỐI MẬT)”: the whole title
  const all = whole.exec(title);
  if (all !== null) return levelOf(all[1]);
  // “Độ mật: Mật” as a field; one that goes on with other levels is a list to choose from
  const filled = field.exec(title);
  if (filled !== null && !anywhere.test(filled[2] ?? '')) return levelOf(filled[1]);
  // in brackets of its own, whatever the case: “Báo cáo tình hình (Mật)”
  for (const found of title.matchAll(bracketed)) if (!spokenOf.test(title.slice(0, found.index))) return levelOf(found[1]);
  // in capitals at an edge, a stroke between it and the rest: “MẬT - Kế hoạch …”, “Kế hoạch … – TUYỆT MẬT”; not one of a list of levels
  const before = first.exec(title);
  if (before !== null && !another.test(title.slice(before[0].length))) return levelOf(before[1]);
  const after = last.exec(title);
  if (after !== null && !atEnd.test(after[1] ?? '') && !spokenOf.test(after[1] ?? '')) return levelOf(after[2]);
  // the type, then its mark: “Báo cáo mật về …”, “CÔNG VĂN TỐI MẬT số …”; “Báo cáo mật độ …” goes on with another word
  const named = typed.exec(title);
  return named === null || another.test(title.slice(named[0].length)) ? null : levelOf(named[1]);
}

/**
 * Neither NĐ 30/2020 Art 7 nor App I puts secrecy into a notation, and no text was read that does. Groups are abbreviations joined by `-` and `/`, so brackets or
 * a group `MẬT` can only be somebody's mark; `(M)` is taken for one, as the only bracketed letter with a meaning there.
 */
function markOfNotation(notation: string): SecrecyLevel | null {
  const found = patterns.inNotation.exec(notation);
  if (found === null) return null;
  return found[1] === undefined ? levelOf(found[2] ?? found[3]) : 'mat';
}

/** Lines of the head of a page, where boxes 1 to 10 are; what stands there is the document's, not its table's. */
const headLines = 14;

function markOfPage(pageLines: readonly string[]): SecrecyLevel | null {
  const lines = pageLines.map((line) => line.trim()).filter((line) => line !== '');
  const stamps = lines.flatMap((line, index) => {
    const before = plain((lines[index - 1] ?? '').slice(-longestCell));
    // columns side by side come as one line with a gap
    const whole = line.length > longestCell ? null : (stampOf(line, before) ?? fieldOf(line));
    if (whole !== null) return [{ level: whole, index }];
    return line.split(/\s{3,}|\t+/u).filter(({ length }) => length <= longestCell).flatMap((cell) => {
      const level = stampOf(cell, before) ?? fieldOf(cell);
      return level === null ? [] : [{ level, index }];
    });
  });
  const levels = new Set(stamps.map(({ level }) => level));
  if (levels.size <= 1) return stamps[0]?.level ?? null;
  // several levels on one page are a table or a form that speaks of them, but for what stands in the head; all three are a table even there
  const inHead = new Set(stamps.filter(({ index }) => index < headLines).map(({ level }) => level));
  if (inHead.size === 3) return null;
  return (['tuyet-mat', 'toi-mat', 'mat'] as const).find((level) => inHead.has(level)) ?? null;
}

const urgent = '(?:KHẨN|THƯỢNGKHẨN|HỎATỐC|HOẢTỐC)';
const stamp = new RegExp(`^(?:${urgent}[-–/]?)?(TUYỆTMẬT|TỐIMẬT|MẬT)(?:[-–/]?${urgent})?$`, 'u');
/** The words of the mark as the text of files from before Unicode gives them: TCVN3, then VNI. */
const olderSpellings: Readonly<Record<string, string>> = { TUYÖTMËT: 'TUYỆTMẬT', TÈIMËT: 'TỐIMẬT', MËT: 'MẬT', TUYEÄTMAÄT: 'TUYỆTMẬT', TOÁIMAÄT: 'TỐIMẬT', MAÄT: 'MẬT' };

/** No stamp is longer, its letters spaced out and boxed; what is longer is not looked at again and again. */
const longestCell = 120;

/** A cell that is nothing but the mark in capitals, be it boxed, spaced out or beside a degree of urgency. */
function stampOf(cell: string, lineBefore: string): SecrecyLevel | null {
  const bare = plain(cell).replace(/[\s|[\](){}_*+=•·]+/gu, '').replace(/^[-–—]+|[-–—.]+$/gu, '');
  const found = stamp.exec(olderSpellings[bare.toUpperCase()] ?? bare);
  if (found === null) return null;
  const words = found[1] ?? '';
  if (words !== 'MẬT') return levelOf(words);
  // the mark broken over two lines, and a heading broken before its last word
  if (/(?:^|\s)TUYỆT$/u.test(lineBefore)) return 'tuyet-mat';
  if (/(?:^|\s)TỐI$/u.test(lineBefore)) return 'toi-mat';
  return /(?:^|\s)(?:BÍ|BẢO|CƠ|GIẢI|ĐỘ|DẤU)$/iu.test(lineBefore) ? null : 'mat';
}

/** “Độ mật: Tối mật”, nothing else in the cell: a form with boxes to tick names more than one level, and says nothing. */
function fieldOf(cell: string): SecrecyLevel | null {
  const found = patterns.fieldLine.exec(plain(cell));
  return found === null ? null : levelOf(found[1]);
}

function levelOf(words: string | undefined): SecrecyLevel {
  const text = (words ?? '').toLowerCase();
  return text.startsWith('tuyệt') ? 'tuyet-mat' : text.startsWith('tối') ? 'toi-mat' : 'mat';
}

/** Composed, on one line, without what is not seen. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/\p{Cf}+/gu, '').normalize('NFC').replace(/\s+/gu, ' ').trim();
}
