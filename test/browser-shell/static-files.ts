import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy, contentTypes } from '../../src-shared/page-policy.ts';

/** Sends a file of the renderer, with the policy that Electron's `app://` sends too. */
export function sendFile(rendererDir: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const file = findFile(rendererDir, pathname === '/' ? '/index.html' : pathname);
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end('Không có tệp này.');
    return;
  }
  response.writeHead(200, {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

/** Real paths are compared, so neither `..` nor a link leads out of the folder. */
function findFile(dir: string, pathname: string): string | null {
  try {
    const home = realpathSync(dir);
    const file = realpathSync(join(home, decodeURIComponent(pathname)));
    return file.startsWith(home + sep) && statSync(file).isFile() ? file : null;
  } catch (error) {
    // Not there, or a path that is none (%00, %ZZ)
    if (error instanceof Error) return null;
    throw error;
  }
}
