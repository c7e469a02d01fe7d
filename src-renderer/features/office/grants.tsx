import { UserRoundCheck, UserRoundPlus, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../app/app-state.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Pill } from '../../ui/pill.tsx';
import { EndGrant } from './end-grant.tsx';
import { GiveGrant } from './give-grant.tsx';
import { inOrder, standingOf, type GrantRow } from './grant-words.ts';

const tones = { now: 'ok', later: 'accent', over: 'neutral' } as const;

/** Ủy quyền, giao thay: who acts for whom, until when, by which paper (NĐ 30/2020 Art 13). */
export function Grants({ app }: { readonly app: AppState }) {
  const t = useT();
  const { data, error } = useQuery('grants.list', {});
  const { data: directory } = useQuery('directory.people', {});
  const today = useToday();
  const [asking, setAsking] = useState<{ readonly what: 'give' } | { readonly what: 'end' | 'paper'; readonly grant: GrantRow } | null>(null);
  const nameOf = (id: string): string => directory?.people.find((person) => person.id === id)?.fullName ?? id;
  const mayGive = app.role === 'leader' || app.role === 'clerk';
  const close = (): void => setAsking(null);
  const give = mayGive && <Button kind="strong" icon={UserRoundPlus} onPress={() => setAsking({ what: 'give' })}>{t('grant.give')}</Button>;
  return (
    <div className="office-part">
      <ErrorNote error={error} />
      {data?.grants.length === 0 ? <Empty icon={UserRoundCheck} title={t('grant.none')} action={give}>{t('grant.noneHelp')}</Empty> : <div>{give}</div>}
      {data && data.grants.length > 0 && (
        <ul className="grants" aria-label={t('office.grants')}>
          {inOrder(data.grants, today).map((grant) => {
            const standing = standingOf(grant, today);
            const about = t('grant.line', { from: nameOf(grant.from), to: nameOf(grant.to) });
            return (
              <li key={grant.id} className="grant">
                <div className="work-words">
                  <span className="work-what">{about} <Pill tone={tones[standing]}>{t(`grant.standing.${standing}`)}</Pill></span>
                  <span>{t(`grant.capacity.${grant.capacity}`)} · {t('grant.lends', { role: t(`role.${grant.lends}`).toLowerCase() })}</span>
                  <span>{t('grant.days', { first: formatDate(grant.firstDay), last: formatDate(grant.lastDay) })}{grant.basis !== '' && ` · ${t('grant.byPaper', { basis: grant.basis })}`}</span>
                  {grant.endedReason !== null && <span className="quiet">{t('grant.endedBecause', { reason: grant.endedReason })}</span>}
                </div>
                <div className="work-buttons">
                  {grant.content && <Button size="small" onPress={() => setAsking({ what: 'paper', grant })}>{t('grant.paper')}</Button>}
                  {standing !== 'over' && (grant.from === app.me.id || app.role === 'leader') && <Button size="small" icon={UserRoundX} onPress={() => setAsking({ what: 'end', grant })}>{t('command.endGrant')}</Button>}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {asking?.what === 'give' && <GiveGrant app={app} onClose={close} />}
      {asking?.what === 'end' && <EndGrant grant={asking.grant} name={nameOf(asking.grant.to)} today={today} onClose={close} />}
      {asking?.what === 'paper' && asking.grant.content && (
        <Dialog title={t('grant.paper')} size="wide" onClose={close} actions={<Button onPress={close}>{t('action.close')}</Button>}>
          <div className="grant-paper"><PdfViewer content={asking.grant.content} rotatable /></div>
        </Dialog>
      )}
    </div>
  );
}
