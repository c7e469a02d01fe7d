import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { uploadResponse } from '../../src-shared/protocol/wire.ts';
import { commandOf, contentOf, draftBody, newDocument, openOffice, signIn } from './office.ts';
import { digestOf, readAll } from './reading.ts';

const fresh = { workflow: 0, assignment: 0 };

/** A disk of so many megabytes; null where none can be had (it takes root). */
function smallDisk(t: TestContext, megabytes: number): string | null {
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-'));
  const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]).status === 0;
  t.after(() => {
    if (mounted) spawnSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  return mounted ? dir : null;
}

test('on a full disk nothing is half-written, everyone is asked to come again, and all goes on when there is room', async (t) => {
  const dir = smallDisk(t, 6);
  if (dir === null) {
    t.skip('NO SMALL DISK: mounting one takes root on Linux');
    return;
  }
  const bugs: unknown[] = [];
  const server = await openOffice(t, { dir, shedding: null, log: (level, message, fields) => void (level === 'error' && bugs.push([message, fields])) });
  const clerk = await signIn(server.url, 'communeClerk');
  const content = await clerk.upload(randomBytes(1000));
  const kept = commandOf('communeClerk', newDocument(), fresh, draftBody(content));
  await clerk.push(kept);
  const large = randomBytes(1_500_000);
  const opened = uploadResponse.parse(await (await clerk.post('/v1/uploads', { sha256: contentOf(large).sha256, sizeBytes: large.length, base: null })).json());
  assert.ok(opened.state === 'open');

  const filler = path.join(dir, 'filler');
  // to the last page, and not a byte over: what a write cannot put down is left out of the file
  assert.throws(() => writeFileSync(filler, randomBytes(6 << 20)), /ENOSPC/);
  const patched = await clerk.patch(opened.upload, 0, large);
  assert.deepEqual([patched.status, (await patched.json() as { error: { code: string } }).error.code], [503, 'server.busy']);
  assert.ok(Number(patched.headers.get('retry-after')) > 0);
  const lost = Array.from({ length: 40 }, () => commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  const statuses: number[] = [];
  for (const command of lost) statuses.push((await clerk.post('/v1/push', { commands: [command] })).status);
  assert.ok(statuses.includes(503), 'the log of writes found no room');

  rmSync(filler);
  const answers = await clerk.push(...lost);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], ['applied']);
  const { held, digest } = await readAll(clerk);
  assert.deepEqual([...held.keys()].sort(), [kept, ...lost].map(({ document }) => document).sort());
  assert.equal(digest, digestOf(held));
  const head = await clerk.get(`/v1/uploads/${opened.upload}`, {}, { method: 'HEAD' });
  const offset = Number(head.headers.get('upload-offset'));
  assert.equal((await clerk.patch(opened.upload, offset, large.subarray(offset))).status, 204);
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(contentOf(large))));
  const got = Buffer.from(await (await clerk.get(`/v1/blobs/${contentOf(large).sha256}`)).arrayBuffer());
  assert.equal(createHash('sha256').update(got).digest('hex'), contentOf(large).sha256);
  await server.close();
  assert.deepEqual(bugs, []);
});
