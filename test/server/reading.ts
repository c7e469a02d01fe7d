import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { Change } from '../../src-shared/protocol/wire.ts';
import { isTold, type Client } from './office.ts';

/** What a desk holds: every document's events, as the feed has told them. */
export type Held = ReadonlyMap<string, readonly LogEvent[]>;

/** As a desk takes them in; a change that goes on where nothing is fails the test. */
export function take(held: Held, changes: readonly Change[]): Held {
  const next = new Map(held);
  for (const change of changes) {
    if (!isTold(change)) next.delete(change.document);
    else {
      const before = next.get(change.document) ?? [];
      assert.ok(change.from <= before.length, `${change.document} goes on from ${change.from}, and only ${before.length} are here`);
      next.set(change.document, [...before.slice(0, change.from), ...change.events]);
    }
  }
  return next;
}

/** Pages until there is no more, at most a thousand. */
export async function readAll(client: Client, cursor: string | null = null, held: Held = new Map()) {
  for (let pages = 0; pages < 1000; pages++) {
    const page = await client.changes(cursor);
    held = take(held, [...page.changes, ...page.gone]);
    cursor = page.next;
    if (!page.hasMore) return { held, cursor, digest: page.digest };
  }
  throw new Error('the feed has no end');
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** RFC 8785 by hand, for what events hold. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const known = value as Readonly<Record<string, unknown>>;
  return `{${Object.keys(known).sort().map((key) => `${JSON.stringify(key)}:${canonical(known[key])}`).join(',')}}`;
}

/** The unit's digest as the protocol's page says it, computed without the program's own code. */
export function digestOf(held: Held): string {
  const sum = Buffer.alloc(16);
  for (const [document, events] of held) {
    const chain = events.reduce((link, event) => sha256(`${link}\n${canonical(event)}`), '0'.repeat(64));
    const share = Buffer.from(sha256(`${document}\n${events.length}\n${chain}`).slice(0, 32), 'hex');
    for (let at = 0; at < 16; at++) sum[at] = (sum[at] ?? 0) ^ (share[at] ?? 0);
  }
  return sum.toString('hex');
}
