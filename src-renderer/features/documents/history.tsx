import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { wordsOfEvent } from './history-words.ts';

/** As many as one looks through at once; a letter to a thousand offices has as many answers. */
const step = 50;

/** Everything that happened to the document, the newest first, and the dossiers that it lies in. A fold away: the line of steps says where it stands. */
export function History({ detail: { document, history } }: { readonly detail: DocumentDetail }) {
  const t = useT();
  const { data: directory } = useQuery('directory.people', {});
  const { data: dossiers } = useQuery('dossiers.of', { id: document.id });
  const [open, setOpen] = useState(false);
  const [most, setMost] = useState(step);
  const personOf = (id: string): string => directory?.people.find((person) => person.id === id)?.fullName ?? id;
  const shown = open ? history.toReversed().slice(0, most) : [];
  return (
    <section aria-label={t('history.heading')}>
      {dossiers?.rows.map(({ state }) => <p key={state.id}><a href={hrefOf('dossiers', state.id)}>{t('history.inDossier', { code: state.code, title: state.title })}</a></p>)}
      <details className="versions" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('history.count', { count: history.length })}</summary>
        <ol>
          {shown.map((event, index) => {
            const { what, said } = wordsOfEvent(event, { t, personOf, document });
            return (
              <li key={`${event.at} ${event.type} ${index}`}>
                <p className="comment-text">{what}</p>
                {said && <p className="comment-text quiet">{said}</p>}
                <p className="comment-who quiet">{[event.by?.fullName, formatInstant(event.at)].filter(Boolean).join(' · ')}</p>
              </li>
            );
          })}
        </ol>
        {open && history.length > most && <Button size="small" onPress={() => setMost(most + step)}>{t('history.more', { count: history.length - most })}</Button>}
      </details>
    </section>
  );
}
