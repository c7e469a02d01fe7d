import { buildSync } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itextJar } from '../test/support/judges-itext.ts';
import type { Figure, Subject } from './figure.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const lookHost = join(root, 'src-main/verification/look/host.ts');
const maker = fileURLToPath(new URL('verify-make.ts', import.meta.url));

/** `one-page`: leader and seal in prepared fields. `25-signatures`: each with a time-stamp, and long-term data for all. `objects-300k`: a file of 300,000 objects. */
const samples = ['one-page', '25-signatures', '120mb', '500mb', 'objects-300k'] as const;
type Sample = (typeof samples)[number];

const judges = ['pdfsig', 'mutool', 'itext'] as const;
type Judge = (typeof judges)[number];

const own: readonly Figure['name'][] = [
  'verify.one-page-ms', 'verify.one-page-first-ms', 'verify.one-page-look-ms', 'verify.25-signatures-ms', 'verify.120mb-ms', 'verify.120mb-of-allowed', 'baseline.sha256-120mb-ms', 'verify.500mb-ms', 'verify.500mb-mb',
  'verify.objects-300k-ms', 'verify.objects-300k-mb', 'verify.cli-one-page-ms', 'verify.cli-start-ms',
];

/**
 * Checking signatures with the program's own verifier: every revision, chain, time-stamp and change. `look`: and the pages of each state drawn and compared, by
 * a process that runs already; elsewhere nothing is drawn. Others judge the same
 * files: they are programs of their own, so what they need to start stands apart.
 */
