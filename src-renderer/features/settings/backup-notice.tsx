import { useState } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { showPart } from './show-part.ts';

/** A week without a backup is said where the person works, until they look at it or put it off for today. */
export function BackupNotice() {
  const t = useT();
  const { data: state } = useQuery('backup.read', {});
  const [later, setLater] = useState(false);
  if (later || state?.overdue !== true || state.running !== null) return null;
  return (
    <section aria-label={t('backup.title')}>
      <Note tone="warn" action={<><Button size="small" onPress={() => showPart('backup')}>{t('backup.noticeOpen')}</Button><Button size="small" onPress={() => setLater(true)}>{t('backup.noticeLater')}</Button></>}>
        {t('backup.overdue')}
      </Note>
    </section>
  );
}
