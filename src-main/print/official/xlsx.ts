import type { CellObject, Row } from 'write-excel-file/node';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { fontOf } from '../../signing/appearance/fonts.ts';
import { wrapLines, type Measure } from './wrap.ts';

/** Of a cell (ECMA-376; Excel refuses more). */
const mostCharacters = 32_767;
/** Columns of A4 turned, at 11 pt of this type, in Excel's characters. */
const pageCharacters = 128;
/** No leading zero (a number of a register is a name), no sign, exact in a double. */
const plainInteger = /^(0|[1-9]\d{0,14})$/;
/** `1.234`, `98,5`, `+3`, `−0,4`. */
const amount = /^[+−]?\d{1,3}(?:\.\d{3})*(?:,\d)?$/;
/** Of 11 pt: a character of a column's width, less what the cell keeps free, and a line. Heights are told: not every program finds them out when it opens a file. */
const characterPt = 5.1;
const linePt = 14.4;
const borders = { borderStyle: 'thin', borderColor: '#000000' } as const;

/**
 * The table as a spreadsheet: what stands above it merged over its columns, the head frozen, filtered and repeated on printed pages of A4 turned. Texts stay
 * texts whatever they begin with; plain integers are numbers.
 */
export async function officialXlsx(table: OfficialTable): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node');
  const { columns, rows } = table;
  const sum = columns.reduce((all, { width }) => all + usable(width), 0);
  const widths = columns.map(({ width }) => Math.min(255, Math.max(7, Math.round((usable(width) / sum) * pageCharacters))));
  const measure = measureText();
  const heightOf = (texts: readonly string[]): number => Math.min(409, 3 + linePt * texts.reduce((most, text, at) => Math.max(most, text.length < 6 ? 1 : wrapLines(text.slice(0, 4000), (widths[at] ?? 7) * characterPt, measure).length), 1));
  const headHeight = heightOf(columns.map(({ title }) => title)) + linePt;
  const span = Math.max(1, columns.length);
  const across = (text: string, style: object): Row => [{ value: cellText(text), type: String, columnSpan: span, wrap: true, alignVertical: 'center', ...style }];
  const above: Row[] = [
    ...(table.parentBody === null || table.parentBody === '' ? [] : [across(table.parentBody.toLocaleUpperCase('vi'), {})]),
    across(table.body.toLocaleUpperCase('vi'), { fontWeight: 'bold' }),
    across(table.title, { fontWeight: 'bold', fontSize: 14, align: 'center', height: 24 }),
    ...(table.subtitle === '' ? [] : [across(table.subtitle, { align: 'center' })]),
    ...(table.placeAndDate === '' ? [] : [across(table.placeAndDate, { align: 'right', fontStyle: 'italic' })]),
    [null],
  ];
  const head: Row = columns.map(({ title }) => ({ value: cellText(title), type: String, height: headHeight, fontWeight: 'bold', align: 'center', alignVertical: 'center', wrap: true, ...borders }));
  const body = rows.map((row): Row => {
    const height = heightOf(columns.map((_, column) => row[column] ?? ''));
    return columns.map(({ align, amounts = false }, column) => ({ ...bodyCell(row[column] ?? '', align, amounts), height }));
  });
  const below: Row[] = [
    [null],
    ...table.notes.map((note) => across(note, {})),
    ...(table.signers.length === 0 ? [] : [[null] as Row, ...table.signers.map(({ title, name }) => across(name === '' ? title : `${title}: ${name}`, { fontWeight: 'bold' }))]),
  ];
  const headRow = above.length + 1;
  const sheet = sheetName(table.title);
  return write([...above, head, ...body, ...below], {
    sheet, orientation: 'landscape', stickyRowsCount: headRow,
    columns: widths.map((width) => ({ width })),
  }, { fontFamily: 'Times New Roman', fontSize: 11, features: [pageSetup(sheet, headRow, headRow + rows.length, span)] }).toBuffer();
}

