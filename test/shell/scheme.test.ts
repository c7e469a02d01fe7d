import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { answerPage } from '../../src-main/shell/scheme.ts';
import { contentSecurityPolicy } from '../../src-shared/page-policy.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-scheme-'));
const rendererDir = join(dir, 'renderer');
mkdirSync(join(rendererDir, 'pdfjs', 'cmaps'), { recursive: true });
writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>');
writeFileSync(join(rendererDir, 'pdfjs', 'cmaps', 'UniGB-UTF16-H.bcmap'), 'map');
writeFileSync(join(dir, 'secret.txt'), 'not for the page');
after(() => rmSync(dir, { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => answerPage(rendererDir, { url, method });

test('the page and its files are served with the policy in their headers', async () => {
  const page = await get('app://van-thu/');
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(page.headers.get('content-security-policy'), contentSecurityPolicy);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(await (await get('app://van-thu/pdfjs/cmaps/UniGB-UTF16-H.bcmap')).text(), 'map');
});

test('the policy allows our own code, WebAssembly, and nothing that is evaluated, inline or elsewhere', () => {
  const rules = Object.fromEntries(contentSecurityPolicy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  assert.deepEqual(rules, {
    'default-src': "'none'", 'script-src': "'self' 'wasm-unsafe-eval'", 'style-src': "'self'", 'img-src': "'self' blob: data:", 'font-src': "'self'", 'connect-src': "'self'",
    'worker-src': "'self' blob:", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'",
  });
});

test('no path leads out of the folder', async () => {
  const paths = [
    '../secret.txt', '%2e%2e/secret.txt', '..%2fsecret.txt', '..%5csecret.txt', 'pdfjs/..%2f..%2fsecret.txt', 'pdfjs/%2e%2e%2f%2e%2e%2fsecret.txt', '/secret.txt', '//secret.txt',
    'C:%5csecret.txt', 'index.html::$DATA', 'index.html%00.png', '%zz', 'pdfjs', 'pdfjs/', 'index.html/', 'missing.js', '.made',
  ];
  for (const path of paths) assert.equal((await get(`app://van-thu/${path}`)).status, 404, path);
});

test('another host, another scheme and another method are refused', async () => {
  for (const url of ['app://other/', 'app://van-thu.attacker.example/', 'app://user@van-thu/', 'https://van-thu/', 'app:van-thu/']) assert.equal((await get(url)).status, 403, url);
  for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS']) assert.equal((await get('app://van-thu/', method)).status, 405, method);
});
