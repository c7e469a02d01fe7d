import fc from 'fast-check';
import { headers, streamless, type FoundObject } from './pieces.ts';

/** A later revision that is written as it should be, its objects made of what the file has and of pieces of grammar. */
export type Revision = {
  readonly form: 'table' | 'stream';
  readonly objects: readonly Change[];
  /** Said after the trailer's own entries. */
  readonly trailer: string;
  readonly end: string;
};

type Change = {
  /** Which of the file's objects is replaced, or, past them, a new number. */
  readonly which: number;
  readonly what:
    | { readonly kind: 'copy'; readonly of: number }
    | { readonly kind: 'free' | 'same' }
    | { readonly kind: 'entry'; readonly entry: string }
    | { readonly kind: 'drop'; readonly key: number }
    | { readonly kind: 'body'; readonly body: string };
};

const share = 2 ** 20;
const place = fc.nat({ max: share - 1 });
const reference = fc.nat({ max: 40 }).map((num) => `${num} 0 R`);
const simple = fc.oneof(reference, fc.nat({ max: 999 }).map(String), fc.constantFrom('null', 'true', '(x)', '<00ff>', '/Sig', '/Tx', '/Page', '[0 0 600 800]', '[]', '<<>>'));
const keys = ['Type', 'Contents', 'Resources', 'MediaBox', 'CropBox', 'Annots', 'Kids', 'Count', 'Parent', 'Fields', 'AcroForm', 'V', 'AP', 'FT', 'T', 'Rect', 'P', 'F', 'Ff', 'DSS', 'Perms', 'OpenAction', 'AA', 'Names', 'Metadata', 'StructTreeRoot', 'OCProperties', 'Lang', 'Rotate', 'UserUnit', 'Lock', 'DA', 'DR', 'NeedAppearances', 'XFA', 'Extensions', 'Version', 'SigFlags', 'Subtype', 'MK', 'AS', 'Length', 'Filter', 'Certs', 'VRI'] as const;
const entry = fc.tuple(fc.constantFrom(...keys), fc.oneof(simple, fc.array(reference, { maxLength: 4 }).map((refs) => `[${refs.join(' ')}]`), fc.tuple(fc.constantFrom(...keys), simple).map(([key, value]) => `<</${key} ${value}>>`))).map(([key, value]) => `/${key} ${value}`);
const body = fc.oneof(
  simple,
  fc.array(entry, { maxLength: 6 }).map((entries) => `<<${entries.join(' ')}>>`),
  fc.constantFrom('<</Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (x) /DA (/Helv 9 Tf)>>', '<</Type /Annot /Subtype /Widget /FT /Sig /T (moi) /Rect [0 0 590 840] /F 4>>', '<</Type /Annot /Subtype /Widget /FT /Sig /T (moi) /Rect [0 0 0 0] /F 4>>', '<</Type /DSS /Certs []>>', '<</Length 9>>\nstream\n0 0 9 9 re\nendstream', '<</Length 10 /Type /ObjStm /N 1 /First 4>>\nstream\n3 0  null  \nendstream'),
);

export const revisionArbitrary: fc.Arbitrary<Revision> = fc.record({
  form: fc.constantFrom('table' as const, 'stream' as const),
  objects: fc.array(fc.record({
    which: fc.nat({ max: Math.floor(share * 1.1) }),
    what: fc.oneof(
      fc.record({ kind: fc.constant('copy' as const), of: place }),
      fc.record({ kind: fc.constantFrom('free' as const, 'same' as const) }),
      fc.record({ kind: fc.constant('entry' as const), entry }),
      fc.record({ kind: fc.constant('drop' as const), key: place }),
      fc.record({ kind: fc.constant('body' as const), body }),
    ),
  }), { maxLength: 4 }),
  trailer: fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: entry }),
  end: fc.constantFrom('\n', '\n', '', '\r\n', ' ', '\n\n'),
});

