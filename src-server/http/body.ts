import type { z } from 'zod';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { ServerRequest } from './call.ts';
import { decodeBody } from './coding.ts';

/**
 * A small JSON body, in one of the codings that we know, never held beyond `limitBytes`, coded or not; checked by its schema.
 * Errors: `upload.too-large`, `input.coding`, `input.invalid` with the place.
 */
export async function readJson<T>(request: Pick<ServerRequest, 'headers' | 'body'>, schema: z.ZodType<T>, limitBytes: number): Promise<Result<T>> {
  const tooLarge = fail('upload.too-large', { limit: limitBytes / (1 << 20) });
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    if (size > limitBytes) return tooLarge;
    parts.push(part);
  }
  const coded = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  const plain = decodeBody(request.headers['content-encoding'], coded, limitBytes);
  if (plain.kind === 'unknown') return fail('input.coding');
  if (plain.kind === 'too-large') return tooLarge;
  if (plain.kind === 'damaged') return fail('input.invalid', { where: 'coding' });
  let value: unknown;
  try {
    value = plain.kind === 'value' ? plain.value : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain.bytes));
  } catch {
    return fail('input.invalid', { where: 'json' });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail('input.invalid', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' });
}
