import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Figure, Subject } from './figure.ts';
import { makeObjectStreamsPdf, makeObjectsPdf } from './make-objects.ts';
import { makeScanPdf } from './make-scan.ts';
import type { Measured } from './measure.ts';
import { makeCertificate } from './software-key.ts';
import { ui } from './ui.ts';

const help = `npm run bench [-- OPTIONS]

sign.*: signing with the program's own engine and a software RSA key; every figure is the middle of three
runs, each in a process of its own. ui.*: the screens in the system's Chromium, before an encrypted store of
300,000 documents. Inputs are made in a temporary folder (2.5 GB at most) and removed.

  --json           one JSON object a line: {"name", "value", "unit", "against"?}; against names the baseline figure of a ratio
  --only PATTERN   only figures whose name matches this regular expression
  --list           names only, nothing is measured
  --help           this text

Times of signing run from the file on the disk to the signed file on the disk, synced.
"baseline" is the least that any signer does: hash the file, write it anew, sync.
`;

const measureSource = fileURLToPath(new URL('measure.ts', import.meta.url));
const measureProgram = 'measure.mjs';
const resources = fileURLToPath(new URL('../resources', import.meta.url));
const image = fileURLToPath(new URL('../test/fixtures/images/chu-ky-lanh-dao.png', import.meta.url));
const letter = fileURLToPath(new URL('../test/fixtures/pdf/cong-van-xa.pdf', import.meta.url));

const subjects: readonly Subject[] = [
  {
    names: ['sign.one-page-ms', 'sign.one-page-first-ms'],
    run: (folder) => [
      { name: 'sign.one-page-ms', value: median('batch', letter, folder).ms, unit: 'ms', aim: 100 },
      { name: 'sign.one-page-first-ms', value: median('sign', letter, folder).ms, unit: 'ms' },
    ],
  },
  large('objects-300k', makeObjectsPdf, { ms: 500, mb: 150 }),
  large('objstm-300k', makeObjectStreamsPdf, { mb: 150 }),
  large('scan-500mb', makeScanPdf, { mb: 150, ratio: 2 }),
  ui,
];

main();

function main(): void {
  const asked = readArguments();
  if (asked === null) return;
  const { values, wanted } = asked;
  if (values.help === true) {
    process.stdout.write(help);
    return;
  }
  const chosen = subjects.filter((subject) => subject.names.some((name) => wanted.test(name)));
  if (values.list === true) {
    process.stdout.write(chosen.flatMap((subject) => subject.names.filter((name) => wanted.test(name))).map((name) => `${name}\n`).join(''));
    return;
  }
  if (chosen.length === 0) {
    process.stderr.write(`No figure matches ${values.only}. Names: npm run bench -- --list\n`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-bench-'));
  try {
    makeCertificate(folder);
    bundle(folder);
    for (const subject of chosen) for (const figure of subject.run(folder, wanted)) if (wanted.test(figure.name)) process.stdout.write(values.json === true ? `${asJson(figure)}\n` : `${asRow(figure)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readArguments(): { readonly values: { readonly json?: boolean | undefined; readonly only?: string | undefined; readonly list?: boolean | undefined; readonly help?: boolean | undefined }; readonly wanted: RegExp } | null {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } } });
    return { values, wanted: new RegExp(values.only ?? '') };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exitCode = 2;
    return null;
  }
}

function large(label: string, make: (path: string) => void, aims: { readonly ms?: number; readonly mb?: number; readonly ratio?: number }): Subject {
  const name = (end: string): string => `sign.${label}-${end}`;
  const baseline = `baseline.${label}-ms`;
  return {
    names: [name('ms'), name('mb'), name('ratio'), baseline],
    run: (folder) => {
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
        ];
      } finally {
        rmSync(input);
      }
    },
  };
}

/** One JavaScript file, as the program ships: stripping types at run time would add its own time and 40 MB to every figure. */
function bundle(folder: string): void {
  buildSync({ entryPoints: [measureSource], bundle: true, platform: 'node', format: 'esm', target: 'node24', external: ['pdfjs-dist/*'], outfile: join(folder, measureProgram), logLevel: 'error' });
}

/** The middle time and the highest peak of three runs. */
function median(what: 'sign' | 'batch' | 'copy-hash', input: string, folder: string): Measured {
  const runs = Array.from({ length: 3 }, (): Measured => parseMeasured(execFileSync(process.execPath, [join(folder, measureProgram), what, input, folder, resources, image], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })));
  const times = runs.map((run) => run.ms).toSorted((a, b) => a - b);
  return { ms: times[1] ?? 0, peakMb: Math.max(...runs.map((run) => run.peakMb)) };
}

function parseMeasured(line: string): Measured {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`measure.ts answered ${line}`);
  return { ms: Number(Reflect.get(value, 'ms')), peakMb: Number(Reflect.get(value, 'peakMb')) };
}

function asJson({ name, value, unit, against }: Figure): string {
  return JSON.stringify({ name, value: rounded(value), unit, ...(against === undefined ? {} : { against }) });
}

function asRow({ name, value, unit, against, aim }: Figure): string {
  const verdict = aim === undefined ? '' : `aim ≤ ${aim} ${unit}: ${value <= aim ? 'met' : 'MISSED'}`;
  return `${name.padEnd(28)}${String(rounded(value)).padStart(10)} ${unit.padEnd(3)} ${against === undefined ? '' : `of ${against}  `}${verdict}`.trimEnd();
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
