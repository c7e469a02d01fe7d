import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DeskStore } from '../../ports/store.ts';

/** Passwords of encrypted files that a person has typed: in memory only, for one content and what continues it. */
export type Passwords = {
  readonly keep: (sha256: Sha256, password: string) => void;
  readonly find: (sha256: Sha256) => string | undefined;
};

export function createPasswords(store: Pick<DeskStore, 'documentsWithContent' | 'readHistory'>): Passwords {
  const known = new Map<Sha256, string>();
  /** A signed file is its base and a tail, and the base's password opens it. */
  const parentsOf = (sha256: Sha256): ReadonlyMap<Sha256, Sha256 | null> => {
    const contents = store.documentsWithContent(sha256).flatMap((id) => store.readHistory(id)).flatMap((event) => ('content' in event ? [event.content] : []));
    return new Map(contents.map(({ sha256: content, parent }) => [content, parent]));
  };
  return {
    keep: (sha256, password) => void known.set(sha256, password),
    find: (sha256) => {
      if (known.size === 0) return undefined;
      const direct = known.get(sha256);
      if (direct !== undefined) return direct;
      const parents = parentsOf(sha256);
      const seen = new Set<Sha256>();
      for (let at = parents.get(sha256) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
        const password = known.get(at);
        if (password !== undefined) return password;
        seen.add(at);
      }
      return undefined;
    },
  };
}
