import { FilePlus2, FileX2, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { documentKinds, type DocumentState } from '../../../src-shared/domain/document.ts';
import { hrefOf } from '../../app/route.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { IconButton, Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Grid } from '../../ui/grid.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fullNumber } from '../documents/names.ts';
import { AddDocuments } from './add-documents.tsx';

/** What lies in it, in the order of its dates as the index has it; while it is open, more is put in and taken out. */
export function DocumentsPart({ view: { state, documents } }: { readonly view: Output<'dossiers.read'> }) {
  const t = useT();
  const say = useToast();
  const { data: app } = useQuery('app.state', {});
  const unfile = useAction('dossiers.unfile');
  const file = useAction('dossiers.file');
  const [adding, setAdding] = useState(false);
  const open = state.stage === 'open' && app?.role !== 'administrator';
  const mine = open && (app?.role !== 'officer' || state.keeper === app?.me.id);
  const place = new Map(documents.map(({ id }, index) => [id, index + 1]));

  async function takeOut(one: DocumentState): Promise<void> {
    const result = await unfile.run({ id: state.id, documents: [one.id] });
    if (result.ok) say(t('dossier.takenOut', { title: one.title }), { label: t('dossier.putBack'), run: () => void file.run({ id: state.id, documents: [one.id] }) });
  }

  const add = open && <Button icon={FilePlus2} onPress={() => setAdding(true)}>{t('dossier.add')}</Button>;
  return (
    <section aria-label={t('dossier.documents')}>
      <div className="dossier-part-head"><h2>{t('dossier.documents')}</h2>{documents.length > 0 && add}</div>
      <ErrorNote error={unfile.error ?? file.error} />
      {documents.length === 0 ? (
        <Empty icon={FolderOpen} action={add}>{t('dossier.documentsNone')}</Empty>
      ) : (
        <Grid<DocumentState>
          label={t('dossier.documents')}
          rows={documents}
          rowId={({ id }) => id}
          empty=""
          columns={[
            { id: 'order', name: t('dossier.order'), align: 'end', cell: ({ id }) => place.get(id) },
            { id: 'number', name: t('dossier.documentNumber'), cell: (one) => fullNumber(one, t) },
            { id: 'date', name: t('dossier.documentDate'), cell: ({ issuedDate }) => <span className="dossier-code">{issuedDate && formatDate(issuedDate)}</span> },
            { id: 'title', name: t('dossier.documentTitle'), rowHeader: true, cell: (one) => <a className="dossier-document" href={hrefOf(one.direction, one.id)}>{`${documentKinds[one.kind].name}: ${one.title}`}</a> },
            { id: 'author', name: t('dossier.documentAuthor'), cell: ({ from }) => from.name },
            ...(mine ? [{ id: 'out', name: t('dossier.takeOut'), cell: (one: DocumentState) => <IconButton icon={FileX2} label={t('dossier.takeOutOf', { title: one.title })} disabled={unfile.busy} onPress={() => void takeOut(one)} /> }] : []),
          ]}
        />
      )}
      {adding && <AddDocuments state={state} onClose={() => setAdding(false)} />}
    </section>
  );
}
