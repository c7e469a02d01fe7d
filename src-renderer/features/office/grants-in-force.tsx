import { UserRoundCheck } from 'lucide-react';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';

/** At the top of the desk of whoever holds a leave today: for whom they act, in which capacity, until when. */
export function GrantsInForce() {
  const t = useT();
  const { data } = useQuery('grants.list', {});
  const { data: directory } = useQuery('directory.people', {});
  const held = data?.grants.filter(({ id }) => data.mine.includes(id)) ?? [];
  if (held.length === 0) return null;
  return (
    <section className="grants-in-force" aria-label={t('grant.inForce')}>
      <UserRoundCheck aria-hidden size={16} strokeWidth={1.75} />
      <ul>
        {held.map(({ id, from, capacity, lends, lastDay }) => (
          <li key={id}>{t('grant.youAct', { name: directory?.people.find((person) => person.id === from)?.fullName ?? from, role: t(`role.${lends}`).toLowerCase(), capacity, date: formatDate(lastDay) })}</li>
        ))}
      </ul>
      <a href={hrefOf('office')}>{t('grant.look')}</a>
    </section>
  );
}
