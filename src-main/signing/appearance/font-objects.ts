import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { fontName, fontOf } from './fonts.ts';
import type { FontStyle } from './fonts.ts';
import { subsetTrueType } from './subset.ts';

/** The objects of one embedded font; `@@N@@` in them counts from `firstId`, whose object is the Type 0 font. */
export type FontObjects = readonly { readonly localId: number; readonly dict: string; readonly stream: Uint8Array | null; readonly value: string | null }[];

/** ISO 32000-2 9.7: Type 0 over CIDFontType2 with Identity-H, subset, with ToUnicode so that the number can be searched and copied. */
export function fontObjects(style: FontStyle, glyphs: ReadonlyMap<number, number>, firstId: number): FontObjects {
  const font = fontOf(style);
  const used = [...glyphs.keys()].sort((a, b) => a - b);
  const file = subsetTrueType(font, used);
  const name = `${tagOf(style, used)}+${fontName(style)}`;
  const packed = deflateSync(file);
  const unicode = deflateSync(Buffer.from(toUnicode(used, glyphs), 'latin1'));
  const [child, descriptor, fontFile, map] = [firstId + 1, firstId + 2, firstId + 3, firstId + 4];
  const widths = used.map((glyph) => `${glyph} [${font.widthOf(glyph)}]`).join(' ');
  // ISO 32000-2 table 121: serif 2, nonsymbolic 32, italic 64.
  const flags = 2 + 32 + (style === 'italic' ? 64 : 0);
  return [
    { localId: firstId, dict: '', stream: null, value: `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [@@${child}@@] /ToUnicode @@${map}@@ >>` },
    {
      localId: child,
      dict: '',
      stream: null,
      // Strings in hexadecimal: <41646F6265> is Adobe, <4964656E74697479> is Identity.
      value: `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry <41646F6265> /Ordering <4964656E74697479> /Supplement 0 >> /FontDescriptor @@${descriptor}@@ /CIDToGIDMap /Identity /DW 1000 /W [${widths}] >>`,
    },
    {
      localId: descriptor,
      dict: '',
      stream: null,
      value: `<< /Type /FontDescriptor /FontName /${name} /Flags ${flags} /FontBBox [${font.box.join(' ')}] /ItalicAngle ${font.italicAngle} /Ascent ${font.ascent} /Descent ${font.descent} /CapHeight ${font.capHeight} /StemV ${style === 'bold' ? 140 : 80} /FontFile2 @@${fontFile}@@ >>`,
    },
    { localId: fontFile, dict: `<< /Length1 ${file.length} /Filter /FlateDecode /Length ${packed.length} >>`, stream: packed, value: null },
    { localId: map, dict: `<< /Filter /FlateDecode /Length ${unicode.length} >>`, stream: unicode, value: null },
  ];
}

/** ISO 32000-2 9.9.2: six capitals name the subset; the same glyphs give the same name, so that a drawing can be repeated byte for byte. */
function tagOf(style: FontStyle, used: readonly number[]): string {
  const digest = createHash('sha256').update(`${style} ${used.join(' ')}`).digest();
  return String.fromCharCode(...[...digest.subarray(0, 6)].map((byte) => 65 + (byte % 26)));
}

function toUnicode(used: readonly number[], glyphs: ReadonlyMap<number, number>): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase();
  const line = (glyph: number): string => `<${hex(glyph)}> <${utf16Of(glyphs.get(glyph) ?? 0xfffd)}>`;
  const blocks: string[] = [];
  // ISO 32000-2 9.10.3, after Adobe technical note 5411: at most 100 lines a block.
  for (let at = 0; at < used.length; at += 100) {
    const lines = used.slice(at, at + 100).map(line);
    blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks.join('\n')}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n`;
}

function utf16Of(codePoint: number): string {
  return Buffer.from(String.fromCodePoint(codePoint), 'utf16le').swap16().toString('hex').toUpperCase();
}
