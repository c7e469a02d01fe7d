import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openProvince } from '../../src-server/server.ts';
import { bookLease } from '../../src-shared/protocol/wire.ts';
import { boxAt, government, letter, packageOf } from './gateway-box.ts';
import { commandOf, commune, connect, draftBody, isTold, newDocument, outgoingBook, password, people, personOf, tempDir, type Who } from './office.ts';

const sizeMb = 300;
/** Above what the server needs for itself (measured below, before the package comes): the document never lies in memory. */
const mostMb = 200;
/** A whole number of Base64 groups, so that pieces stand behind one another. */
const piece = 3 << 18;

/** Bytes that do not get smaller, the same each time: a counter under SHA-256, spread. */
function bytesAt(index: number): Buffer {
  const seed = createHash('sha256').update(String(index)).digest();
  const bytes = Buffer.alloc(piece);
  for (let at = 0; at < piece; at += 32) {
    bytes.set(seed, at);
    bytes.writeUInt32LE((at * 2_654_435_761 + index) >>> 0, at);
  }
  if (index === 0) bytes.write('%PDF-1.7\n');
  return bytes;
}

const peakMb = (pid: number): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
const linux = process.platform === 'linux' ? false : 'the peak of a process is read from /proc';

test(`${sizeMb} MB come in over the axis and go out again, in memory that does not grow with them`, { skip: linux }, async (t) => {
  const dir = tempDir(t);
  const office = await openProvince({ dir: path.join(dir, 'server') });
  for (const each of [commune, government]) await office.core.admin.addOrganization(each);
  for (const who of ['communeClerk', 'communeLeader'] as const satisfies Who[]) await office.core.admin.addPerson({ person: personOf(who), user: people[who].user, password, unit: commune.code, role: people[who].role });
  await office.core.close();
  await office.storage.close();
  const box = boxAt(path.join(dir, 'axis'));
  const config = path.join(dir, 'server.json');
  writeFileSync(config, JSON.stringify({ dir: path.join(dir, 'server'), listen: { port: 0 }, axis: { units: ['H48'], pollSeconds: 1, channel: { kind: 'folder', dir: box.dir, settleSeconds: 0 } } }));
  const child = spawn('resources/server/van-thu-server', ['serve', '--config', config], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, VAN_THU_NODE: process.execPath } });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = await new Promise<string>((resolve) => createInterface(child.stdout).on('line', (line) => {
    const entry = JSON.parse(line) as { readonly message: string; readonly url?: string };
    if (entry.message === 'listening' && entry.url !== undefined) resolve(entry.url);
  }));
  const pid = child.pid ?? assert.fail();

  // a small one first: what the server needs for itself
  assert.equal(await box.taken('small', await packageOf(letter())), 'done');
  const beforeMb = peakMb(pid);

  const pieces = Math.ceil((sizeMb << 20) / piece);
  const sent = letter({ title: 'Một bản quét rất lớn' });
  const mould = (await packageOf(sent)).toString();
  const [head, tail] = [/^[\s\S]*?<edXML:ContentTransferEncoded>/.exec(mould)?.[0] ?? '', /<\/edXML:ContentTransferEncoded>[\s\S]*$/.exec(mould)?.[0] ?? ''];
  const part = path.join(box.dir, 'in', '.large.part');
  mkdirSync(path.dirname(part), { recursive: true });
  const file = createWriteStream(part);
  const whole = createHash('sha256');
  file.write(head);
  for (let index = 0; index < pieces; index += 1) {
    const bytes = bytesAt(index);
    whole.update(bytes);
    if (!file.write(bytes.toString('base64'))) await once(file, 'drain');
  }
  file.end(tail);
  await once(file, 'finish');
  renameSync(part, path.join(box.dir, 'in', 'large.edxml'));
  const waitFor = async (what: string, look: () => Promise<boolean>) => {
    for (let tries = 0; tries < 12; tries += 1) if (await box.until(what, look).catch(() => false)) return;
    assert.fail(`never: ${what}`);
  };
  await waitFor('the large one taken', async () => (await box.list('done')).includes('large.edxml'));
  const inMb = peakMb(pid);
  t.diagnostic(`peak before ${beforeMb.toFixed(0)} MB, with ${sizeMb} MB in ${inMb.toFixed(0)} MB`);

  const [clerk, leader] = await Promise.all([connect(url, 'communeClerk'), connect(url, 'communeLeader')]);
  const arrived = (await clerk.changes()).changes.filter(isTold).flatMap(({ events }) => events).find((event) => event.type === 'received' && event.title === sent.title);
  assert.ok(arrived?.type === 'received');
  assert.deepEqual([arrived.content.sha256, arrived.content.sizeBytes], [whole.digest('hex'), pieces * piece]);

  const { content } = arrived;
  const document = newDocument();
  const book = outgoingBook(commune);
  const { epoch } = bookLease.parse(await (await clerk.post('/v1/books/lease', { book, station: 'station-communeClerk' })).json());
  for (const [client, who, workflow, body] of [
    [clerk, 'communeClerk', 0, draftBody(content)], [clerk, 'communeClerk', 1, { type: 'submit', args: { content } }], [leader, 'communeLeader', 2, { type: 'approve', args: { content, signer: 'A' } }],
    [clerk, 'communeClerk', 3, { type: 'issue', args: { content, entry: { book, epoch, number: 1 }, notation: 'UBND', issuedDate: '2026-11-22', signer: 'A' } }],
    [clerk, 'communeClerk', 4, { type: 'send', args: { recipients: [government] } }],
  ] as const) {
    const [answer] = await client.push(commandOf(who, document, { workflow, assignment: 0 }, body as Parameters<typeof commandOf>[3]));
    assert.equal(answer?.status, 'applied', JSON.stringify(answer));
  }
  await waitFor('it left', async () => (await box.list('out')).some((name) => name.startsWith('edoc-')));
  const [name] = (await box.list('out')).filter((each) => each.startsWith('edoc-'));
  assert.ok((await stat(path.join(box.dir, 'out', name ?? ''))).size > 1 << 20);
  const outMb = peakMb(pid);
  t.diagnostic(`and out ${outMb.toFixed(0)} MB`);
  assert.ok(outMb - beforeMb < mostMb, `${outMb.toFixed(0)} MB, ${beforeMb.toFixed(0)} MB before`);
});
