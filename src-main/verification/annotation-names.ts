import { entryOf, isName, type PdfFile, type PdfObject } from '../pdf/index.ts';

/** What a clerk calls the annotations of ISO 32000-2 12.5.6. */
const names: Readonly<Record<string, string>> = {
  Text: 'ghi chú', FreeText: 'ô chữ', Stamp: 'con dấu hoặc hình đóng lên trang', Ink: 'nét vẽ tay', Link: 'liên kết', FileAttachment: 'tệp đính kèm', Highlight: 'vùng tô sáng', Underline: 'gạch chân', StrikeOut: 'gạch ngang chữ', Squiggly: 'gạch lượn sóng',
  Square: 'hình chữ nhật', Circle: 'hình tròn', Line: 'đường kẻ', Polygon: 'hình đa giác', PolyLine: 'đường gấp khúc', Popup: 'cửa sổ ghi chú', Caret: 'dấu chèn chữ', Redact: 'vùng che nội dung', Watermark: 'hình chìm',
  Sound: 'âm thanh', Movie: 'phim', Screen: 'khung phim', RichMedia: 'khung phim', '3D': 'hình ba chiều', PrinterMark: 'dấu in', TrapNet: 'dấu in', Projection: 'hình chiếu', Widget: 'ô biểu mẫu',
};

export function nameAnnotation(annotation: PdfObject): string {
  const subtype = entryOf(annotation, 'Subtype');
  if (subtype.kind !== 'name') return 'chú thích không rõ loại';
  return Object.hasOwn(names, subtype.value) ? (names[subtype.value] ?? '') : `chú thích loại ${subtype.value.slice(0, 40)}`;
}

/** The window of a note that is new too, and is reported itself. Of a note that was there before, it is a change of its own. */
export function isPopupOfNew(file: PdfFile, annotation: PdfObject, fresh: ReadonlySet<number>): boolean {
  const parent = entryOf(annotation, 'Parent');
  if (!isName(entryOf(annotation, 'Subtype'), 'Popup') || entryOf(annotation, 'AP').kind !== 'null' || parent.kind !== 'ref' || !fresh.has(parent.num)) return false;
  return !isName(entryOf(file.resolve(parent), 'Subtype'), 'Popup');
}
