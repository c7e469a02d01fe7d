import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AboutDocument } from '../../src-main/ports/printing.ts';
import type { UsedEvidence } from '../../src-main/ports/verification.ts';
import { readReport } from '../../src-shared/contract/read-report.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';

const run = promisify(execFile);
const samplesDir = fileURLToPath(new URL('../fixtures/reports', import.meta.url));

/** Reports as they were truly written, by the version that their name begins with. */
export const samples: readonly string[] = readdirSync(samplesDir).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();

export function sampleText(name: string): string {
  return readFileSync(join(samplesDir, `${name}.json`), 'utf8');
}

export function sample(name: string): VerificationReport {
  const report = readReport(JSON.parse(sampleText(name)));
  if (report === null) throw new Error(`${name} cannot be read`);
  return report;
}

export function sampleEvidence(name: string): readonly UsedEvidence[] {
  const kept = JSON.parse(readFileSync(join(samplesDir, 'evidence', `${name}.json`), 'utf8')) as { kind: UsedEvidence['kind']; sha256: string; der: string }[];
  return kept.map(({ kind, sha256, der }) => ({ kind, sha256, der: new Uint8Array(Buffer.from(der, 'base64')) }));
}

export const about: AboutDocument = {
  fileName: 'cong-van-15.pdf', sizeBytes: 184_320, kind: 'Công văn', code: '15/UBND-VP', issuer: 'Ủy ban nhân dân tỉnh Quảng Ngãi', issuedDate: '2026-11-20',
  title: 'Về việc tăng cường phòng, chống cháy rừng trong mùa khô', office: { name: 'UBND xã Sơn Tịnh', place: 'Sơn Tịnh' }, kept: null,
};

/** A printed file, as foreign tools see it. */
export type Seen = {
  readonly file: string;
  /** The words of all pages, in NFC as they stand in the file, white space made one. */
  readonly text: () => Promise<string>;
  readonly info: () => Promise<string>;
  readonly fonts: () => Promise<readonly { readonly name: string; readonly embedded: boolean }[]>;
  readonly attached: () => Promise<ReadonlyMap<string, Buffer>>;
  readonly objects: () => Promise<string>;
};

export function see(t: TestContext, bytes: Uint8Array): Seen {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-print-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'printed.pdf');
  writeFileSync(file, bytes);
  const out = async (program: string, ...args: readonly string[]): Promise<string> => (await run(program, args, { maxBuffer: 64 << 20 })).stdout;
  return {
    file,
    text: async () => (await out('pdftotext', '-enc', 'UTF-8', '-layout', file, '-')).replaceAll(/\s+/g, ' '),
    info: () => out('pdfinfo', file),
    fonts: async () => (await out('pdffonts', file)).split('\n').slice(2).filter((line) => line !== '').map((line) => ({ name: line.split(' ')[0] ?? '', embedded: /\byes yes yes\b/.test(line) })),
    attached: async () => {
      await out('pdfdetach', '-saveall', '-o', dir, file);
      return new Map(readdirSync(dir).filter((name) => name !== 'printed.pdf').map((name) => [name, readFileSync(join(dir, name))]));
    },
    objects: () => out('qpdf', '--qdf', '--object-streams=disable', '--stream-data=uncompress', file, '-'),
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
