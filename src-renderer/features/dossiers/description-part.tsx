import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { retentionWords } from './dossier-values.ts';

/** What the year's list and the index of dossiers say of it. */
export function DescriptionPart({ view: { state, handOverDue } }: { readonly view: DossierView }) {
  const t = useT();
  const { data: directory } = useQuery('directory.people', {});
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    [t('dossier.code'), state.code],
    [t('dossier.retention'), retentionWords(state.retention, t)],
    [t('dossier.keeper'), directory?.people.find(({ id }) => id === state.keeper)?.fullName ?? null],
    [t('dossier.start'), formatDate(state.startDate)],
    [t('dossier.end'), state.endDate && formatDate(state.endDate)],
    [t('dossier.pages'), state.pages === null ? null : String(state.pages)],
    [t('dossier.handOverDue'), handOverDue && formatDate(handOverDue)],
    [t('dossier.keptUntil'), state.keptUntil && formatDate(state.keptUntil)],
    [t('dossier.rights'), state.rights],
    [t('dossier.note'), state.note],
  ];
  return (
    <section className="dossier-about" aria-label={t('dossier.about')}>
      <h2>{t('dossier.about')}</h2>
      <dl className="facts">{facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <p className="quiet">{state.catalogueCode === null ? t('dossier.selfDefined') : t('dossier.fromCatalogue', { code: state.catalogueCode, year: state.year })}</p>
      {state.handOver && <p>{t('dossier.handedTo', { receiver: state.handOver.receiver, date: formatDate(state.handOver.date) })}</p>}
      {state.stage === 'closed' && handOverDue === null && <p className="quiet">{t('dossier.notHandedOver')}</p>}
    </section>
  );
}
