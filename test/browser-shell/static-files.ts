import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { findAsset, pageHeaders } from '../../src-shared/page-policy.ts';

/** Sends a file of the renderer, with the headers that Electron's `app://` sends too. */
export function sendFile(rendererDir: string, request: IncomingMessage, response: ServerResponse): void {
  const asset = findAsset(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
  const file = asset === null ? null : findFile(rendererDir, asset);
  if (asset === null || file === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end('Không có tệp này.');
    return;
  }
  response.writeHead(200, { ...pageHeaders(asset), 'content-length': statSync(file).size, 'cache-control': 'no-store' });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

/** Real paths are compared, so no link leads out of the folder. */
function findFile(dir: string, asset: string): string | null {
  try {
    const home = realpathSync(dir);
    const file = realpathSync(join(home, asset));
    return file.startsWith(home + sep) && statSync(file).isFile() ? file : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
