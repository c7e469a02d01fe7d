import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openPracticeOffice, type PracticeOffice } from '../../src-main/practice/office.ts';
import type { Channel, Input, Output } from '../../src-shared/contract/index.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import { layPracticeOffice } from '../support/kept.ts';

export const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));
export const pdfDir = fileURLToPath(new URL('../fixtures/pdf', import.meta.url));

export type OfficeUnderTest = {
  readonly office: PracticeOffice;
  readonly dir: string;
  /** The value, or an error that names the code. */
  readonly ask: <C extends Channel>(desk: string, channel: C, input: Input<C>) => Promise<Output<C>>;
  readonly tryAsk: <C extends Channel>(desk: string, channel: C, input: Input<C>) => Promise<Result<Output<C>>>;
  /** The error, or a failure of the test when the call went well. */
  readonly refused: <C extends Channel>(desk: string, channel: C, input: Input<C>) => Promise<AppError>;
  /** Syncs the desk until `look` answers, bounded. */
  readonly until: <T>(desk: string, look: () => Promise<T | null | undefined | false>) => Promise<T>;
  readonly importPdf: (desk: string, bytes: Uint8Array, fileName: string) => Promise<Result<Output<'content.finishImport'>>>;
  readonly readContent: (desk: string, sha256: string) => Promise<Buffer>;
  readonly thumbprintOf: (desk: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** `prepare`: before anybody opens it, with the folder of the office. */
export async function openOffice({ holdMs = 0, prepare }: { readonly holdMs?: number; readonly prepare?: (officeDir: string) => Promise<void> } = {}): Promise<OfficeUnderTest> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-office-'));
  await layPracticeOffice(join(dir, 'office'));
  await prepare?.(join(dir, 'office'));
  const office = await openPracticeOffice({ dir: join(dir, 'office'), resourcesDir, log: (level, message, fields) => { if (level === 'error') console.error(message, fields ?? ''); }, holdMs });
  const tryAsk: OfficeUnderTest['tryAsk'] = async (desk, channel, input) => {
    const door = office.connect(desk);
    try {
      return (await door.call(channel, input)) as Result<never>;
    } finally {
      door.close();
    }
  };
  const ask: OfficeUnderTest['ask'] = async (desk, channel, input) => {
    const result = await tryAsk(desk, channel, input);
    if (!result.ok) throw new Error(`${channel} at ${desk}: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  return {
    office, dir, ask, tryAsk,
    refused: async (desk, channel, input) => {
      const result = await tryAsk(desk, channel, input);
      if (result.ok) throw new Error(`${channel} at ${desk} was not refused`);
      return result.error;
    },
    until: async (desk, look) => {
      for (let attempt = 0; attempt < 150; attempt += 1) {
        const seen = await look();
        if (seen !== null && seen !== undefined && seen !== false) return seen;
        await ask(desk, 'sync.now', {});
        await sleep(Math.min(20 + 10 * attempt, 300));
      }
      throw new Error(`nothing came at ${desk}`);
    },
    importPdf: async (desk, bytes, fileName) => {
      const { importId } = await ask(desk, 'content.beginImport', { fileName });
      for (let at = 0; at < bytes.length; at += 500_000) await ask(desk, 'content.appendImport', { importId, bytes: bytes.subarray(at, at + 500_000) });
      return tryAsk(desk, 'content.finishImport', { importId });
    },
    readContent: async (desk, sha256) => {
      const { sizeBytes } = await ask(desk, 'content.info', { sha256: sha256 as never });
      const parts: Uint8Array[] = [];
      for (let offset = 0; offset < sizeBytes; offset += 1_000_000) parts.push((await ask(desk, 'content.read', { sha256: sha256 as never, offset, length: 1_000_000 })).bytes);
      return Buffer.concat(parts);
    },
    thumbprintOf: async (desk) => {
      const seated = office.desks.get(desk);
      const { tokens } = await ask(desk, 'tokens.list', {});
      const own = tokens.flatMap((t) => t.certificates).find((c) => c.commonName === seated?.cast.holder.commonName);
      if (own === undefined) throw new Error(`no certificate at ${desk}`);
      return own.thumbprint;
    },
    close: async () => {
      await office.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
