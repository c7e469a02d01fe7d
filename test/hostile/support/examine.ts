import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { openFileSource } from '../../../src-main/backend/file-source.ts';
import { inspectDocument } from '../../../src-main/signing/inspect.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { peakMb } from './peak-mb.ts';
import type { Examined, Measured } from './run-child.ts';

// Runs in a process of its own: one file through the verifier and through the reader that signing begins with.
const [path = '', anchor = ''] = process.argv.slice(2);
const source = openFileSource(path);
if (!source.ok) throw new Error(source.error.code);
const anchors = [readFileSync(anchor)].map((pem) => new X509Certificate(pem).raw);

async function measure(work: () => string | Promise<string>): Promise<Measured> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const said = await work();
  const spent = process.cpuUsage(before);
  return { said, wallMs: Math.round(performance.now() - startedAt), cpuMs: Math.round((spent.user + spent.system) / 1000) };
}

const verify = await measure(async () => {
  const report = await createVerifier().verify(source.value, { anchors, intermediates: [], now: new Date() });
  return [report.verdict, ...new Set([...report.problems, ...report.signatures.flatMap(({ problems }) => problems)].map(({ code }) => code))].join(' ').slice(0, 2000);
});
const inspect = await measure(() => {
  const inspected = inspectDocument(source.value);
  return inspected.ok ? 'read' : `${inspected.error.code} ${String(inspected.error.params?.['reason'] ?? '')}`.slice(0, 500);
});
const examined: Examined = { verify, inspect, peakMb: peakMb() };
process.stdout.write(JSON.stringify(examined));
