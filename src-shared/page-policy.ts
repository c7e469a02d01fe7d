/**
 * What a page of ours may do, sent as a header with every file by whoever serves the renderer (`app://` and the browser shell): a header
 * cannot be changed by a hostile document as a `<meta>` could.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  // pdf.js decodes images with WebAssembly; nothing is ever evaluated from text
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  // pages and pictures of documents are made in memory
  "img-src 'self' blob: data:",
  // a document's own fonts are given to the page as bytes, which no policy asks about
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** By ending. What is not here is `application/octet-stream`. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};
