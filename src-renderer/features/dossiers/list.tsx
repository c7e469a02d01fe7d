import { FolderOpen, FolderPlus, SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import { goTo } from '../../app/route.ts';
import { useQueries, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SegmentedControl } from '../../ui/choice.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { Grid } from '../../ui/grid.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SyncPill } from '../documents/pills.tsx';
import { DossierPill } from './dossier-pill.tsx';

const stages = ['open', 'closed', 'handed-over', 'all'] as const;
type Shown = (typeof stages)[number];
/** Of one more press. */
const step = 50;

/** Every dossier of the office by its state, found by words with or without marks. */
export function DossierList({ onOpenNew }: { readonly onOpenNew: (() => void) | null }) {
  const t = useT();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('open');
  const [pages, setPages] = useState(1);
  const words = useDeferredValue(text);
  const stage = shown === 'all' ? null : shown;
  const answers = useQueries('dossiers.list', Array.from({ length: pages }, (_, page) => ({ text: words, stage, year: null, offset: page * step, limit: step })));
  const data = answers[0]?.data;
  const { data: directory } = useQuery('directory.people', {});
  const nameOf = (id: string): string => directory?.people.find((one) => one.id === id)?.fullName ?? '';
  const narrowed = text !== '' || shown !== 'all';
  const rows = answers.flatMap((answer) => answer.data?.rows ?? []);
  const left = (data?.total ?? 0) - rows.length;
  return (
    <div className="dossiers-list">
      <div className="dossiers-tools">
        <TextField label={t('dossiers.search')} maxLength={200} value={text} onChange={(next) => { setText(next); setPages(1); }} />
        <SegmentedControl label={t('dossiers.stage')} value={shown} onChange={(next) => { setShown(next); setPages(1); }} options={stages.map((one) => ({ value: one, label: t(`dossiers.stage.${one}`) }))} />
        {onOpenNew && <Button kind="strong" icon={FolderPlus} onPress={onOpenNew}>{t('dossiers.open')}</Button>}
      </div>
      <ErrorNote error={answers.find(({ error }) => error)?.error ?? null} />
      {data && <p className="quiet" role="status">{t('dossiers.count', { count: data.total })}</p>}
      {data && rows.length === 0 && narrowed && (
        <Empty icon={SearchX} title={t('dossiers.notFound')} action={<Button onPress={() => { setText(''); setShown('all'); }}>{t('dossiers.all')}</Button>}>{t('dossiers.notFoundHelp')}</Empty>
      )}
      {data && rows.length === 0 && !narrowed && <Empty icon={FolderOpen} title={t('dossiers.none')}>{t('dossiers.noneHelp')}</Empty>}
      {rows.length > 0 && (
        <Grid<DossierView>
          label={t('dossiers.work')}
          rows={rows}
          rowId={({ state }) => state.id}
          onOpen={(id) => goTo('dossiers', id)}
          empty=""
          columns={[
            { id: 'code', name: t('dossiers.list.code'), cell: ({ state }) => <span className="dossier-code">{state.code}</span> },
            { id: 'title', name: t('dossiers.list.title'), rowHeader: true, cell: ({ state }) => <strong className="dossier-title">{state.title}</strong> },
            { id: 'documents', name: t('dossiers.list.documents'), align: 'end', cell: ({ state }) => state.documents.length },
            { id: 'keeper', name: t('dossiers.list.keeper'), cell: ({ state }) => nameOf(state.keeper) },
            { id: 'state', name: t('dossiers.list.state'), cell: (view) => <span className="dossier-pills"><DossierPill view={view} /><SyncPill sync={view.sync} /></span> },
          ]}
        />
      )}
      {left > 0 && <div className="works-more"><Button onPress={() => setPages(pages + 1)}>{t('dossiers.more', { count: Math.min(step, left) })}</Button></div>}
    </div>
  );
}
