import { useT } from '../i18n/context.tsx';
import { formatWhen } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import type { KeptForm } from './use-kept-form.ts';

/** Says that the form was left unfinished and when, and offers an empty one. */
export function KeptNote({ form }: { readonly form: Pick<KeptForm<never>, 'restoredAt' | 'drop'> }) {
  const t = useT();
  if (form.restoredAt === null) return null;
  return (
    <Note tone="info" live>
      {t('kept.restored', { time: formatWhen(form.restoredAt, t) })}
      <Button size="small" kind="quiet" onPress={form.drop}>{t('kept.drop')}</Button>
    </Note>
  );
}
