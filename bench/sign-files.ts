import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';
import { makeScanPdf } from './make-scan.ts';
import type { Measured } from './measure.ts';
import type { Peer } from './peers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const resources = join(root, 'resources');
const image = join(root, 'test/fixtures/images/chu-ky-lanh-dao.png');
/** Not `peers` itself: its libraries belong to the process that measures them. */
const peerNames: readonly Peer[] = ['pdf-lib', 'cantoo-incremental', 'libpdf'];
const peerDeadlineMs = 180_000;

/** The ordinary letter, one after another. */
export function onePage(letter: string): Subject {
  const peerFigure = (peer: Peer): string => `peer.${peer}.one-page-ms`;
  return {
    names: ['sign.one-page-ms', 'sign.one-page-first-ms', 'sign.one-page-ratio', ...peerNames.map(peerFigure)],
    run: (folder) => {
      const ours = median('batch', letter, folder).ms;
      const theirs = peerNames.map((peer) => ({ name: peerFigure(peer), value: median(`${peer}-batch`, letter, folder).ms, unit: 'ms' as const }));
      const best = theirs.toSorted((a, b) => a.value - b.value)[0]!;
      return [
        { name: 'sign.one-page-ms', value: ours, unit: 'ms', aim: 30 },
        { name: 'sign.one-page-first-ms', value: median('sign', letter, folder).ms, unit: 'ms' },
        { name: 'sign.one-page-ratio', value: ours / best.value, unit: '×', against: best.name },
        ...theirs,
      ];
    },
  };
}

/** A large file from the disk to the disk, against the least that any signer does and against the peers. */
export function large(label: string, make: (path: string) => void, aims: { readonly ms?: number; readonly mb?: number; readonly ratio?: number }): Subject {
  const name = (end: string): string => `sign.${label}-${end}`;
  const baseline = `baseline.${label}-ms`;
  return {
    names: [name('ms'), name('mb'), name('ratio'), baseline, ...peerNames.flatMap((peer) => [`peer.${peer}.${label}-ms`, `peer.${peer}.${label}-mb`])],
    run: (folder, wanted) => {
      const input = join(folder, `${label}.pdf`);
      make(input);
      try {
        const least = median('copy-hash', input, folder);
        const signed = median('sign', input, folder);
        return [
          { name: name('ms'), value: signed.ms, unit: 'ms', ...(aims.ms === undefined ? {} : { aim: aims.ms }) },
          { name: name('mb'), value: signed.peakMb, unit: 'MB', ...(aims.mb === undefined ? {} : { aim: aims.mb }) },
          { name: name('ratio'), value: signed.ms / least.ms, unit: '×', against: baseline, ...(aims.ratio === undefined ? {} : { aim: aims.ratio }) },
          { name: baseline, value: least.ms, unit: 'ms' },
          ...peerFigures(label, input, folder, wanted),
        ];
      } finally {
        rmSync(input);
      }
    },
  };
}

/** The 500 MB scan: file to file, from the encrypted store into it, and what memory does from 50 MB on. */
export const scans: Subject = {
  names: [
    ...large('scan-500mb', makeScanPdf, {}).names,
    'sign.blobs-500mb-ms', 'sign.blobs-500mb-ratio', 'sign.blobs-500mb-written-mb', 'baseline.blobs-500mb-ms', 'sign.scan-50mb-mb', 'sign.memory-growth-mb',
  ],
  run: (folder, wanted) => {
    const [small, big] = [join(folder, 'scan-50mb.pdf'), join(folder, 'scan-500mb.pdf')];
    const file = large('scan-500mb', makeScanPdf, { mb: 120, ratio: 1.3 }).run(folder, wanted);
    makeScanPdf(small, 10);
    makeScanPdf(big);
    try {
      const at50 = median('sign', small, folder).peakMb;
      const at500 = file.find(({ name }) => name === 'sign.scan-500mb-mb')!.value;
      const read = median('blob-hash', big, folder);
      const signed = median('blob-sign', big, folder);
      return [
        ...file,
        { name: 'sign.blobs-500mb-ms', value: signed.ms, unit: 'ms' },
        { name: 'sign.blobs-500mb-ratio', value: signed.ms / read.ms, unit: '×', against: 'baseline.blobs-500mb-ms', aim: 1.5 },
        { name: 'sign.blobs-500mb-written-mb', value: signed.writtenMb, unit: 'MB', aim: 1 },
        { name: 'baseline.blobs-500mb-ms', value: read.ms, unit: 'ms' },
        { name: 'sign.scan-50mb-mb', value: at50, unit: 'MB' },
        { name: 'sign.memory-growth-mb', value: at500 - at50, unit: 'MB', against: 'sign.scan-50mb-mb', aim: 20 },
      ];
    } finally {
      rmSync(small);
      rmSync(big);
    }
  },
};

/** One run each: minutes and gigabytes are no better known for being repeated. A peer that cannot is named on stderr and has no figure. */
function peerFigures(label: string, input: string, folder: string, wanted: RegExp): readonly Figure[] {
  return peerNames.flatMap((peer): readonly Figure[] => {
    const [ms, mb] = [`peer.${peer}.${label}-ms`, `peer.${peer}.${label}-mb`];
    if (!wanted.test(ms) && !wanted.test(mb)) return [];
    try {
      const measured = measureOnce(peer, input, folder);
      return [{ name: ms, value: measured.ms, unit: 'ms' }, { name: mb, value: measured.peakMb, unit: 'MB' }];
    } catch (error) {
      process.stderr.write(`${peer} could not sign ${label}: ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)}\n`);
      return [];
    }
  });
}

/** The middle time and the highest peak of three runs. */
function median(what: string, input: string, folder: string): Measured {
  const runs = Array.from({ length: 3 }, () => measureOnce(what, input, folder)).toSorted((a, b) => a.ms - b.ms);
  return { ms: runs[1]!.ms, peakMb: Math.max(...runs.map((run) => run.peakMb)), writtenMb: Math.max(...runs.map((run) => run.writtenMb)) };
}

function measureOnce(what: string, input: string, folder: string): Measured {
  const line = execFileSync(process.execPath, [program(), what, input, folder, resources, image], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: peerDeadlineMs });
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`measure.ts answered ${line}`);
  return { ms: Number(Reflect.get(value, 'ms')), peakMb: Number(Reflect.get(value, 'peakMb')), writtenMb: Number(Reflect.get(value, 'writtenMb')) };
}

let bundled: string | null = null;

/** One bundle, as the program ships: stripping types at run time would add its own time and 40 MB to every figure. In `dist`, from where packages are found. */
function program(): string {
  if (bundled !== null) return bundled;
  const outdir = join(root, 'dist', 'bench');
  mkdirSync(outdir, { recursive: true });
  buildSync({
    entryPoints: [fileURLToPath(new URL('measure.ts', import.meta.url))], bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node24', outdir, outExtension: { '.js': '.mjs' },
    external: ['better-sqlite3', 'pdfjs-dist/*', 'pdf-lib', '@cantoo/pdf-lib', '@libpdf/core'], logLevel: 'error',
  });
  bundled = join(outdir, 'measure.mjs');
  return bundled;
}
