const most = 50;

/**
 * A file's name as provinces ask for it: at most 50 characters, no marks, no signs (QĐ 161/2025/QĐ-UBND Ninh Bình). Its own name travels as its description.
 * `taken`: names already given in this package.
 */
export function axisFileName(name: string, taken: ReadonlySet<string>): string {
  const folded = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const plain = folded.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replaceAll(/^[._]+|[._]+$/g, '');
  const extension = extensionOf(plain);
  const stem = (extension === null ? plain : plain.slice(0, -extension.length - 1)).replaceAll(/[._]+$/g, '') || 'van_ban';
  const tail = extension === null ? '' : `.${extension}`;
  for (let count = 1; ; count += 1) {
    const suffix = `${count === 1 ? '' : `_${count}`}${tail}`;
    const found = `${stem.slice(0, most - suffix.length)}${suffix}`;
    if (!taken.has(found)) return found;
  }
}

/** Letters and digits after the last dot, at most ten; null when there is no such end. */
export function extensionOf(name: string): string | null {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1] ?? null;
}

/** The SDK's own names of types, which are no media types (domain §2.3). */
export function axisContentType(name: string): string {
  const types: Readonly<Record<string, string>> = { pdf: 'application/pdf', doc: 'application/doc', docx: 'application/docx', xls: 'application/xsl', xlsx: 'application/xslx' };
  return types[extensionOf(name)?.toLowerCase() ?? ''] ?? 'application/zip';
}

/** `<uuid>.<ext>`, the same for the same content: what is written twice is the same package. `sha256`: 64 hexadecimal digits. */
export function entryNameOf(sha256: string, name: string): string {
  const uuid = [8, 4, 4, 4, 12].reduce<readonly [readonly string[], number]>(([parts, at], size) => [[...parts, sha256.slice(at, at + size)], at + size], [[], 0])[0].join('-');
  return `${uuid}.${extensionOf(name)?.toLowerCase() ?? 'bin'}`;
}
