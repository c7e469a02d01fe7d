import { createHash, randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, createReadStream, fsyncSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFileSource } from '../src-main/backend/file-source.ts';
import { bytesSource } from '../src-main/ports/bytes.ts';
import type { SignRequest } from '../src-main/ports/signing.ts';
import { useResources } from '../src-main/signing/appearance/fonts.ts';
import { createSigningEngine } from '../src-main/signing/engine.ts';
import { hashFile, peakKiB } from './process.ts';
import { softwareKey } from './software-key.ts';

/** One measurement in a process of its own, so that its peak memory is its own. Prints one JSON line. `writtenMb`: given to the disk, where that is asked. */
export type Measured = { readonly ms: number; readonly peakMb: number; readonly writtenMb: number };

const usage = 'usage: measure.ts sign|batch|copy-hash|blob-sign|blob-hash|PEER|PEER-batch INPUT FOLDER RESOURCES IMAGE';
const [what, input, folder, resources, image] = process.argv.slice(2);
if (what === undefined || input === undefined || folder === undefined || resources === undefined || image === undefined) throw new Error(usage);
useResources(resources);
const output = join(folder, 'output.pdf');
let writtenMb = 0;
const ms = await measure(what, input);
process.stdout.write(`${JSON.stringify({ ms, peakMb: peakKiB() / 1024, writtenMb } satisfies Measured)}\n`);

function measure(name: string, path: string): Promise<number> | number {
  switch (name) {
    case 'sign': return signFile(path);
    case 'batch': return signBatch(path);
    case 'copy-hash': return copyAndHash(path);
    case 'blob-sign': return fromBlobs(path, 'sign');
    case 'blob-hash': return fromBlobs(path, 'hash');
    default: return name.endsWith('-batch') ? peerBatch(name.slice(0, -'-batch'.length), path) : peerFile(name, path);
  }
}

function request(): SignRequest {
  return {
    key: softwareKey(folder!),
    profile: 'office',
    chain: [],
    reason: 'Ký duyệt',
    location: 'Sơn Tịnh',
    at: new Date(),
    place: { page: 1, rect: { x: 130, y: 150, width: 45, height: 20 } },
    image: readFileSync(image!),
  };
}

/** From the file on the disk to the signed file on the disk, synced: open, sign, copy, append. The first signature of a fresh process, image and all. */
async function signFile(path: string): Promise<number> {
  const engine = createSigningEngine();
  const asked = request();
  const start = performance.now();
  const source = openFileSource(path);
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const signed = await engine.sign(source.value, asked);
  source.value.close();
  if (!signed.ok) throw new Error(JSON.stringify(signed.error));
  append(path, signed.value.tail);
  return performance.now() - start;
}

/** One document after another in one process, as a batch does; the middle one of 30, after three to warm up. */
function signBatch(path: string): Promise<number> {
  const engine = createSigningEngine();
  const asked = request();
  const bytes = readFileSync(path);
  return middleOf30(async () => {
    const signed = await engine.sign(bytesSource(bytes), asked);
    if (!signed.ok) throw new Error(JSON.stringify(signed.error));
    append(path, signed.value.tail);
  });
}

/** The same for another library: the file in memory, the signed file to the disk, synced. */
async function peerFile(name: string, path: string): Promise<number> {
  const sign = await loadPeer(name);
  const start = performance.now();
  writeSynced(await sign(readFileSync(path)));
  return performance.now() - start;
}

async function peerBatch(name: string, path: string): Promise<number> {
  const sign = await loadPeer(name);
  const bytes = readFileSync(path);
  return middleOf30(async () => writeSynced(await sign(bytes)));
}

/** Loaded when it is measured and not before: a peer's own megabytes are no part of anything else. */
async function loadPeer(name: string): Promise<(input: Uint8Array) => Promise<Uint8Array>> {
  const { peers, signWithPeer } = await import('./peers.ts');
  const peer = peers.find((one) => one === name);
  if (peer === undefined) throw new Error(usage);
  return (bytes) => signWithPeer(peer, bytes, folder!);
}

async function middleOf30(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 33; round++) {
    const start = performance.now();
    await run();
    if (round >= 3) times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[15] ?? 0;
}

/** A content that the encrypted store has: signed from there into there, or read and hashed once, which is the least that signing it needs. */
async function fromBlobs(path: string, act: 'sign' | 'hash'): Promise<number> {
  const [{ openProfileStore }, { blobSource }] = await Promise.all([import('../src-main/store/open.ts'), import('../src-main/store/blob-source.ts')]);
  const dir = join(folder!, `profile-${randomBytes(4).toString('hex')}`);
  const key = randomBytes(32);
  const filling = openProfileStore({ dir, key });
  if (!filling.ok) throw new Error(JSON.stringify(filling.error));
  const put = await filling.value.blobs.put(createReadStream(path));
  if (!put.ok) throw new Error(JSON.stringify(put.error));
  // The filling's own log goes into the file now, not into the figure of the signature.
  filling.value.close();
  const opened = openProfileStore({ dir, key });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { blobs } = opened.value;
  const source = blobSource(blobs, put.value.sha256);
  const asked = request();
  const engine = createSigningEngine();
  const before = writtenBytes();
  const start = performance.now();
  if (act === 'hash') {
    const hash = createHash('sha256');
    for await (const chunk of blobs.stream(put.value.sha256)) hash.update(chunk as Uint8Array);
    hash.digest();
  } else {
    const signed = await engine.sign(source, asked);
    if (!signed.ok) throw new Error(JSON.stringify(signed.error));
    if (signed.value.sha256 === undefined) throw new Error('the signer knows the hash of what it read');
    const stored = blobs.putContinuation(put.value.sha256, signed.value.tail, signed.value.sha256);
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  }
  const took = performance.now() - start;
  writtenMb = (writtenBytes() - before) / 1e6;
  opened.value.close();
  rmSync(dir, { recursive: true });
  return took;
}

/** Bytes handed to write calls by this process (proc(5), wchar); 0 where the system does not tell. */
function writtenBytes(): number {
  return process.platform === 'linux' ? Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) : 0;
}

function append(path: string, tail: Uint8Array): void {
  // No COPYFILE_FICLONE: a file system that shares blocks would hide the cost of the copy.
  copyFileSync(path, output);
  const file = openSync(output, 'a');
  writeSync(file, tail);
  fsyncSync(file);
  closeSync(file);
}

function writeSynced(bytes: Uint8Array): void {
  writeFileSync(output, bytes, { flush: true });
}

/** The least that any signer of this file does: read it, hash it, write it anew, sync. */
function copyAndHash(path: string): number {
  const start = performance.now();
  hashFile(path);
  copyFileSync(path, output);
  const file = openSync(output, 'a');
  fsyncSync(file);
  closeSync(file);
  return performance.now() - start;
}
