import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openFileSource } from '../src-main/backend/file-source.ts';
import { createLook } from '../src-main/verification/look/look.ts';
import { createVerifier } from '../src-main/verification/verifier.ts';
import { hashFile, peakKiB } from './process.ts';

/** One measurement in a process of its own, so that its peak memory is its own. Prints one JSON line. */
const usage = 'usage: verify-measure.ts once|warm|look|sha256 FILE ROOT HOST';
const [what, file, root, hostPath] = process.argv.slice(2);
if (what === undefined || file === undefined || root === undefined || hostPath === undefined) throw new Error(usage);
const anchors = [new X509Certificate(readFileSync(root)).raw];
const look = what === 'look' ? createLook({ hostPath }) : undefined;
const ms = what === 'sha256' ? await timed(() => hashFile(file)) : what === 'once' ? await timed(() => verify(file)) : await middleOf30(() => verify(file));
await look?.close();
process.stdout.write(`${JSON.stringify({ ms, peakMb: peakKiB() / 1024 })}\n`);

/** From the file on the disk to the report; a verdict other than good, or pages that were to be compared and were not, are no measurement. */
async function verify(path: string): Promise<void> {
  const source = openFileSource(path);
  if (!source.ok) throw new Error(source.error.code);
  const report = await createVerifier().verify(source.value, { anchors, intermediates: [], now: new Date(), ...(look === undefined ? {} : { look }) });
  source.value.close();
  const uncompared = report.signatures.find((each) => each.look.status === 'not-compared');
  if (look !== undefined && uncompared !== undefined) throw new Error(`not compared: ${String(uncompared.look.reason)}`);
  if (report.verdict !== 'valid' && report.verdict !== 'valid-extended') throw new Error(`${report.verdict}: ${JSON.stringify(report.signatures.map(({ problems }) => problems))}`);
}

async function timed(run: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function middleOf30(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 35; round += 1) {
    const took = await timed(run);
    if (round >= 5) times.push(took);
  }
  return times.toSorted((a, b) => a - b)[15] ?? 0;
}
