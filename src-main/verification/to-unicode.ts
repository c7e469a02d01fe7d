/** What the codes of a font mean (9.10.3), by their bytes in hex: `0041`. `widths`: how many bytes a code has. */
export type UnicodeMap = { readonly widths: ReadonlySet<number>; readonly meanings: ReadonlyMap<string, string> };

const maxMeanings = 70_000;

/** A CMap is PostScript; what it maps stands in sections of hex strings, which are read wherever they are. */
export function readUnicodeMap(stream: Uint8Array): UnicodeMap {
  const widths = new Set<number>();
  const meanings = new Map<string, string>();
  const add = (code: string, meaning: string): void => {
    if (meanings.size < maxMeanings) meanings.set(code, meaning);
  };
  for (const [, kind = '', body = ''] of Buffer.from(stream).toString('latin1').matchAll(/begin(codespacerange|bfchar|bfrange)(.*?)end\1/gs)) {
    const tokens = body.match(/<[0-9A-Fa-f\s]*>|\[[^\]]*\]/g) ?? [];
    if (kind === 'codespacerange') for (const token of tokens) widths.add(digits(token).length / 2);
    else if (kind === 'bfchar') for (let i = 0; i + 1 < tokens.length; i += 2) add(digits(tokens[i]), letters(digits(tokens[i + 1])));
    else for (let i = 0; i + 2 < tokens.length; i += 3) addRange(digits(tokens[i]), digits(tokens[i + 1]), tokens[i + 2] ?? '', add);
  }
  return { widths, meanings };
}

/** `<0041> <0043> <0061>` counts up; `<0041> <0043> [<0061> <0078> <0079>]` names each. */
function addRange(first: string, last: string, meaning: string, add: (code: string, meaning: string) => void): void {
  const start = Number.parseInt(first || '0', 16);
  const count = Math.min(Number.parseInt(last || '0', 16) - start + 1, 65_536);
  const each = meaning.startsWith('[') ? (meaning.match(/<[0-9A-Fa-f\s]*>/g) ?? []) : null;
  const from = each === null ? letters(digits(meaning)) : '';
  for (let i = 0; i < Math.min(count, each?.length ?? count); i += 1) add((start + i).toString(16).padStart(first.length, '0'), each === null ? shifted(from, i) : letters(digits(each[i])));
}

function digits(token: string | undefined): string {
  return (token ?? '').replace(/[^0-9A-Fa-f]/g, '').toLowerCase();
}

/** UTF-16BE. */
function letters(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  return bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16().toString('utf16le');
}

/** Only the last unit counts up. */
function shifted(text: string, by: number): string {
  return text === '' ? '' : text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}
