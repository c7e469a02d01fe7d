/** UTF-8 of text without lone surrogates (JSON's text has none). This room has no `TextEncoder`. */
export function appendUtf8(out: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00) code = 0x10000 + ((code - 0xd800) << 10) + (text.charCodeAt((at += 1)) - 0xdc00);
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

/** Throws for what is not UTF-8 (RFC 3629): overlong forms, surrogates and what breaks off included. */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to;) {
    const first = bytes[at] ?? 0;
    const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
    if (more < 0 || at + more >= to) throw new RangeError('not UTF-8');
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let each = 1; each <= more; each += 1) {
      const next = bytes[at + each] ?? 0;
      if ((next & 0xc0) !== 0x80) throw new RangeError('not UTF-8');
      code = (code << 6) | (next & 63);
    }
    const least = more === 2 ? 0x800 : more === 3 ? 0x10000 : 0;
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw new RangeError('not UTF-8');
    text += String.fromCodePoint(code);
    at += more + 1;
  }
  return text;
}
