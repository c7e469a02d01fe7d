import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ArchivedDossier, DossierPackageOptions } from '../../ports/printing.ts';
import { dossierXml, type NamedDocument } from './dossier-xml.ts';
import { officialPdf } from './pdf.ts';
import { officialXlsx } from './xlsx.ts';
import { zipLimits, zipStream, type ZipEntry } from './zip.ts';

/** A dossier with everything in it, as NĐ 30/2020 App VI III.4 asks: index as XML, PDF and XLSX, and the documents in the order of their time. */
export async function dossierPackage(dossier: ArchivedDossier, options: DossierPackageOptions): Promise<Result<AsyncIterable<Uint8Array>>> {
  const named = namePaths(dossier);
  const table = documentIndexOf(dossier, options);
  const made = async (name: string, bytes: Uint8Array, packed: boolean): Promise<ZipEntry> => ({ name, sizeBytes: bytes.length, sha256: null, packed, content: () => once(bytes) });
  const entries: readonly ZipEntry[] = [
    await made('index.xml', Buffer.from(dossierXml(dossier, named), 'utf8'), true),
    await made('muc-luc-van-ban.pdf', await officialPdf(table, { orientation: 'portrait', at: options.at }), false),
    await made('muc-luc-van-ban.xlsx', await officialXlsx(table), false),
    ...named.flatMap(({ document, paths }) => document.files.map(({ sizeBytes, sha256, content }, index): ZipEntry => ({ name: paths[index] ?? '', sizeBytes, sha256, packed: false, content }))),
    await made('sha256sum.txt', Buffer.from(hashList(named), 'utf8'), true),
  ];
  const bytes = entries.reduce((sum, { sizeBytes, name }) => sum + sizeBytes + 2 * name.length + 150, 0);
  if (bytes > zipLimits.bytes || entries.length > zipLimits.entries) return fail('dossier.too-large', { gigabytes: Math.ceil(bytes / 1e9), files: entries.length });
  return ok(zipStream(entries, options.at));
}

/** As `sha256sum -c` reads it, so that the files can be checked by a tool that every archive has. */
function hashList(named: readonly NamedDocument[]): string {
  return named.flatMap(({ document, paths }) => document.files.map(({ sha256 }, index) => `${sha256.toLowerCase()}  ${paths[index] ?? ''}\n`)).join('');
}

/** How long the signatures can be proven from the files alone, without a word more than is known. */
function signatureNotes({ documents }: ArchivedDossier): readonly string[] {
  const files = documents.flatMap((document) => document.files);
  const lasting = files.filter(({ signed }) => signed?.level === 'B-LTA').length;
  const shorter = files.filter(({ signed }) => signed !== null && signed.level !== null && signed.level !== 'B-LTA').length;
  const unsigned = files.filter(({ signed }) => signed?.level === null).length;
  const unknown = files.filter(({ signed }) => signed === null).length;
  return [
    ...(lasting > 0 ? [`${lasting} tệp có chữ ký số ở mức B-LTA, mang đủ thông tin để kiểm chứng lâu dài.`] : []),
    ...(shorter > 0 ? [`${shorter} tệp có chữ ký số chưa đạt mức B-LTA: có thể không kiểm chứng được nữa sau khi chứng thư hết hạn.`] : []),
    ...(unsigned > 0 ? [`${unsigned} tệp không có chữ ký số.`] : []),
    ...(unknown > 0 ? [`${unknown} tệp chưa được kiểm tra chữ ký số.`] : []),
  ];
}

/** `van-ban/NN-name.pdf`: plain ASCII for every system, none twice. NN: the document's ordinal. */
export function namePaths({ documents }: ArchivedDossier): readonly NamedDocument[] {
  const digits = Math.max(2, ...documents.map(({ docOrdinal }) => String(docOrdinal).length));
  const taken = new Set<string>();
  return documents.map((document) => ({
    document,
    paths: document.files.map(({ name }) => {
      const dot = name.lastIndexOf('.');
      const ending = dot > 0 ? slug(name.slice(dot + 1)).replaceAll('-', '').slice(0, 8) : '';
      const stem = `van-ban/${String(document.docOrdinal).padStart(digits, '0')}-${slug(dot > 0 ? name.slice(0, dot) : name).slice(0, 60).replace(/-$/, '') || 'tep'}`;
      const suffix = ending === '' ? '' : `.${ending}`;
      let path = `${stem}${suffix}`;
      for (let count = 2; taken.has(path); count += 1) path = `${stem}-${count}${suffix}`;
      taken.add(path);
      return path;
    }),
  }));
}

function slug(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** Mục lục văn bản, tài liệu: the seven columns of NĐ 30/2020 App V. */
export function documentIndexOf(dossier: ArchivedDossier, { parentBody, body, placeAndDate }: DossierPackageOptions): OfficialTable {
  let page = 1;
  return {
    parentBody, body, placeAndDate,
    title: 'MỤC LỤC VĂN BẢN, TÀI LIỆU', subtitle: `Hồ sơ số ${dossier.fileCode.fileNotation}: ${dossier.title}`,
    columns: [
      { title: 'STT', width: 5, align: 'center' }, { title: 'Số, ký hiệu', width: 13, align: 'left' }, { title: 'Ngày tháng', width: 11, align: 'center' }, { title: 'Tên loại và trích yếu nội dung', width: 36, align: 'left' },
      { title: 'Tác giả', width: 16, align: 'left' }, { title: 'Tờ/Trang số', width: 8, align: 'center' }, { title: 'Ghi chú', width: 9, align: 'left' },
    ],
    rows: dossier.documents.map((document) => {
      const from = page;
      page += document.pageAmount;
      const code = [document.codeNumber, document.codeNotation].filter((part) => part !== '').join('/');
      return [String(document.docOrdinal), code, dayOf(document.issuedDate), [document.typeName, document.subject].filter((part) => part !== '').join(' '), document.organName, document.pageAmount === 0 ? '' : String(from), document.description];
    }),
    notes: [`Mục lục này có ${dossier.documents.length} văn bản, tài liệu.`, ...signatureNotes(dossier)],
    signers: [],
  };
}

function dayOf(date: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return found === null ? date : `${found[3]}/${found[2]}/${found[1]}`;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
