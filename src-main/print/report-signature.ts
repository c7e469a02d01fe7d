import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { describeError, errorTexts, type ErrorCode } from '../../src-shared/errors.ts';
import type { RevocationReport, SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { colours } from './colours.ts';
import { plain, plainName } from './plain-text.ts';
import { age, changeWords, coverageWords, day, instant, integrityWords, levelWords, lookReasons, proofKinds, proofSources, shortVerdicts, standingWords, trustWords } from './report-words.ts';
import { drawSign, signColours } from './signs.ts';
import { factsTable, factWidth } from './tables.ts';

/** Beyond so many the rest is counted: the report that is attached has them all. */
const mostListed = 40;

/** One signature in full. `heading` stands above it, on the same page. */
export function signatureBlock(signature: SignatureReport, number: number, report: VerificationReport, heading: Content | null): Content {
  const { signer, verdict, trust, coverage, revision, place, problems } = signature;
  return {
    stack: [factsTable([
      ['Người ký', signer === null ? 'Không đọc được chứng thư của người ký' : { text: plainName(signer.commonName, 400), bold: true }],
      ['Cơ quan, tổ chức', signer === null || signer.organization === '' ? null : plain(signer.organization)],
      ['Thời điểm ký', timeOf(signature)],
      ['Tính toàn vẹn', `${integrityWords[signature.integrity]}. Phạm vi ký: ${coverageWords[coverage]} (lần lưu ${revision.index}/${revision.of}).`],
      ['Sau khi ký', changesOf(signature)],
      ['Hình ảnh các trang', lookOf(signature)],
      ['Chứng thư số', signer === null ? null : { stack: [`Nơi cấp: ${plain(signer.issuer)}`, `Hiệu lực: ${day(signer.notBefore)} – ${day(signer.notAfter)}`, { text: `Số hiệu: ${plain(signer.serial)}`, fontSize: 9.5 }, { text: `SHA-256: ${plain(signer.thumbprint)}`, fontSize: 9.5 }] }],
      ['Độ tin cậy', `${trustWords[trust.status]}. ${plain(trust.detail, 600)}`],
      ['Tình trạng thu hồi', revocationsOf(signature, report)],
      ['Mức chữ ký', `${levelWords[signature.level]}${signature.subFilter === '' ? '' : ` (${plain(signature.subFilter, 60)})`}`],
      ['Vị trí', `${place === null ? 'Không hiển thị trên trang' : `Trang ${place.page}`}${signature.field === '' ? '' : `; trường “${plain(signature.field, 120)}”`}`],
      ['Lưu ý', problems.length === 0 ? null : listOf(problems.map(({ message }) => plain(message, 600)))],
    ], { head: headOf(number, titleOf(signature), verdict, heading), keepRows: isShort(signature) })],
    fontSize: 11, lineHeight: 1.1, margin: [0, 6, 0, 8],
  };
}

/** No row of it could be longer than a page. */
function isShort({ changesAfter, problems, revocations }: SignatureReport): boolean {
  const length = (texts: readonly { readonly message: string }[]): number => texts.reduce((sum, { message }) => sum + Math.max(90, message.length), 0);
  return length(changesAfter.changes) < 2400 && length(problems) < 2400 && revocations.length < 8;
}

function headOf(number: number, title: string, verdict: SignatureReport['verdict'], heading: Content | null): TableCell {
  const line: Content = {
    columns: [
      { canvas: drawSign(verdict, 15), width: 22 },
      { text: [{ text: `${title} ${number}: ` }, { text: shortVerdicts[verdict], color: signColours[verdict] }], bold: true, fontSize: 12.5, width: factWidth },
    ],
    margin: [0, 0, 0, 2],
  };
  return { stack: heading === null ? [line] : [heading, line] };
}

function titleOf({ subFilter }: SignatureReport): string {
  return subFilter === 'ETSI.RFC3161' ? 'Dấu thời gian lưu trữ, số' : 'Chữ ký';
}

function timeOf({ time, subFilter }: SignatureReport): Content {
  if (time === null) return 'Không có';
  const how = time.proven ? (subFilter === 'ETSI.RFC3161' ? 'theo chính dấu thời gian này' : 'có dấu thời gian chứng minh') : 'do máy của người ký ghi, chưa có dấu thời gian chứng minh';
  return `${instant(time.at)} (${how})${time.claimed === undefined ? '' : `; máy của người ký ghi ${instant(time.claimed)}`}`;
}

function changesOf({ changesAfter: { status, changes } }: SignatureReport): Content {
  const head = `${changeWords[status]}.`;
  if (changes.length === 0) return head;
  return { stack: [head, listOf(changes.map(({ message, page, revision }) => describeChange(message, page, revision)))] };
}

/** Most sentences name their page themselves. */
function describeChange(message: string, page: number | null, revision: number | null): string {
  const where = [page === null || /trang \d/iu.test(message) ? null : `trang ${page}`, revision === null ? null : `lần lưu ${revision}`].filter((part) => part !== null);
  return where.length === 0 ? plain(message, 600) : `${plain(message, 600).replace(/\.$/, '')} (${where.join(', ')}).`;
}

function lookOf({ look: { status, reason, compared, pages } }: SignatureReport): Content | null {
  const why = reason === null ? '' : ` (${lookReasons[reason]})`;
  switch (status) {
    case 'nothing-later':
      return null;
    case 'same':
      return `Giống lúc ký ở cả ${compared} trang đã so${why}.`;
    case 'changed':
      return { text: `Khác lúc ký ở trang ${pages.slice(0, mostListed).map(({ page }) => page).join(', ')}${pages.length > mostListed ? ' …' : ''} (đã so ${compared} trang)${why}.`, bold: true };
    case 'not-compared':
      return compared > 0 ? `Mới so ${compared} trang${why}.` : `Chưa so với lúc ký${why}.`;
  }
}

function revocationsOf({ revocations, trust }: SignatureReport, { checkedAt }: VerificationReport): Content {
  if (revocations.length === 0) return trust.revocation === 'good' ? 'Chưa bị thu hồi.' : trust.revocation === 'revoked' ? 'Đã bị thu hồi.' : 'Chưa kiểm tra.';
  return listOf(revocations.map((each) => describeStanding(each, checkedAt)));
}

function describeStanding({ commonName, status, revokedAt, kind, source, thisUpdate, nextUpdate, unasked }: RevocationReport, checkedAt: string | null): string {
  const old = thisUpdate === null || checkedAt === null ? null : age(thisUpdate, checkedAt);
  const proof = [
    kind === null ? null : proofKinds[kind],
    source === null ? null : proofSources[source],
    thisUpdate === null ? null : `lập lúc ${instant(thisUpdate)}${old === null ? '' : `, trước khi kiểm tra ${old}`}`,
    nextUpdate === null ? null : `có giá trị đến ${instant(nextUpdate)}`,
  ].filter((part) => part !== null);
  const why = unasked === null ? '' : ` ${whyUnasked(unasked)}`;
  return `${plain(commonName, 120)}: ${standingWords[status].toLowerCase()}${revokedAt === null ? '' : ` lúc ${instant(revokedAt)}`}.${proof.length === 0 ? '' : ` ${proof.join(', ')}.`}${why}`;
}

/** A code of another version is shown as it is. */
export function whyUnasked(code: string): string {
  return code in errorTexts ? describeError({ code: code as ErrorCode }) : plain(code, 60);
}

function listOf(lines: readonly string[]): Content {
  const shown = lines.slice(0, mostListed);
  const rest = lines.length - shown.length;
  return { ul: [...shown, ...(rest > 0 ? [{ text: `… và ${rest.toLocaleString('vi')} mục nữa, ghi đủ trong tệp bao-cao.json.`, color: colours.quiet }] : [])], margin: [0, 1, 0, 0], markerColor: colours.quiet };
}
