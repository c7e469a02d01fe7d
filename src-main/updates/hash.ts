import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ReleaseManifest } from '../../src-shared/protocol/update.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';

/** Whether the bytes from `start` to the file's end are the whole that was signed. Errors: `update.wrong-size`, `update.damaged`, `update.not-ready` for no file at all. */
export async function checkWhole(file: string, { sizeBytes, sha512 }: Pick<ReleaseManifest['file'], 'sizeBytes' | 'sha512'>, start = 0): Promise<Result<null>> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return fail('update.not-ready');
  if (found.size - start !== sizeBytes) return fail('update.wrong-size', { actual: found.size - start, expected: sizeBytes });
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file, { start, highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array);
  return hash.digest('base64') === sha512 ? ok(null) : fail('update.damaged');
}
