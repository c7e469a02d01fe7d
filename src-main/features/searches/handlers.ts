import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { checkSearchName, mostSavedSearches, moveSearch } from '../../../src-shared/domain/saved-search.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';

type SearchHandlers = Pick<Handlers, Extract<keyof Handlers, `searches.${string}`>>;

/** Tìm đã lưu: this person's own, in this desk's encrypted store; never sent and never logged. */
export function searchHandlers({ store, me, now, newId }: Pick<DeskContext, 'store' | 'me' | 'now' | 'newId'>): SearchHandlers {
  const all = (): readonly SavedSearch[] => store.savedSearches(me.id);
  return {
    'searches.list': () => ok({ searches: [...all()] }),
    'searches.save': ({ name, place, ...asked }) => {
      const kept = all();
      if (asked.query.trim() === '' && asked.quick.length === 0) return fail('search.nothing');
      if (kept.length >= mostSavedSearches) return fail('search.too-many', { limit: mostSavedSearches });
      const checked = checkSearchName(name, kept);
      if (!checked.ok) return checked;
      const made: SavedSearch = { ...asked, query: asked.query.normalize('NFC').trim(), id: newId(), name: checked.value };
      store.keepSavedSearches(me.id, kept.toSpliced(place ?? kept.length, 0, made));
      return ok(made);
    },
    'searches.rename': ({ id, name }) => withOne(id, (one, kept) => {
      const checked = checkSearchName(name, kept.filter((other) => other !== one));
      if (!checked.ok) return checked;
      store.keepSavedSearches(me.id, kept.map((other) => (other === one ? { ...one, name: checked.value } : other)));
      return ok({});
    }),
    'searches.move': ({ id, by }) => withOne(id, (_one, kept) => {
      store.keepSavedSearches(me.id, moveSearch(kept, id, by));
      return ok({});
    }),
    'searches.remove': ({ id }) => withOne(id, (one, kept) => {
      store.keepSavedSearches(me.id, kept.filter((other) => other !== one));
      return ok({ place: kept.indexOf(one) });
    }),
    'searches.count': ({ id }) => withOne(id, ({ folder, query, quick }) => ok({ total: store.listDocuments({ folder, me: me.id, text: query, quick, today: vietnamDate(now()), offset: 0, limit: 1 }).total })),
  };

  function withOne<T>(id: string, work: (one: SavedSearch, kept: readonly SavedSearch[]) => Result<T>): Result<T> {
    const kept = all();
    const one = kept.find((other) => other.id === id);
    return one === undefined ? fail('not-found', { what: 'search' }) : work(one, kept);
  }
}
