import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sendFile } from '../test/browser-shell/static-files.ts';
import { pageBuild } from './bundle-renderer.ts';
import { findBrowser, hasDisplay } from './start/find-browser.ts';

const root = path.resolve(import.meta.dirname, '..');

const help = `npm run gallery [-- --port SỐ]
Mở trang bày mọi thành phần giao diện, đủ trạng thái, nền sáng và tối, tương phản, mật độ, cỡ chữ, hai thứ tiếng.
  --port SỐ   cổng trên máy này; không ghi thì máy tự chọn
  --help      phần này
`;

export type RunningGallery = { readonly url: string; readonly close: () => Promise<void> };

/** Bundles the gallery's page into `outDir` and serves it to this machine alone, under the policy that the desk has. `port` 0 is any free one. */
export async function serveGallery({ outDir, port }: { readonly outDir: string; readonly port: number }): Promise<RunningGallery> {
  await mkdir(outDir, { recursive: true });
  await build({ ...pageBuild(false), entryPoints: { main: 'src-renderer/gallery/main.tsx' }, outdir: outDir });
  await cp(path.join(root, 'src-renderer/gallery/index.html'), path.join(outDir, 'index.html'));
  await cp(path.join(root, 'src-renderer/icon.svg'), path.join(outDir, 'icon.svg'));
  const server = createServer((request, response) => {
    // A page elsewhere may point a name of its own at this machine; only our own names are answered
    const host = request.headers.host?.replace(/:\d+$/, '');
    if ((host === '127.0.0.1' || host === 'localhost') && (request.method === 'GET' || request.method === 'HEAD')) sendFile(outDir, request, response);
    else response.writeHead(403).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Opens a window where there is a screen; else the address is enough. */
function show(url: string): void {
  const browser = hasDisplay() ? findBrowser() : null;
  if (browser === null) return;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  spawn(browser, [...sandbox, url], { stdio: 'ignore' }).on('error', () => process.stderr.write(`Không mở được ${browser}; hãy mở địa chỉ trên bằng tay.\n`));
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, help: { type: 'boolean' } } });
  if (values.help === true) process.stdout.write(help);
  else if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) stop(`--port cần một số từ 0 đến 65535, không phải "${values.port}".`);
  else {
    const gallery = await serveGallery({ outDir: path.join(root, 'dist/gallery'), port: Number(values.port) }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) stop(`Cổng ${values.port} đang có chương trình khác dùng. Bỏ --port để máy tự chọn.`);
      throw error;
    });
    process.stdout.write(`Bộ thành phần: ${gallery.url}\nNhấn Ctrl+C để đóng.\n`);
    show(gallery.url);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gallery.close().then(() => process.exit(0)));
  }
}
