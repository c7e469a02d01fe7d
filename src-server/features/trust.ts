import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { trustAnswer } from '../../src-shared/protocol/trust.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Log } from './deps.ts';
import { readTrustFolder, stampOf, type TrustFolder } from './trust-folder.ts';

const published = z.object({ version: z.int(), answer: trustAnswer });

type Served = TrustFolder & { readonly etag: string };
/** The list as it is now; null: none is published. */
export type TrustSource = () => Served | null;

/**
 * The list that the administrator's folder makes. Read at the start and when something in it changed; a folder with a fault is told in the
 * log, and the last list that was in order goes on being served, after a restart too.
 */
export function createTrustSource({ dir, folder, log }: { readonly dir: string; readonly folder: string; readonly log: Log }): TrustSource {
  const keptFile = path.join(dir, 'trust-published.json');
  let stamp: string | null = null;
  let served: Served | null = readPublished(keptFile, log);

  function refresh(): void {
    const present = stampOf(folder);
    if (present === stamp) return;
    stamp = present;
    if (present === null) return;
    const read = readTrustFolder(folder);
    const fault = read.ok ? findNumberFault(read.value) : read.reason;
    if (fault !== null || !read.ok) return log('error', 'the folder of trust is not in order; the list before it is served on', { reason: fault ?? '', served: served?.version ?? 0 });
    if (served?.etag === etagOf(read.value)) return;
    served = withTag(read.value);
    // whole or not at all: a crash leaves the file of before
    writeFileSync(`${keptFile}.new`, JSON.stringify(read.value));
    renameSync(`${keptFile}.new`, keptFile);
    log('warn', 'a list of trust is published', { version: served.version, signed: read.value.answer.signature !== null });
  }

  /** Desks refuse a number that goes back, and other content under a number they know. */
  function findNumberFault({ version, answer }: TrustFolder): string | null {
    if (served === null || version > served.version) return null;
    if (version < served.version) return `its number is ${version}, and ${served.version} has been published`;
    return answer.list === served.answer.list ? null : `number ${version} has been published with other content; give it the next number`;
  }

  refresh();
  return () => {
    refresh();
    return served;
  };
}

/** GET /v1/trust */
export function createTrustCall(source: TrustSource): (call: Call) => Reply {
  return ({ request }) => {
    const served = source();
    if (served === null) return refuse({ code: 'not-found', params: { what: '' } });
    const { etag, answer } = served;
    // RFC 9110 13.1.2: a list of tags, or any
    const known = (request.headers['if-none-match'] ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
    return known ? { status: 304, headers: { etag } } : { ...json(200, answer), headers: { etag } };
  };
}

function withTag(folder: TrustFolder): Served {
  return { ...folder, etag: etagOf(folder) };
}

function etagOf({ version, answer }: TrustFolder): string {
  return `"${version}-${createHash('sha256').update(JSON.stringify(answer)).digest('hex').slice(0, 32)}"`;
}

function readPublished(file: string, log: Log): Served | null {
  if (!existsSync(file)) return null;
  try {
    return withTag(published.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    log('error', 'the list of trust that was published last cannot be read', { error: error instanceof Error ? error.name : 'unknown' });
    return null;
  }
}
