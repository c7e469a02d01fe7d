import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useUndo } from '../../app/undo.tsx';
import { useAction, useBridge, useStore } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Gone at once, and back in its place by the line that says so, or by Ctrl+Z. */
export function useRemove(): { readonly remove: (search: SavedSearch) => Promise<void>; readonly error: AppError | null } {
  const { t, describe } = useI18n();
  const say = useToast();
  const bridge = useBridge();
  const store = useStore();
  const { offerOwn } = useUndo();
  const action = useAction('searches.remove');

  async function remove({ id, ...search }: SavedSearch): Promise<void> {
    const removed = await action.run({ id });
    if (!removed.ok) return;
    const takeBack = async (): Promise<void> => {
      const back = await bridge['searches.save']({ ...search, place: removed.value.place });
      if (!back.ok) say(describe(back.error));
      store.invalidate(({ channel }) => channel === 'searches.list');
    };
    offerOwn(t('searches.removed', { name: search.name }), () => void takeBack(), new AbortController());
  }

  return { remove, error: action.error };
}
