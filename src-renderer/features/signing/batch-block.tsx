import { ListChecks, Play, X } from 'lucide-react';
import { useState } from 'react';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { BatchPin } from './batch-pin.tsx';
import { countsOf } from './use-batch.ts';

type BatchBlockProps = { readonly batch: Batch; readonly name: string; readonly onShow: () => void; readonly onClose: () => void };

/** Above the queue: a run that was left half way, or one that ended while nobody looked. */
export function BatchBlock({ batch, name, onShow, onClose }: BatchBlockProps) {
  const t = useT();
  const resume = useAction('batch.resume');
  const end = useAction('batch.end');
  const [asking, setAsking] = useState(false);
  const counts = countsOf(batch);
  const show = <Button size="small" kind="quiet" icon={ListChecks} onPress={onShow}>{t('batch.show')}</Button>;
  if (batch.state === 'ended') {
    return (
      <Note tone={counts.failed > 0 ? 'warn' : 'ok'} title={t('batch.endedBlock', { done: counts.signed, total: batch.items.length })} action={<>{show}<Button size="small" kind="quiet" icon={X} onPress={onClose}>{t('action.close')}</Button></>}>
        {counts.failed > 0 && t('batch.someFailed', { count: counts.failed })}
      </Note>
    );
  }
  return (
    <>
      <Note
        tone="warn"
        title={t('batch.unfinished', { count: counts.waiting })}
        action={
          <>
            <Button size="small" kind="strong" icon={Play} disabled={resume.busy || end.busy} onPress={() => (batch.state === 'paused' ? void resume.run({ pin: null }) : setAsking(true))}>{t('batch.resume')}</Button>
            <Button size="small" disabled={resume.busy || end.busy} onPress={() => void end.run({})}>{t('batch.end')}</Button>
            {show}
          </>
        }
      >
        {batch.error?.message}
      </Note>
      <ErrorNote error={resume.error ?? end.error} />
      {asking && <BatchPin batch={batch} name={name} retryFailed={false} onClose={() => setAsking(false)} />}
    </>
  );
}
