import { SaxesParser } from 'saxes';
import { readUtf8 } from '../protocol/utf8.ts';
import { joinBytes } from './base64.ts';
import type { XmlEvent } from './canonical.ts';
import type { ReadLimits } from './limits.ts';
import { PackageFault } from './refusal.ts';

export type XmlName = { readonly uri: string; readonly local: string };
export type XmlScanner = {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
  /** Path of the open element and the place in bytes, for a refusal. */
  readonly where: () => string;
};

const less = 0x3c;
const greater = 0x3e;
const ampersand = 0x26;
const semicolon = 0x3b;

/**
 * Strict XML 1.0 with namespaces, in UTF-8, as events, in memory that does not grow with what an element holds: the text of elements that `isData`
 * names goes past the parser and comes out as it comes in. No DOCTYPE, and so no entities beyond the five of XML 1.0 4.6. Throws `PackageFault`.
 */
export function createXmlScanner(limits: ReadLimits, isData: (path: readonly XmlName[]) => boolean, emit: (event: XmlEvent) => void): XmlScanner {
  const path: XmlName[] = [];
  let total = 0;
  let markup = 0;
  let elements = 0;
  let told = 0; // events so far
  let dataDepth = 0; // 0: not inside an element of data
  let inMarkup = false; // inside such an element: between `<` and the event that it becomes
  let afterReturn = false;
  let reference: number[] | null = null;
  let carried: Uint8Array = new Uint8Array(0);

  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('error', (fault) => {
    throw new PackageFault(reasonOf(fault.message), where());
  });
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== undefined && version !== '1.0') throw new PackageFault('phiên bản XML không được hỗ trợ', where());
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw new PackageFault('bảng mã không phải UTF-8', where());
  });
  parser.on('doctype', () => {
    throw new PackageFault('có khai báo DOCTYPE, không được phép', where());
  });
  parser.on('opentag', ({ name, prefix, local, uri, attributes }) => {
    const list = Object.values(attributes);
    elements += 1;
    path.push({ uri, local });
    if (dataDepth > 0) throw new PackageFault('nội dung tệp đính kèm có phần tử lạ', where());
    if (path.length > limits.depth || elements > limits.elements) throw new PackageFault('cấu trúc quá sâu hoặc quá nhiều phần tử', where());
    if (list.length > limits.attributesPerElement) throw new PackageFault('phần tử có quá nhiều thuộc tính', where());
    if (list.some(({ value }) => value.length > limits.attributeCharacters)) throw new PackageFault('thuộc tính quá dài', where());
    tell({ at: 'open', name, prefix, local, uri, attributes: list });
    if (isData(path)) dataDepth = path.length;
  });
  parser.on('closetag', ({ name }) => {
    if (path.length === dataDepth) dataDepth = 0;
    tell({ at: 'close', name });
    path.pop();
  });
  parser.on('text', tellText);
  parser.on('cdata', tellText);
  parser.on('comment', (text) => tell({ at: 'comment', text }));
  parser.on('processinginstruction', ({ target, body }) => tell({ at: 'instruction', target, body }));

  return {
    where,
    push(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (dataDepth > 0 && !inMarkup) at = reference === null ? readData(bytes, at) : readReference(bytes, at, reference);
        else {
          const found = bytes.indexOf(greater, at);
          const end = found < 0 ? bytes.length : found + 1;
          const before = told;
          parse(bytes.subarray(at, end));
          // a `>` may also stand inside a comment; only an event ends what `<` began
          if (told > before) inMarkup = false;
          total += end - at;
          at = end;
        }
        if (total > limits.packageBytes) throw new PackageFault('gói tin quá lớn', where());
      }
    },
    end() {
      if (carried.length > 0) throw new PackageFault('có byte không phải UTF-8', where());
      if (total === 0) throw new PackageFault('gói tin rỗng', where());
      parser.close();
    },
  };

  function where(): string {
    return `${path.map(({ local }) => local).join('/') || 'gói tin'} (byte ${total})`;
  }

  function tell(event: XmlEvent): void {
    told += 1;
    emit(event);
  }

  function tellText(text: string): void {
    if (text.length > limits.textCharacters) throw new PackageFault('nội dung phần tử quá dài', where());
    tell({ at: 'text', text });
  }

  function parse(piece: Uint8Array): void {
    markup += piece.length;
    if (markup > limits.markupBytes) throw new PackageFault('phần đầu gói tin quá lớn', where());
    const all = carried.length === 0 ? piece : joinBytes([carried, piece]);
    const whole = all.length - brokenOff(all);
    carried = all.slice(whole);
    // the mark of byte order is no part of the document (XML 1.0 4.3.3)
    const from = total === 0 && all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf ? 3 : 0;
    let text: string;
    try {
      text = readUtf8(all, Math.min(from, whole), whole);
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault;
      throw new PackageFault('có byte không phải UTF-8', where());
    }
    if (text !== '') parser.write(text);
  }

  function readData(bytes: Uint8Array, from: number): number {
    let end = from;
    let returns = false;
    for (; end < bytes.length; end += 1) {
      const byte = bytes[end]!;
      if (byte === less || byte === ampersand) break;
      if (byte === 0x0d) returns = true;
    }
    total += end - from;
    if (end > from) {
      const run = returns || afterReturn ? oneLineEnd(bytes.subarray(from, end)) : bytes.slice(from, end);
      if (run.length > 0) tell({ at: 'data', bytes: run });
    }
    if (end < bytes.length) {
      afterReturn = false;
      if (bytes[end] === less) inMarkup = true;
      else {
        reference = [];
        total += 1;
        return end + 1;
      }
    }
    return end;
  }

  /** XML 1.0 2.11: every end of line is one line feed. */
  function oneLineEnd(run: Uint8Array): Uint8Array {
    const out = new Uint8Array(run.length);
    let size = 0;
    for (const byte of run) {
      if (!(byte === 0x0a && afterReturn)) {
        out[size] = byte === 0x0d ? 0x0a : byte;
        size += 1;
      }
      afterReturn = byte === 0x0d;
    }
    return out.subarray(0, size);
  }

  /** A character by its number: writers that sign put `&#13;` at the ends of Base64's lines. */
  function readReference(bytes: Uint8Array, from: number, name: number[]): number {
    let at = from;
    for (; at < bytes.length && bytes[at] !== semicolon; at += 1) {
      name.push(bytes[at]!);
      if (name.length > 8) throw new PackageFault('nội dung tệp đính kèm không phải Base64', where());
    }
    total += at - from;
    if (at === bytes.length) return at;
    const found = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/.exec(String.fromCharCode(...name));
    const code = found === null ? 0 : found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16);
    if (code >= 0x80 || (code < 0x20 && code !== 9 && code !== 10 && code !== 13)) throw new PackageFault('nội dung tệp đính kèm không phải Base64', where());
    reference = null;
    total += 1;
    tell({ at: 'text', text: String.fromCharCode(code) });
    return at + 1;
  }
}

/** Bytes at the end that begin a character without ending it. */
function brokenOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** The parser speaks English to developers; the sender reads Vietnamese. */
function reasonOf(message: string): string {
  if (message.includes('unbound namespace prefix')) return 'tiền tố tên phần tử chưa được khai báo (xmlns)';
  if (message.includes('entity')) return 'có thực thể XML không được phép';
  if (message.includes('text data outside of root') || message.includes('must start with')) return 'có ký tự lạ ngoài phần tử gốc';
  if (message.includes('unclosed') || message.includes('document must contain a root')) return 'gói tin bị cụt';
  if (message.includes('duplicate attribute')) return 'phần tử có hai thuộc tính trùng tên';
  return 'không phải XML đúng chuẩn';
}
