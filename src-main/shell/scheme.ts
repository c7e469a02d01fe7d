import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { findAsset, pageHeaders } from '../../src-shared/page-policy.ts';
import { appScheme, isOurPage } from './page.ts';

/** Before `ready`. `standard` gives the page an address with a host, `secure` WebAssembly and workers, `supportFetchAPI` pdf.js' own data. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: {
        standard: true, secure: true, supportFetchAPI: true,
        codeCache: true, // the page starts in half the time
        bypassCSP: false, // the policy is for us, too
        allowServiceWorkers: false, // a service worker would outlive an update
        corsEnabled: false, // no other origin has business here
        stream: false, allowExtensions: false,
      },
    },
  ]);
}

/** Serves the renderer's folder at `app://van-thu/`, and nothing beside it. */
export function serveAppScheme(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(appScheme, (request) => answerPage(rendererDir, request));
}

export async function answerPage(rendererDir: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  if (!isOurPage(request.url)) return refuse(403);
  const asset = findAsset(new URL(request.url).pathname);
  if (asset === null) return refuse(404);
  try {
    return new Response(await readFile(join(rendererDir, asset)), { headers: pageHeaders(asset) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))) return refuse(404);
    throw error;
  }
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: pageHeaders('') });
}
