import { Download, FileSpreadsheet, Table } from 'lucide-react';
import { useState } from 'react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import { mostExported } from '../../../src-shared/contract/results.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useCommand } from '../../app/commands.tsx';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { describeSearch } from '../saved-searches/use-saved-searches.ts';
import { useExport } from './use-export.ts';

type ExportProps = { readonly of: ListQuery; /** Of the list. */ readonly total: number; /** Only these; null: all of the list. */ readonly chosen: readonly DocumentId[] | null };

/** A button that puts the list, or what is chosen in it, into a file. */
export function ExportResults({ of, total, chosen }: ExportProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const words = t(chosen === null ? 'results.export' : 'results.exportChosen');
  useCommand({ id: chosen === null ? 'results.export' : 'results.exportChosen', words, group: 'list', run: total > 0 ? () => setOpen(true) : null });
  return (
    <>
      <Button size="small" icon={Download} disabled={total === 0} onPress={() => setOpen(true)}>{words}</Button>
      {open && <ExportDialog of={of} total={total} chosen={chosen} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ of, total, chosen, onClose }: ExportProps & { readonly onClose: () => void }) {
  const { t, locale } = useI18n();
  const file = useExport();
  const count = chosen?.length ?? total;
  const tooMany = count > mostExported;
  const { state } = file;
  const making = state.step === 'making';
  const save = (format: 'xlsx' | 'csv'): void => void file.begin({ ...of, quick: [...(of.quick ?? [])], ids: chosen === null ? null : [...chosen], format });
  return (
    <Dialog title={t(chosen === null ? 'results.title' : 'results.titleChosen')} onClose={onClose} actions={<Button onPress={onClose}>{t('results.close')}</Button>}>
      <p><strong>{describeSearch({ ...of, quick: of.quick ?? [] }, t)}</strong> · {t('list.count', { count })}</p>
      {tooMany ? <Note tone="warn" live>{t('results.tooMany', { count, limit: mostExported })}</Note> : (
        <>
          <div className="results-formats">
            <Button kind="strong" icon={FileSpreadsheet} busy={making} onPress={() => save('xlsx')}>{t('results.xlsx')}</Button>
            <Button icon={Table} busy={making} onPress={() => save('csv')}>{t('results.csv')}</Button>
          </div>
          <p className="quiet">{t('results.help')}</p>
        </>
      )}
      {making && <Progress label={t(state.total === null && state.done > 0 ? 'results.writing' : 'results.reading')} done={state.done} total={state.total} onCancel={file.stop} />}
      {state.step === 'saved' && <Note tone="ok" live title={t('results.saved', { name: state.name, size: formatBytes(state.sizeBytes, locale) })}>{t('results.savedHelp', { count: state.rows })}</Note>}
      <ErrorNote error={state.step === 'refused' ? state.error : null} />
    </Dialog>
  );
}
