import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFileSource } from '../src-main/backend/file-source.ts';
import { bytesSource } from '../src-main/ports/bytes.ts';
import type { SignRequest } from '../src-main/ports/signing.ts';
import { useResources } from '../src-main/signing/appearance/fonts.ts';
import { createSigningEngine } from '../src-main/signing/engine.ts';
import { softwareKey } from './software-key.ts';

/** One measurement in a process of its own, so that its peak memory is its own. Prints one JSON line. */
export type Measured = { readonly ms: number; readonly peakMb: number };

const [what, input, folder, resources, image] = process.argv.slice(2);
if (what === undefined || input === undefined || folder === undefined || resources === undefined || image === undefined) throw new Error('usage: measure.ts sign|copy-hash|batch INPUT FOLDER RESOURCES IMAGE');
useResources(resources);
const output = join(folder, 'output.pdf');
const ms = what === 'sign' ? await signFile(input) : what === 'batch' ? await signBatch(input) : copyAndHash(input);
rmSync(output, { force: true });
process.stdout.write(`${JSON.stringify({ ms, peakMb: peakKiB() / 1024 } satisfies Measured)}\n`);

/**
 * Linux starts a child's maxRSS from what its parent held when it forked (getrusage(2) counts over exec), so the run's own memory would
 * be taken for ours; VmHWM is of this program alone (proc(5)). Elsewhere maxRSS is.
 */
function peakKiB(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
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
async function signBatch(path: string): Promise<number> {
  const engine = createSigningEngine();
  const asked = request();
  const bytes = readFileSync(path);
  const times: number[] = [];
  for (let round = 0; round < 33; round++) {
    const start = performance.now();
    const signed = await engine.sign(bytesSource(bytes), asked);
    if (!signed.ok) throw new Error(JSON.stringify(signed.error));
    append(path, signed.value.tail);
    if (round >= 3) times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[15] ?? 0;
}

function append(path: string, tail: Uint8Array): void {
  // No COPYFILE_FICLONE: a file system that shares blocks would hide the cost of the copy.
  copyFileSync(path, output);
  const file = openSync(output, 'a');
  writeSync(file, tail);
  fsyncSync(file);
  closeSync(file);
}

/** The least that any signer of this file does: read it, hash it, write it anew, sync. */
function copyAndHash(path: string): number {
  const start = performance.now();
  const from = openSync(path, 'r');
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20);
  for (let count = readSync(from, chunk, 0, chunk.length, null); count > 0; count = readSync(from, chunk, 0, chunk.length, null)) hash.update(chunk.subarray(0, count));
  hash.digest();
  closeSync(from);
  copyFileSync(path, output);
  const file = openSync(output, 'a');
  fsyncSync(file);
  closeSync(file);
  return performance.now() - start;
}
