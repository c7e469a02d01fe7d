import { deflateSync } from 'node:zlib';
import type { Random } from './random.ts';
import { array, name, stream, type Body, type Ref, type Stream } from './value.ts';

/** The objects of a document as they are now, and what changed since it was saved last. */
export type Objects = {
  readonly reserve: () => Ref;
  readonly put: (at: Ref, body: Body) => void;
  readonly add: (body: Body) => Ref;
  readonly read: (at: Ref) => Body;
  readonly free: (at: Ref) => void;
};

export function pageContent(random: Random): Stream {
  const lines = Array.from({ length: random.between(1, 12) }, (_, i) => `BT /F1 12 Tf 20 ${20 + 18 * i} Td (Dong ${i} so ${random.int(10_000)}) Tj ET`);
  const data = Buffer.from(lines.join('\n'), 'latin1');
  return random.chance(0.5) ? stream({}, data) : stream({ Filter: random.chance(0.5) ? name('FlateDecode') : array([name('FlateDecode')]) }, deflateSync(data));
}
