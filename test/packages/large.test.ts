import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openProfileStore } from '../../src-main/store/open.ts';
import { sha256 } from '../../src-shared/domain/ids.ts';
import { draftBody, newDocument, openOffice, people, personOf, signIn, tempDir } from '../server/office.ts';
import { bytesOf, feedOf, stationOver } from './support.ts';

const [smallMb, largeMb] = [2, 300];
const mostMb = 150;

test(`packing and taking in a scan of ${largeMb} MB needs at most ${mostMb} MB more than one of ${smallMb} MB does`, { skip: process.platform === 'linux' ? false : 'peak memory is read from /proc', timeout: 240_000 }, async (t) => {
  const small = await peaksFor(t, smallMb);
  const large = await peaksFor(t, largeMb);
  t.diagnostic(`peak: packing ${large.packing} MB (${small.packing} MB), taking in ${large.importing} MB (${small.importing} MB)`);
  // what is left of it is garbage that the collector has not come to yet: it does not grow with the file
  assert.ok(large.packing - small.packing <= mostMb && large.importing - small.importing <= mostMb);
});

async function peaksFor(t: TestContext, sizeMb: number): Promise<{ readonly packing: number; readonly importing: number }> {
  const dir = tempDir(t);
  const server = await openOffice(t, { dir });
  const client = await signIn(server.url, 'communeClerk');
  const profile = { dir: tempDir(t), key: randomBytes(32) };
  const opened = openProfileStore(profile);
  assert.ok(opened.ok);
  const station = stationOver(opened.value, client, server.url);
  assert.ok((await station.packages.prepare()).ok);
  const hash = createHash('sha256');
  assert.ok((await opened.value.blobs.put(scan(sizeMb, (part) => hash.update(part)))).ok);
  const document = newDocument();
  station.act(document, draftBody({ sha256: sha256.parse(hash.digest('hex')), sizeBytes: sizeMb << 20, fileName: 'quet.pdf', parent: null }));
  opened.value.close();

  const out = join(tempDir(t), 'goi.vtgoi');
  const packing = await child(['make', profile.dir, profile.key.toString('hex'), JSON.stringify(people.communeClerk.unit), JSON.stringify(personOf('communeClerk')), out]);
  assert.ok(statSync(out).size > sizeMb << 20);
  const importing = await child(['import', dir, out]);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted']]]);
  return { packing, importing };
}

async function* scan(sizeMb: number, seen: (part: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  // bytes that differ from piece to piece, without the time that true chance would take
  const part = bytesOf('large', 1 << 20);
  for (let n = 0; n < sizeMb; n += 1) {
    part.writeUInt32BE(n, 0);
    part.writeUInt32BE(n, 512 * 1024);
    const copy = Buffer.from(part);
    seen(copy);
    yield copy;
  }
}

/** Its peak, in MB. */
function child(args: readonly string[]): Promise<number> {
  const run = spawn(process.execPath, [join(import.meta.dirname, 'large-child.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  run.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  run.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve, reject) => run.on('close', (code) => (code === 0 ? resolve(Math.round(Number(stdout) / 1024)) : reject(new Error(stderr)))));
}
