import { useEffect, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { holdShield } from '../../bridge/shield.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';

type Sheet = Output<'backup.newSheet'>;

/** The words that later backups open with on another machine: made when the person is ready to write, shown this once, and gone from the window with it. */
export function BackupSheetDialog({ again, onClose }: { readonly again: boolean; readonly onClose: () => void }) {
  const t = useT();
  const make = useAction('backup.newSheet');
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [written, setWritten] = useState(false);

  async function begin(): Promise<void> {
    const result = await make.run({});
    if (result.ok) setSheet(result.value);
  }

  if (sheet !== null) return <Shown sheet={sheet} written={written} onWritten={setWritten} onClose={onClose} />;
  return (
    <Dialog
      title={t(again ? 'backup.makeSheetAgain' : 'backup.makeSheet')}
      onClose={onClose}
      locked={make.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={make.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={make.busy} onPress={() => void begin()}>{t('backup.sheetShow')}</Button>
        </>
      }
    >
      <p>{t('backup.sheetWhy')}</p>
      <p>{t('backup.sheetReady')}</p>
      {again && <Note tone="info">{t('backup.sheetOlder')}</Note>}
      <ErrorNote error={make.error} />
    </Dialog>
  );
}

type ShownProps = { readonly sheet: Sheet; readonly written: boolean; readonly onWritten: (written: boolean) => void; readonly onClose: () => void };

function Shown({ sheet, written, onWritten, onClose }: ShownProps) {
  const t = useT();
  // a picture of these words is as good as the words
  useEffect(() => holdShield(), []);
  return (
    <Dialog title={t('backup.sheetTitle', { number: sheet.number })} onClose={onClose} locked={!written} actions={<Button kind="strong" disabled={!written} onPress={onClose}>{t('backup.sheetDone')}</Button>}>
      <p>{t('backup.sheetWrite', { when: formatInstant(sheet.madeAt) })}</p>
      <ol className="recovery-words">{sheet.phrase.split(/[-\s]+/).map((group, at) => <li key={at}><code>{group}</code></li>)}</ol>
      <p className="quiet">{t('backup.sheetKeep')}</p>
      <Checkbox checked={written} onChange={onWritten}>{t('backup.sheetWritten')}</Checkbox>
    </Dialog>
  );
}
