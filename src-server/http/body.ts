import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../src-shared/result.ts';

/**
 * A small JSON body, never held beyond `limitBytes`, checked by its schema.
 * Errors: `upload.too-large`, `input.invalid` with the place.
 */
export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>, limitBytes: number): Promise<Result<T>> {
  const tooLarge = fail('upload.too-large', { limit: limitBytes / (1 << 20) });
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limitBytes) return tooLarge;
    parts.push(part);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    return fail('input.invalid', { where: 'json' });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail('input.invalid', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' });
}