function bodyCell(text: string, align: 'left' | 'center' | 'right', amounts: boolean): CellObject {
  const style = { align, alignVertical: 'top', wrap: true, ...borders } as const;
  if (amounts && amount.test(text)) {
    const digits = text.includes(',') ? '#,##0.0' : '#,##0';
    const value = Number(text.replaceAll('.', '').replace(',', '.').replace('−', '-'));
    return { value, type: Number, format: text.startsWith('+') ? `+${digits}` : digits, ...style };
  }
  return plainInteger.test(text) ? { value: Number(text), type: Number, format: '0', ...style } : { value: cellText(text), type: String, ...style };
}

/** XML 1.0 knows no control characters and no half pairs: each is named by U+FFFD, none is left out in silence. `_x0041_` would be read as a letter (ECMA-376 22.4.2.4). */
function cellText(text: string): string {
  const clean = text.toWellFormed().replaceAll(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD').replaceAll(/\r\n?/g, '\n').replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return clean.length <= mostCharacters ? clean : `${clean.slice(0, mostCharacters - 1).toWellFormed()}…`;
}

/** 31 characters, none of `[]:*?/\`, no apostrophe at either end (Excel's own rules). */
export function sheetName(title: string): string {
  const clean = title.toWellFormed().replaceAll(/[[\]:*?/\\\p{Cc}\uFFFD-\uFFFF]/gu, ' ').replaceAll(/\s+/g, ' ').slice(0, 31).toWellFormed().replaceAll('\uFFFD', '').replaceAll(/^['\s]+|['\s]+$/g, '');
  return clean === '' || /^history$/i.test(clean) ? 'Sổ' : clean;
}

function measureText(): Measure {
  const { glyphOf, widthOf } = fontOf('regular');
  const known = new Map<string, number>();
  const widthOfPoint = (character: string): number => {
    const found = known.get(character) ?? widthOf(glyphOf(character.codePointAt(0) ?? 0));
    known.set(character, found);
    return found;
  };
  return (text) => {
    let width = 0;
    for (const character of text) width += widthOfPoint(character);
    return (width / 1000) * 11;
  };
}

function usable(width: number): number {
  return Number.isFinite(width) && width > 0 ? width : 1;
}

/** What the library leaves to its callers: a filter on the head, A4 that is one page wide, margins of a bound book, the head again on each page. */
function pageSetup(sheet: string, headRow: number, lastRow: number, columns: number): { readonly files: { readonly transform: Record<'xl/workbook.xml' | 'xl/worksheets/sheet{id}.xml', { readonly transform: (xml: string) => string }> } } {
  const last = columnLetters(columns);
  const name = `'${sheet.replaceAll("'", "''")}'`.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const range = `$A$${headRow}:$${last}$${lastRow}`;
  const defined = `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${name}!${range}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">${name}!$${headRow}:$${headRow}</definedName></definedNames>`;
  return {
    files: {
      transform: {
        'xl/workbook.xml': { transform: (xml) => xml.replace(/<definedNames\/>|<definedNames>[\s\S]*<\/definedNames>/, '').replace('</sheets>', () => `</sheets>${defined}`) },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) => xml
            .replace(/(<worksheet[^>]*>)/, (start) => `${start}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
            .replace('</sheetData>', () => `</sheetData><autoFilter ref="${range.replaceAll('$', '')}"/>`)
            .replace(/<pageMargins[^>]*\/>/, '')
            .replace(/<pageSetup[^>]*\/>/, () => '<pageMargins left="1.18" right="0.59" top="0.79" bottom="0.79" header="0.4" footer="0.4"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter>'),
        },
      },
    },
  };
}

function columnLetters(column: number): string {
  return column <= 26 ? String.fromCharCode(64 + column) : `${columnLetters(Math.floor((column - 1) / 26))}${columnLetters(((column - 1) % 26) + 1)}`;
}
