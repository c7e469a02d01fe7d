import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { PdfFile } from '../pdf/index.ts';
import type { TimestampPort } from '../ports/authorities.ts';
import type { ByteSource } from '../ports/bytes.ts';
import { createDraft } from '../signing/draft.ts';
import { listFields, type Field } from '../signing/form.ts';
import { readPage } from '../signing/open-for-signing.ts';
import { digestAround, hashInput } from '../signing/range-digest.ts';
import { fillGap, openGap, type Reserve } from '../signing/reserve.ts';
import { selfCheck } from '../signing/self-check.ts';
import { byteRangeText, type SignatureBody } from '../signing/signature-dictionary.ts';
import { addSignedField } from '../signing/signature-field.ts';
import { stampDigest, timestampReserveBytes } from '../signing/timestamp-attribute.ts';
import { readTimestamp, type Timestamp } from '../verification/timestamp.ts';

/** The first time, once with the room that the token needed, and once more should the next token be larger still. */
const maxRounds = 3;

export type Stamping = {
  readonly timestamp: TimestampPort;
  readonly signal: AbortSignal | undefined;
  /** Why a token that holds is still of no use here; null when it is. */
  readonly refuse?: (token: Timestamp) => AppError | null;
};

/**
 * One update with a document time-stamp (ISO 32000-2 12.8.5) over all before it, in an invisible field of its own.
 * Errors: the port's own, `timestamp.invalid` (`reason`: signature, usage, too large), those of `refuse`, `signing.self-check-failed`. Throws `AppFailure(pdf.broken)`.
 */
export async function writeDocumentTimestamp(source: ByteSource, file: PdfFile, { timestamp, signal, refuse }: Stamping): Promise<Result<Uint8Array>> {
  const draft = createDraft(file);
  const value = draft.allocate();
  const field = freeName(listFields(file, file.catalog));
  await addSignedField(draft, field, { page: readPage(file, 1), frame: null, drawing: null }, value);
  const reserve: Reserve = (contentsBytes) => {
    const body = timestampBody(contentsBytes);
    draft.putWritten(value, body.bytes);
    return { built: draft.build(), body, num: value.num };
  };
  const hashed = hashInput(source, 'sha256');
  let room = timestampReserveBytes;
  for (let round = 1; round <= maxRounds; round += 1) {
    const open = openGap(source, reserve(room));
    const digest = digestAround(hashed, open.tail, open.gap);
    const token = await stampDigest(timestamp, digest, signal);
    if (!token.ok) return token;
    const read = readTimestamp(token.value);
    // One that does not hold by itself would only make the file grow, with every try.
    if (!read.ok) return fail('timestamp.invalid', { reason: read.problems.includes('timestamp.wrong-usage') ? 'usage' : 'signature' });
    const refusal = refuse?.(read.timestamp) ?? null;
    if (refusal !== null) return { ok: false, error: refusal };
    if (token.value.length <= room) {
      fillGap(open, token.value);
      return selfCheck(file, source, open.tail, { field, range: open.range, digest, cms: token.value }) ? ok(open.tail) : fail('signing.self-check-failed');
    }
    room = Math.ceil((token.value.length + timestampReserveBytes / 8) / 256) * 256;
  }
  return fail('timestamp.invalid', { reason: 'too large' });
}

/** 12.8.5, table 260. No entry but /Contents is a string, so that an encrypted file needs nothing else here. */
function timestampBody(contentsBytes: number): SignatureBody {
  const head = '<</Type /DocTimeStamp\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/ByteRange ';
  const range = `[${' '.repeat(byteRangeText([0, 0, 0, 0]).length - 2)}]`;
  const between = '\n/Contents ';
  const contents = `<${'0'.repeat(contentsBytes * 2)}>`;
  const contentsAt = head.length + range.length + between.length;
  return {
    bytes: Buffer.from(`${head}${range}${between}${contents}>>`, 'latin1'),
    byteRange: { start: head.length, end: head.length + range.length },
    contents: { start: contentsAt, end: contentsAt + contents.length },
  };
}

/** `dau_thoi_gian_1`, `dau_thoi_gian_2`, …: a partial name may not be there twice, and holds no full stop (12.7.4.2). */
function freeName(fields: readonly Field[]): string {
  const taken = new Set(fields.flatMap(({ name }) => [name, name.split('.')[0] ?? name]));
  for (let i = 1; ; i += 1) if (!taken.has(`dau_thoi_gian_${String(i)}`)) return `dau_thoi_gian_${String(i)}`;
}