export function appendRevision(bytes: Buffer, revision: Revision): Buffer {
  const latest = new Map<number, FoundObject>();
  for (const object of headers(bytes)) latest.set(object.num, object);
  const known = [...latest.values()];
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 1024));
  const prev = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? 0);
  const trailer = lastTrailer(bytes.toString('latin1'));
  const size = Math.max(1, ...[...bytes.toString('latin1').matchAll(/\/Size\s+(\d{1,6})\b/g)].map((match) => Number(match[1])));
  const chunks: string[] = ['\n'];
  let at = bytes.length + 1;
  const push = (text: string): number => {
    chunks.push(text);
    at += text.length;
    return at - text.length;
  };
  const rows = new Map<number, { readonly at: number; readonly gen: number } | 'free'>();
  revision.objects.forEach(({ which, what }, i) => {
    const target = known[Math.floor((which / share) * known.length)];
    const num = target?.num ?? size + i;
    if (rows.has(num)) return;
    if (what.kind === 'free') rows.set(num, 'free');
    else rows.set(num, { at: push(`${num} ${target?.gen ?? 0} obj\n${bodyOf(bytes, target, what, known)}\nendobj\n`), gen: target?.gen ?? 0 });
  });
  const entries = `${trailer} /Prev ${prev} ${revision.trailer}`;
  const top = Math.max(size, ...[...rows.keys()].map((num) => num + 1)) + 1;
  if (revision.form === 'table') {
    const start = push(`xref\n0 1\n0000000000 65535 f\r\n`);
    for (const [num, row] of [...rows].filter(([num]) => num > 0).sort(([a], [b]) => a - b)) push(`${num} 1\n${row === 'free' ? '0000000000 00001 f' : `${String(row.at).padStart(10, '0')} ${String(row.gen).padStart(5, '0')} n`}\r\n`);
    push(`trailer\n<<${entries} /Size ${top}>>\nstartxref\n${start}\n%%EOF${revision.end}`);
  } else {
    const own = top - 1;
    rows.set(own, { at, gen: 0 });
    const sorted = [...rows].sort(([a], [b]) => a - b);
    const data = sorted.map(([, row]) => (row === 'free' ? '00000000000001' : `01${row.at.toString(16).padStart(8, '0')}${row.gen.toString(16).padStart(4, '0')}`)).join('');
    const start = push(`${own} 0 obj\n<</Type /XRef /W [1 4 2] /Index [${sorted.map(([num]) => `${num} 1`).join(' ')}] ${entries} /Size ${top} /Length ${data.length / 2}>>\nstream\n${Buffer.from(data, 'hex').toString('latin1')}\nendstream\nendobj\n`);
    push(`startxref\n${start}\n%%EOF${revision.end}`);
  }
  return Buffer.concat([bytes, Buffer.from(chunks.join(''), 'latin1')]);
}

/** What the last trailer, or cross-reference stream, hands on. */
function lastTrailer(text: string): string {
  const last = (key: string): string => {
    const found = [...text.matchAll(new RegExp(`/${key}\\s*(\\d+\\s+\\d+\\s+R|\\[[^\\]]*\\])`, 'g'))].at(-1);
    return found === undefined ? '' : `/${key} ${found[1]}`;
  };
  return ['Root', 'Info', 'ID', 'Encrypt'].map(last).join(' ');
}

function bodyOf(bytes: Buffer, target: FoundObject | undefined, what: Exclude<Change['what'], { readonly kind: 'free' | 'same' }> | { readonly kind: string }, known: readonly FoundObject[]): string {
  const own = target === undefined ? '<<>>' : streamless(bytes, target).trim();
  const change = what as Change['what'];
  switch (change.kind) {
    case 'copy': {
      const from = known[Math.floor((change.of / share) * known.length)];
      return from === undefined ? 'null' : bytes.toString('latin1', from.body, from.end - 'endobj'.length).trim();
    }
    case 'entry': {
      const key = change.entry.split(' ')[0] ?? '';
      const rest = own.replace(new RegExp(`${key}\\s*(?:\\d+ \\d+ R|\\[[^\\]]*\\]|\\([^)]*\\)|/?[^/<>[\\]()\\s]+)`), '');
      return rest.startsWith('<<') ? `<<${change.entry} ${rest.slice(2)}` : `<<${change.entry}>>`;
    }
    case 'drop': {
      const entries = [...own.matchAll(/\/[A-Za-z]+\s*(?:\d+ \d+ R|\[[^\]]*\]|\([^)]*\)|\/?[^/<>[\]()\s]+)/g)];
      const gone = entries[Math.floor((change.key / share) * entries.length)];
      return gone === undefined ? own : own.slice(0, gone.index) + own.slice(gone.index + gone[0].length);
    }
    case 'body': return change.body;
    default: return target === undefined ? '<<>>' : bytes.toString('latin1', target.body, target.end - 'endobj'.length).trim();
  }
}
