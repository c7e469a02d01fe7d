import { ArrowDown, ArrowUp, BadgeCheck, BookPlus, CalendarPlus, FolderPlus, ListPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CatalogueEntry, CatalogueState } from '../../../src-shared/domain/records/catalogue.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Pill } from '../../ui/pill.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Tree } from '../../ui/tree.tsx';
import { catalogueTree, movedEntry, placeForEntry } from './catalogue-tree.ts';
import type { DossierOrigin } from './dossier-values.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { EntryPart } from './entry-part.tsx';

type CatalogueProps = { readonly onOpenFrom: ((origin: DossierOrigin) => void) | null };
/** As many dossiers of a year as are looked through for what was opened from an entry. */
const mostOpened = 200;

/** Danh mục hồ sơ, year by year (NĐ 30/2020 Art 28): made by the clerk, approved by the head, and what dossiers are opened from. */
export function Catalogue({ onOpenFrom }: CatalogueProps) {
  const t = useT();
  const { data, error } = useQuery('catalogues.list', {});
  const { data: app } = useQuery('app.state', {});
  const set = useAction('catalogues.set');
  const [picked, setPicked] = useState<string | null>(null);
  const present = Number(useToday().slice(0, 4));
  if (!data || !app) return <ErrorNote error={error ?? null} />;
  const { catalogues } = data;
  const shown = catalogues.find(({ year }) => String(year) === picked) ?? catalogues[0];
  // the next year's is made before the year begins
  const [missing] = [present, present + 1].filter((year) => !catalogues.some((one) => one.year === year));
  const mayChange = app.role === 'clerk' || app.role === 'leader';
  const begin = mayChange && missing !== undefined && (
    <Button icon={CalendarPlus} disabled={set.busy} onPress={() => void set.run({ year: missing, entries: [] }).then(() => setPicked(String(missing)))}>{t('catalogue.addYear', { year: missing })}</Button>
  );
  if (!shown) return <><ErrorNote error={set.error} /><Empty icon={BookPlus} title={t('catalogue.none')} action={begin}>{t('catalogue.noneHelp')}</Empty></>;
  return (
    <div className="catalogue">
      <div className="dossiers-tools">
        <Select label={t('catalogue.of')} value={String(shown.year)} onChange={setPicked} options={catalogues.map(({ year }) => ({ value: String(year), label: String(year) }))} />
        {begin}
      </div>
      <ErrorNote error={set.error} />
      <OneYear key={shown.year} catalogue={shown} mayChange={mayChange} mayApprove={app.role === 'leader'} onOpenFrom={onOpenFrom} />
    </div>
  );
}

type OneYearProps = CatalogueProps & { readonly catalogue: CatalogueState; readonly mayChange: boolean; readonly mayApprove: boolean };

function OneYear({ catalogue: { year, entries, approved }, mayChange, mayApprove, onOpenFrom }: OneYearProps) {
  const t = useT();
  const say = useToast();
  const set = useAction('catalogues.set');
  const approve = useAction('catalogues.approve');
  const { data: opened } = useQuery('dossiers.list', { text: '', stage: null, year, offset: 0, limit: mostOpened });
  const [selected, setSelected] = useState<{ readonly at: number; readonly code: string } | null>(null);
  const [asking, setAsking] = useState<'heading' | 'entry' | 'edit' | null>(null);
  // The list may have changed under the choice: what stands at its place now was not chosen
  const at = selected !== null && entries[selected.at]?.code === selected.code ? selected.at : null;
  const entry = at === null ? null : (entries[at] ?? null);
  const headings = entries.flatMap(({ heading }, index) => (heading ? [String(index)] : []));
  const busy = set.busy || approve.busy;
  const store = async (next: readonly CatalogueEntry[]): Promise<boolean> => (await set.run({ year, entries: [...next] })).ok;

  async function remove(place: number, gone: CatalogueEntry): Promise<void> {
    if (!(await store(entries.toSpliced(place, 1)))) return;
    setSelected(null);
    say(t('catalogue.removed', { title: gone.title }), { label: t('dossier.putBack'), run: () => void store(entries) });
  }

  async function move(place: number, by: -1 | 1): Promise<void> {
    const code = entries[place]?.code ?? '';
    if (await store(movedEntry(entries, place, by))) setSelected({ at: place + by, code });
  }

  async function keep(next: CatalogueEntry): Promise<boolean> {
    const place = asking === 'edit' && at !== null ? at : placeForEntry(entries, next.heading, at);
    const stored = await store(entries.toSpliced(place, asking === 'edit' ? 1 : 0, next));
    if (stored) setSelected({ at: place, code: next.code });
    return stored;
  }

  return (
    <>
      <div className="catalogue-state">
        {approved ? <Pill tone="ok" icon={BadgeCheck}>{t('catalogue.approved', { name: approved.by, at: formatInstant(approved.at) })}</Pill> : <Pill tone="warn">{t('catalogue.proposal')}</Pill>}
        {!approved && mayApprove && entries.length > 0 && <Button kind="strong" size="small" icon={BadgeCheck} disabled={busy} onPress={() => void approve.run({ year })}>{t('catalogue.approve')}</Button>}
        {!approved && !mayApprove && entries.length > 0 && <span className="quiet">{t('catalogue.askApproval')}</span>}
      </div>
      <ErrorNote error={set.error ?? approve.error} />
      {mayChange && (
        <div className="dossier-deeds" role="group" aria-label={t('dossiers.year')}>
          <Button size="small" icon={ListPlus} disabled={busy} onPress={() => setAsking('heading')}>{t('catalogue.addHeading')}</Button>
          <Button size="small" icon={FolderPlus} disabled={busy} onPress={() => setAsking('entry')}>{t('catalogue.addEntry')}</Button>
          {entry && at !== null && (
            <>
              <Button size="small" icon={Pencil} disabled={busy} onPress={() => setAsking('edit')}>{t('catalogue.edit')}</Button>
              <Button size="small" icon={ArrowUp} disabled={busy || at === 0} onPress={() => void move(at, -1)}>{t('catalogue.up')}</Button>
              <Button size="small" icon={ArrowDown} disabled={busy || at === entries.length - 1} onPress={() => void move(at, 1)}>{t('catalogue.down')}</Button>
              <Button size="small" icon={Trash2} disabled={busy} onPress={() => void remove(at, entry)}>{t('catalogue.remove')}</Button>
            </>
          )}
        </div>
      )}
      {entries.length === 0 ? <Note tone="info">{t('catalogue.empty')}</Note> : (
        <div className="catalogue-sides">
          <Tree
            key={headings.join()}
            label={t('catalogue.tree', { year })} nodes={catalogueTree(entries, opened?.rows ?? [], t)} selected={at === null ? null : String(at)} open={headings}
            onSelect={(node) => { const place = Number(node); const code = entries[place]?.code; if (code !== undefined) setSelected({ at: place, code }); }}
          />
          <EntryPart year={year} entry={entry} opened={opened?.rows ?? []} onOpenFrom={onOpenFrom} />
        </div>
      )}
      {asking && <EntryDialog year={year} asking={asking} entry={asking === 'edit' ? entry : null} approved={approved !== null} busy={busy} error={set.error} onClose={() => { set.clear(); setAsking(null); }} onKeep={keep} />}
    </>
  );
}
