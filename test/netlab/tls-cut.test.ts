import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { createLine } from '../support/line.ts';
import { seedArrivals } from '../support/seed-arrivals.ts';
import { openOffice, tempDir } from '../server/office.ts';

type Line = Readonly<Record<string, unknown>>;

/** TLS before a server, as a province has it, with a certificate that the desk's Node is told of. */
async function openTls(dir: string, serverUrl: string) {
  const [key, pem] = [join(dir, 'key.pem'), join(dir, 'tls.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', pem, '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
  const relay = createTlsServer({ key: readFileSync(key), cert: readFileSync(pem) }, (near) => {
    const far = connect({ host: '127.0.0.1', port: Number(new URL(serverUrl).port) });
    near.pipe(far).pipe(near);
    for (const [one, other] of [[near, far], [far, near]] as const) one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  relay.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => void relay.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`, pem, close: () => new Promise((resolve) => relay.close(resolve)) };
}

test('a TLS line that is cut after every so many bytes, in the middle of records too, loses and doubles nothing', { timeout: 180_000 }, async (t) => {
  const server = await openOffice(t);
  const contents = await seedArrivals(server.url, 3, 90_000);
  const dir = tempDir(t);
  const tls = await openTls(dir, server.url);
  t.after(tls.close);
  const line = await createLine(tls.url);
  t.after(line.close);

  const desk = spawn(process.execPath, [join(import.meta.dirname, '../support/line-desk.ts'), join(dir, 'desk'), 'communeClerk', line.url.replace('http:', 'https:')], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_EXTRA_CA_CERTS: tls.pem } });
  t.after(() => void desk.kill('SIGKILL'));
  const here = new Set<string>();
  const all = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  createInterface({ input: desk.stdout }).on('line', (text) => {
    const said = JSON.parse(text) as Line;
    if (said['what'] === 'content') here.add(String(said['sha256']));
    if (here.size === contents.length) all.resolve();
    if (said['what'] === 'settled') settled.resolve();
  });

  // odd counts, so that a cut falls into a handshake, a head, a body and the middle of a record
  let cuts = 0;
  const cutting = (async () => {
    for (const bytes of [137, 901, 2711, 5003, 9001, 23_011, 40_009, 61_007]) {
      line.cutAfterBytes(bytes);
      await Promise.race([line.whenCut(), all.promise]);
      if (here.size === contents.length) return;
      cuts += 1;
      line.mend();
    }
  })();
  await all.promise;
  await cutting;
  assert.ok(cuts >= 6, `cut ${cuts} times`);
  line.mend();
  line.cutAfterBytes(6007);
  void line.whenCut().then(() => line.mend());
  desk.stdin.write(`${JSON.stringify({ do: 'draft', bytes: 50_000 })}\n`);
  await settled.promise;
});
