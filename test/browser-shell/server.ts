import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Door } from '../../src-shared/contract/index.ts';
import { createAdmission } from './admission.ts';
import { maxFrameBytes, serveDoor } from './door.ts';
import { sendFile } from './static-files.ts';

export type BrowserShell = {
  /** Carries a one-time secret that was not used yet: good for one opening, then the browser holds a cookie. Read it anew for another browser. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

export type BrowserShellOptions = {
  /** One door per window (WebSocket). */
  readonly connect: () => Door;
  /** What `bundleRenderer` made. */
  readonly rendererDir: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
};

/**
 * The desk in a browser, for machines without Electron's binary and for tests: the same renderer and the same backend over HTTP and a
 * WebSocket. Another program or page of this machine must not get in: loopback only, a one-time secret, Host and Origin checked.
 * Never packaged.
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    // 127.0.0.1, never a name: a name can be made to resolve elsewhere
    http.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const admission = createAdmission(`127.0.0.1:${port}`);

  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const answer = admission.admit(request);
    if (answer.kind === 'enter') {
      response.writeHead(303, { location: '/', 'set-cookie': answer.cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
    } else if (answer.kind === 'refused') {
      response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end(answer.sentence);
    } else {
      sendFile(options.rendererDir, request, response);
    }
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  http.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname !== '/door' || !admission.admitSocket(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (window) => serveDoor(options.connect(), window));
  });

  return {
    get url() {
      return `http://127.0.0.1:${port}/?secret=${admission.unusedSecret()}`;
    },
    close: () =>
      new Promise((resolve) => {
        for (const window of sockets.clients) window.terminate();
        sockets.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
