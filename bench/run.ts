import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Figure, Subject } from './figure.ts';
import { figures } from './figures.ts';
import { makeObjectStreamsPdf, makeObjectsPdf } from './make-objects.ts';
import { line } from './line.ts';
import { office } from './office.ts';
import { search } from './search.ts';
import { province } from './province.ts';
import { server } from './server.ts';
import { batches } from './sign-batch.ts';
import { backup } from './backup.ts';
import { large, onePage, scans } from './sign-files.ts';
import { makeCertificate } from './software-key.ts';
import { ui } from './ui.ts';
import { verifying } from './verify.ts';

const help = `npm run bench [-- OPTIONS]

sign.*: signing with the program's own engine and a software RSA key; every figure is the middle of three
runs, each in a process of its own. verify.*: checking signatures, "look" with the pages drawn. peer.*: the same file signed by other
libraries of TypeScript, one run, or judged by other programs. ui.*: the screens in the system's Chromium, before an encrypted store of
300,000 documents. store.*, search.*: lists and search
over 300,000 documents in the encrypted store (three minutes). desk.*: the office's figures there. tasks.*, registers.*: the board of work and a register there. sync.*: a desk and a server at both ends of an emulated weak line (Linux, root; some minutes). server.*: two nodes on PostgreSQL
under the load of a province (ten minutes). province.*: the figures of 550 units on PostgreSQL (hours; VAN_THU_PROVINCE=150000: ten minutes). backup.*: a profile of 5 GB backed up at work (15 GB of disk, minutes). Inputs are made in a temporary folder (2.5 GB at most, but for backup.*) and removed.

  --json           one JSON object a line: {"name", "value", "unit", "against"?}; against names the baseline figure of a ratio
  --only PATTERN   only figures whose name matches this regular expression
  --list           names only, nothing is measured
  --help           this text

Times of signing run from the file on the disk to the signed file on the disk, synced.
"baseline" is the least that any signer does: hash the file, write it anew, sync.
`;

const letter = fileURLToPath(new URL('../test/fixtures/pdf/cong-van-xa.pdf', import.meta.url));

const subjects: readonly Subject[] = [onePage(letter), large('objects-300k', makeObjectsPdf, { ms: 300, mb: 120 }), large('objstm-300k', makeObjectStreamsPdf, { mb: 120 }), scans, batches, verifying, search, figures, office, line, server, province, ui, backup];

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

function asJson({ name, value, unit, against }: Figure): string {
  return JSON.stringify({ name, value: rounded(value), unit, ...(against === undefined ? {} : { against }) });
}

function asRow({ name, value, unit, against, aim }: Figure): string {
  const verdict = aim === undefined ? '' : `aim ≤ ${aim} ${unit}: ${value <= aim ? 'met' : 'MISSED'}`;
  return `${name.padEnd(38)}${String(rounded(value)).padStart(10)} ${unit.padEnd(3)} ${against === undefined ? '' : `of ${against}  `}${verdict}`.trimEnd();
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
