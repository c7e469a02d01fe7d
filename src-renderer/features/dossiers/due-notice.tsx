import { Archive } from 'lucide-react';
import { useState } from 'react';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { DossierPill } from './dossier-pill.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';

/** What goes to the archive within thirty days, or should have gone (NĐ 30/2020 App VI.III.5b). Nothing where nothing does. */
export function DueNotice() {
  const t = useT();
  const { data } = useQuery('dossiers.atHand', {});
  const { data: app } = useQuery('app.state', {});
  const [handing, setHanding] = useState(false);
  const due = data?.due ?? [];
  if (due.length === 0 || !app) return null;
  const mine = due.filter(({ state }) => app.role === 'clerk' || state.keeper === app.me.id);
  return (
    <Note
      tone="warn"
      title={t('dossiers.due', { count: due.length })}
      action={mine.length > 0 && <Button size="small" icon={Archive} onPress={() => setHanding(true)}>{t('dossiers.handOverAll', { count: mine.length })}</Button>}
    >
      <p>{t('dossiers.dueHelp')}</p>
      <ul className="dossiers-due">
        {due.map((view) => <li key={view.state.id}><a href={hrefOf('dossiers', view.state.id)}>{view.state.code} · {view.state.title}</a> <DossierPill view={view} /></li>)}
      </ul>
      {handing && <HandOverDialog dossiers={mine.map(({ state }) => state)} onClose={() => setHanding(false)} />}
    </Note>
  );
}
