import { createHash } from 'node:crypto';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { chainInput, digestInput, emptyChain, emptyDigest, xorDigest } from '../../src-shared/protocol/digest.ts';
import type { SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import { actor, arrived, book, content, newId, unit } from './helpers.ts';

/** mulberry32: the same seed, the same day. */
export function createRandom(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

export const newDocument = (): DocumentId => newId<DocumentId>();

/** The life of an incoming document, as far as `steps`. */
export function life(title: string, steps: number, more: { readonly lead?: string; readonly number?: number } = {}): DocumentEvent[] {
  const meta = () => ({ at: '2026-03-02T09:00:00+07:00', by: actor('clerk'), command: newId<CommandId>() });
  const events: DocumentEvent[] = [
    arrived(title),
    { ...meta(), type: 'registered', entry: { book, epoch: 1, number: more.number ?? 1 }, arrivalDate: '2026-03-02' },
    { ...meta(), type: 'presented', note: '' },
    { ...meta(), type: 'assigned', lead: (more.lead ?? 'p1') as PersonId, support: ['p2' as PersonId], inform: [], directive: 'Giao xử lý', deadline: '2026-03-20' },
  ];
  return events.slice(0, steps);
}

/** From scratch, by the definition alone. */
export function digestOf(logs: ReadonlyMap<string, readonly DocumentEvent[]>): string {
  const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
  let digest = emptyDigest;
  for (const [id, events] of logs) if (events.length > 0) digest = xorDigest(digest, hex(digestInput(id, events.length, events.reduce((chain, event) => hex(chainInput(chain, event)), emptyChain))).slice(0, 32));
  return digest;
}

export function infoOf(logs: ReadonlyMap<string, readonly DocumentEvent[]>, cursor: string): SnapshotInfo {
  return { scope: unit.code, hash: content(`snapshot ${cursor}`).sha256, sizeBytes: 1000, documents: logs.size, cursor, digest: digestOf(logs) };
}
