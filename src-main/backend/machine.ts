import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import type { MachineFacts } from '../../src-shared/domain/diagnosis.ts';
import { readCrashes } from '../crashes/crashes.ts';
import type { MachinePort } from '../ports/machine.ts';

/** `dir`: of the desk's two files, which need not be there yet. `serverUrl` null: nobody has signed in here. */
export type MachineOptions = { readonly dir: string; readonly serverUrl: string | null; /** Where falls of the program are written down; left out: nowhere. */ readonly crashesIn?: string; readonly env?: NodeJS.ProcessEnv; readonly timeoutMs?: number };

export function createMachine({ dir, serverUrl, crashesIn, env = process.env, timeoutMs = 10_000 }: MachineOptions): MachinePort {
  return {
    system: () => `${type()} ${release()} ${arch()}, Node ${process.versions.node}, ${Math.round(totalmem() / 1_073_741_824)} GB`,
    disk: async () => {
      try {
        const { bavail, blocks, bsize } = await statfs(nearest(dir));
        return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      } catch {
        // a folder that is not there, or a disk that does not say: the finding says that it is unknown
        return null;
      }
    },
    database: () => {
      const deskBytes = sizeOf(join(dir, 'desk.db'));
      if (deskBytes === null) return null;
      return { deskBytes, contentBytes: sizeOf(join(dir, 'blobs.db')) ?? 0, logBytes: (sizeOf(join(dir, 'desk.db-wal')) ?? 0) + (sizeOf(join(dir, 'blobs.db-wal')) ?? 0) };
    },
    crashes: () => (crashesIn === undefined ? null : readCrashes(crashesIn)),
    askServer: () => (serverUrl === null ? Promise.resolve(null) : ask(serverUrl, timeoutMs)),
    usesProxy: () => ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => (env[name] ?? '') !== ''),
  };
}

/** OpenSSL's and Node's words for a certificate that does not hold, or not for this name. */
const untrusted = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

async function ask(serverUrl: string, timeoutMs: number): Promise<MachineFacts['server']> {
  const { host } = new URL(serverUrl);
  const began = performance.now();
  const tookMs = (): number => Math.round(performance.now() - began);
  try {
    const sentAtMs = Date.now();
    const response = await fetch(new URL('/healthz', serverUrl), { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const gotAtMs = Date.now();
    const dateMs = Date.parse(response.headers.get('date') ?? '');
    const isOurs = isHealth(text);
    // the answer left somewhere between the two; its date has whole seconds
    const skewMs = !isOurs || Number.isNaN(dateMs) ? null : Math.round((sentAtMs + gotAtMs) / 2 - dateMs - 500);
    return { host, outcome: isOurs ? 'answers' : 'other', tookMs: tookMs(), skewMs };
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : null;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return { host, outcome: untrusted.test(code) ? 'untrusted' : /^(?:EPROTO|ERR_SSL|HPE_)/.test(code) ? 'other' : 'unreachable', tookMs: tookMs(), skewMs: null };
  }
}

/** What src-server/operation/health.ts answers, whether the node is well or not. */
function isHealth(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
  } catch {
    return false;
  }
}

/** The folder, or the one that it will be made in. */
function nearest(dir: string): string {
  return existsSync(dir) || dirname(dir) === dir ? dir : nearest(dirname(dir));
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}
