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

/**
 * The file that an address asks for, relative to the renderer's folder with `/` between its parts; null for a path that leads elsewhere.
 * A part is a plain name: no `..`, no backslash or colon (Windows' own separators and streams), nothing hidden.
 */
export function findAsset(pathname: string): string | null {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (decoded === '/') return 'index.html';
  const parts = decoded.split('/').slice(1);
  return decoded.startsWith('/') && parts.every((part) => /^[\w@-][\w.@+ -]*$/.test(part)) ? parts.join('/') : null;
}

/** The headers of every file that is served to the page. */
export function pageHeaders(asset: string): Readonly<Record<string, string>> {
  return {
    'content-type': contentTypes[asset.slice(asset.lastIndexOf('.'))] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
