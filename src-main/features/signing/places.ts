import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { Places } from '../../ports/signing.ts';
import type { DeskContext } from '../context.ts';

/** Where a content's own fields and text say that things belong. A content never changes, so neither does its answer. */
export type FindPlaces = (content: Sha256, source: ByteSource) => Promise<Result<Places>>;

const remembered = 500;

/** One document is read at a time: a screen may ask for two hundred at once, and each is held whole while its text is read. */
export function createPlaceFinder(context: Pick<DeskContext, 'signing'>): FindPlaces {
  const known = new Map<Sha256, Promise<Result<Places>>>();
  let turn: Promise<unknown> = Promise.resolve();
  return (content, source) => {
    const held = known.get(content);
    if (held !== undefined) return held;
    const asked = turn.then(() => context.signing.findPlaces(source));
    turn = asked.catch(() => undefined);
    known.set(content, asked);
    // What failed may go better the next time
    asked.then((found) => found.ok || known.delete(content), () => known.delete(content));
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break;
      known.delete(oldest);
    }
    return asked;
  };
}