export const verifying: Subject = {
  names: [...own, ...judges.flatMap((judge) => [`peer.${judge}.start-ms`, ...samples.map((sample) => `peer.${judge}.verify-${sample}-ms`)])],
  run: (bench, wanted) => {
    const folder = join(bench, 'verify');
    mkdirSync(folder);
    try {
      const needed = samples.filter((sample) => [...own, ...judges.map((judge) => `peer.${judge}.verify-${sample}-ms`)].some((name) => name.includes(sample) && wanted.test(name)));
      execFileSync(process.execPath, [maker, folder, ...needed, ...(needed.includes('one-page') ? [] : ['one-page'])], { stdio: ['ignore', 'ignore', 'inherit'] });
      return [...ours(folder, needed), ...theirs(folder, needed, wanted)];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function ours(folder: string, needed: readonly Sample[]): readonly Figure[] {
  const figures: Figure[] = [];
  if (needed.includes('one-page')) figures.push(
    { name: 'verify.one-page-ms', value: middle('warm', folder, 'one-page').ms, unit: 'ms', aim: 30 },
    { name: 'verify.one-page-look-ms', value: middle('look', folder, 'one-page').ms, unit: 'ms' },
    { name: 'verify.one-page-first-ms', value: middle('once', folder, 'one-page').ms, unit: 'ms' },
    { name: 'verify.cli-one-page-ms', value: middleOf(() => timeProcess(process.execPath, [commandLine(), 'verify', join(folder, 'one-page.pdf'), '--offline', '--no-look', '--trust', join(folder, 'root.pem')])), unit: 'ms' },
    { name: 'verify.cli-start-ms', value: middleOf(() => timeProcess(process.execPath, [commandLine(), '--help'])), unit: 'ms' },
  );
  if (needed.includes('25-signatures')) figures.push({ name: 'verify.25-signatures-ms', value: middle('once', folder, '25-signatures').ms, unit: 'ms', aim: 1000 });
  if (needed.includes('120mb')) {
    const [least, whole] = [middle('sha256', folder, '120mb').ms, middle('once', folder, '120mb').ms];
    figures.push(
      { name: 'verify.120mb-ms', value: whole, unit: 'ms' },
      { name: 'baseline.sha256-120mb-ms', value: least, unit: 'ms' },
      // 1.2 times the reading and hashing of the file, and 50 ms
      { name: 'verify.120mb-of-allowed', value: whole / (1.2 * least + 50), unit: '×', against: 'baseline.sha256-120mb-ms', aim: 1 },
    );
  }
  if (needed.includes('500mb')) {
    const { ms, peakMb } = middle('once', folder, '500mb');
    figures.push({ name: 'verify.500mb-ms', value: ms, unit: 'ms' }, { name: 'verify.500mb-mb', value: peakMb, unit: 'MB', aim: 150 });
  }
  if (needed.includes('objects-300k')) {
    const { ms, peakMb } = middle('once', folder, 'objects-300k');
    figures.push({ name: 'verify.objects-300k-ms', value: ms, unit: 'ms' }, { name: 'verify.objects-300k-mb', value: peakMb, unit: 'MB' });
  }
  return figures;
}

/** Without what the process needs to start: that is a figure of its own. */
function theirs(folder: string, needed: readonly Sample[], wanted: RegExp): readonly Figure[] {
  return judges.filter((judge) => wanted.test(`peer.${judge}.`) || needed.some((sample) => wanted.test(`peer.${judge}.verify-${sample}-ms`))).flatMap((judge): readonly Figure[] => {
    const run = createJudge(judge, folder);
    if (run === null) {
      process.stderr.write(`${judge} is not on this machine and has no figure\n`);
      return [];
    }
    const start = middleOf(() => run(null));
    return [
      { name: `peer.${judge}.start-ms`, value: start, unit: 'ms' },
      ...needed.map((sample): Figure => ({ name: `peer.${judge}.verify-${sample}-ms`, value: Math.max(0, middleOf(() => run(join(folder, `${sample}.pdf`))) - start), unit: 'ms' })),
    ];
  });
}

/** Runs a judge over a file, or over none; answers how long its process took. */
function createJudge(judge: Judge, folder: string): ((file: string | null) => number) | null {
  if (judge === 'itext') {
    if (!existsSync(itextJar)) return null;
    const classes = join(folder, 'itext');
    mkdirSync(classes, { recursive: true });
    const exported = ['pkcs', 'timestamp', 'x509'].flatMap((name) => ['--add-exports', `java.base/sun.security.${name}=ALL-UNNAMED`]);
    execFileSync('javac', [...exported, '-nowarn', '-cp', itextJar, '-d', classes, join(root, 'test/support/java/JudgeItext.java')], { stdio: 'pipe' });
    return (file) => timeProcess('java', [...exported, '-XX:TieredStopAtLevel=1', '-cp', `${itextJar}:${classes}`, 'JudgeItext'], file === null ? '' : `${file}\n`);
  }
  if (spawnSync(judge, ['-v']).error !== undefined) return null;
  const words = judge === 'pdfsig' ? ['-nocert'] : ['sign', '-v'];
  return (file) => timeProcess(judge, file === null ? ['-v'] : [...words, file]);
}

/** A judge that finds a signature not good ends with 1: it has judged. */
function timeProcess(program: string, args: readonly string[], input = ''): number {
  const start = performance.now();
  const ended = spawnSync(program, args, { input, stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  if (ended.error !== undefined || ended.status === null || ended.status > 1) throw new Error(`${program} ${args.join(' ')}: ${String(ended.error ?? ended.stderr)}`);
  return performance.now() - start;
}

function middleOf(run: () => number): number {
  return Array.from({ length: 3 }, run).toSorted((a, b) => a - b)[1]!;
}

type Measured = { readonly ms: number; readonly peakMb: number };

/** The middle time and the highest peak of three runs, each in a process of its own. */
function middle(what: 'once' | 'warm' | 'look' | 'sha256', folder: string, sample: Sample): Measured {
  const runs = Array.from({ length: 3 }, () => JSON.parse(execFileSync(process.execPath, [measurer(), what, join(folder, `${sample}.pdf`), join(folder, 'root.pem'), lookHost], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Measured);
  return { ms: runs.map(({ ms }) => ms).toSorted((a, b) => a - b)[1]!, peakMb: Math.max(...runs.map(({ peakMb }) => peakMb)) };
}

let bundled: { readonly measurer: string; readonly commandLine: string } | null = null;

/** As the program ships: stripping types at run time would add its own time and 40 MB to every figure. */
function bundle(): { readonly measurer: string; readonly commandLine: string } {
  if (bundled !== null) return bundled;
  const outdir = join(root, 'dist', 'bench');
  mkdirSync(outdir, { recursive: true });
  buildSync({
    entryPoints: { 'verify-measure': join(root, 'bench/verify-measure.ts'), 'verify-cli': join(root, 'src-main/cli/main.ts') }, bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node24', outdir,
    outExtension: { '.js': '.mjs' }, packages: 'external', logLevel: 'error',
  });
  bundled = { measurer: join(outdir, 'verify-measure.mjs'), commandLine: join(outdir, 'verify-cli.mjs') };
  return bundled;
}

function measurer(): string {
  return bundle().measurer;
}

function commandLine(): string {
  return bundle().commandLine;
}
