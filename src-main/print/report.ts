import { createHash } from 'node:crypto';
import type { Content } from 'pdfmake/interfaces.js';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { AboutDocument, ReportPrinter } from '../ports/printing.ts';
import { colours } from './colours.ts';
import { printDocument } from './kit.ts';
import { paperOf } from './paper.ts';
import { plain } from './plain-text.ts';
import { evidenceFiles, type ReportFile } from './report-files.ts';
import { describeDocument, documentFacts, examinationFacts, letterhead, signatureTable, titleOf, verdictPanel } from './report-front.ts';
import { signatureBlock } from './report-signature.ts';
import { drawPages, drawTimeline } from './sketches.ts';
import { gridTable } from './tables.ts';

export const reportFileName = 'bao-cao.json';

/**
 * The report of a verification on paper, for a file or a cabinet: Phiếu kiểm tra chữ ký số. Attached: the report itself and what it leans on. Made anew
 * whenever it is asked for; the same report gives the same bytes (ADR 0016).
 */
export function createReportPrinter(): ReportPrinter {
  return async (report, about, evidence) => {
    const files = [jsonFile(report, about), ...evidenceFiles(report, evidence)];
    return printDocument({
      title: `Phiếu kiểm tra chữ ký số: ${describeDocument(about)}`,
      subject: `Kết quả kiểm tra chữ ký số trên tệp ${plain(about.fileName, 160)}`,
      creator: report.program === '' ? 'Văn Thư' : `Văn Thư ${plain(report.program, 40)}`,
      at: dateOf(report.checkedAt),
      orientation: 'portrait',
      content: compose(report, about, files),
      foot: (page, pages) => footOf(report, page, pages),
      files,
    });
  };
}

function compose(report: VerificationReport, about: AboutDocument, files: readonly ReportFile[]): readonly Content[] {
  const { width } = paperOf('portrait');
  const { signatures } = report;
  const timeline = drawTimeline(report, width);
  const pages = drawPages(report);
  let count = 0;
  /** A heading is never left alone at the foot of a page: what is short is kept together, tables take it into their head. */
  const heading = (title: string): Content => ({ text: `${(count += 1)}. ${title}`, bold: true, fontSize: 13, lineHeight: 1.15, margin: [0, 10, 0, 4] });
  const short = (title: string, content: Content | null): readonly Content[] => (content === null ? [] : [{ unbreakable: true, stack: [heading(title), content] }]);
  return [
    letterhead(about, report), titleOf(about), verdictPanel(report),
    ...short('Văn bản được kiểm tra', documentFacts(about, report)),
    ...(signatures.length === 0 ? [] : [signatureTable(report, heading('Các chữ ký'))]),
    ...short('Các lần lưu của tệp', timeline),
    ...short('Chữ ký ở đâu trên trang', pages),
    ...short('Việc kiểm tra', examinationFacts(report)),
    ...signatures.map((signature, index) => signatureBlock(signature, index + 1, report, index === 0 ? heading('Từng chữ ký') : null)),
    filesTable(files, heading('Tệp đính kèm trong phiếu này')),
  ];
}

function filesTable(files: readonly ReportFile[], heading: Content): Content {
  const note: Content = { text: 'Bản PDF của phiếu mang theo những tệp sau (mục Tệp đính kèm, hình cái kẹp giấy, của chương trình đọc PDF). Ai cũng kiểm tra lại được bằng chương trình khác.', fontSize: 11, margin: [0, 0, 0, 4] };
  return gridTable(
    [{ title: 'Tệp', width: 132 }, { title: 'Nội dung', width: 88 }, { title: 'SHA-256', width: null }],
    files.map(({ name, description, sha256 }) => [name, description, { text: sha256, fontSize: 7 }]),
    { fontSize: 9.5, heading: { stack: [heading, note] } },
  );
}

function footOf({ file, checkedAt }: VerificationReport, page: number, pages: number): Content {
  const { left, right } = paperOf('portrait');
  const what = [file.sha256 === null ? null : `SHA-256: ${plain(file.sha256, 64)}`, checkedAt === null ? null : `kiểm tra ${localInstant(checkedAt)}`].filter((part) => part !== null).join(' · ');
  return {
    margin: [left, 14, right, 0], fontSize: 7, color: colours.quiet,
    columns: [{ text: what, width: paperOf('portrait').width - 60 }, { text: `Trang ${page}/${pages}`, width: 60, alignment: 'right' }],
  };
}

function jsonFile(report: VerificationReport, { kept }: AboutDocument): ReportFile {
  const bytes = Buffer.from(kept ?? JSON.stringify(report), 'utf8');
  return { name: reportFileName, bytes, mediaType: 'application/json', description: 'Kết quả kiểm tra', relationship: 'Source', sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** ISO 8601 with the zone of Vietnam (QĐ 28/2018 Art 14.4). */
function localInstant(at: string): string {
  const date = dateOf(at);
  return date === null ? plain(at, 24) : `${new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

function dateOf(at: string | null): Date | null {
  const date = at === null ? null : new Date(at);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
