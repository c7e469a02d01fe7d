import { FolderPlus } from 'lucide-react';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { retentionWords, type DossierOrigin } from './dossier-values.ts';

type EntryPartProps = { readonly year: number; readonly entry: CatalogueEntry | null; readonly opened: readonly DossierView[]; readonly onOpenFrom: ((origin: DossierOrigin) => void) | null };

/** The chosen entry of the year's list: what it plans, which dossiers were opened from it, and the way to open one. */
export function EntryPart({ year, entry, opened, onOpenFrom }: EntryPartProps) {
  const t = useT();
  const { data: directory } = useQuery('directory.people', {});
  if (entry === null) return <p className="quiet catalogue-entry">{t('catalogue.pick')}</p>;
  const from = opened.filter(({ state }) => state.catalogueCode === entry.code);
  const facts: readonly (readonly [name: string, value: string | null])[] = entry.heading ? [] : [
    [t('dossier.code'), entry.code],
    [t('dossier.retention'), entry.retention === null ? null : retentionWords(entry.retention, t)],
    [t('dossier.keeper'), directory?.people.find(({ id }) => id === entry.keeper)?.fullName ?? null],
    [t('dossier.note'), entry.note],
  ];
  return (
    <section className="catalogue-entry" aria-label={entry.title}>
      <h2>{entry.title}</h2>
      <dl className="facts">{facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {from.length > 0 && <ul className="dossier-links">{from.map(({ state }) => <li key={state.id}><a href={hrefOf('dossiers', state.id)}>{t('catalogue.opened', { title: state.title })}</a></li>)}</ul>}
      {!entry.heading && onOpenFrom && <div><Button kind="strong" icon={FolderPlus} onPress={() => onOpenFrom({ year, entry })}>{t('catalogue.openFrom')}</Button></div>}
    </section>
  );
}
