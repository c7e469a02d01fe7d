import { ArrowLeft, Play, RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { BatchLines } from './batch-lines.tsx';
import { BatchPin } from './batch-pin.tsx';
import { countsOf, useTimeLeft } from './use-batch.ts';

type BatchViewProps = {
  readonly batch: Batch;
  readonly name: string;
  /** Back to the queue; the run keeps its state. */
  readonly onLeave: () => void;
  readonly onOpen: (id: DocumentId) => void;
};

/** The run of signatures in the queue's place: how far it is, what came of each, and how to stop, go on or end it. */
export function BatchView({ batch, name, onLeave, onOpen }: BatchViewProps) {
  const t = useT();
  const pause = useAction('batch.pause');
  const resume = useAction('batch.resume');
  const end = useAction('batch.end');
  const leftMs = useTimeLeft(batch);
  // What needs the PIN: going on, or the failed ones once more
  const [asking, setAsking] = useState<{ readonly retryFailed: boolean } | null>(null);
  const counts = countsOf(batch);
  const total = batch.items.length;
  const ended = batch.state === 'ended';
  const done = total - counts.waiting - counts.left;
  const live = batch.state === 'running' || batch.state === 'asking';
  const busy = pause.busy || resume.busy || end.busy;

  function goOn(retryFailed: boolean): void {
    // The token of a paused run stays open for a while
    if (batch.state === 'paused') void resume.run({ pin: null, retryFailed });
    else setAsking({ retryFailed });
  }

  return (
    <>
      <div className="list-heading batch-heading">
        <h1>{t(ended ? 'batch.ended' : 'batch.heading')}</h1>
        {!live && !ended && <Button kind="quiet" size="small" icon={ArrowLeft} onPress={onLeave}>{t('batch.toQueue')}</Button>}
      </div>
      <div className="batch-state">
        <Progress
          label={ended ? t('batch.signedOf', { done: counts.signed, total }) : t('batch.progress', { done, total })}
          done={ended ? counts.signed : done}
          total={total}
          words={wordsOf(counts, ended, t)}
          leftMs={leftMs}
          paused={batch.state === 'paused'}
        />
        {batch.state === 'interrupted' && <Note tone="warn" live title={t('batch.interrupted')}>{batch.error?.message} {t('batch.kept')}</Note>}
        {batch.state === 'paused' && <Note tone="info" live title={t('batch.paused')}>{t('batch.kept')}</Note>}
        {ended && counts.failed > 0 && <Note tone="warn">{t('batch.someFailed', { count: counts.failed })}</Note>}
        <ErrorNote error={pause.error ?? resume.error ?? end.error} />
        <div className="batch-tools">
          {live && <Button icon={Square} disabled={busy} onPress={() => void pause.run({})}>{t(batch.mode === 'all' ? 'batch.pauseAfter' : 'progress.pause')}</Button>}
          {!live && counts.waiting > 0 && !ended && <Button kind="strong" icon={Play} disabled={busy} onPress={() => goOn(false)}>{t('batch.resume')}</Button>}
          {ended && counts.failed > 0 && <Button icon={RotateCcw} disabled={busy} onPress={() => goOn(true)}>{t('batch.retryFailed')}</Button>}
          {!live && !ended && <Button disabled={busy} onPress={() => void end.run({})}>{t('batch.end')}</Button>}
          {ended && <Button kind="strong" icon={ArrowLeft} onPress={onLeave}>{t('batch.toQueue')}</Button>}
        </div>
      </div>
      <BatchLines batch={batch} {...(live ? {} : { onOpen })} />
      {asking && <BatchPin batch={batch} name={name} retryFailed={asking.retryFailed} onClose={() => setAsking(null)} />}
    </>
  );
}

function wordsOf({ signed, failed, skipped, left }: ReturnType<typeof countsOf>, ended: boolean, t: ReturnType<typeof useT>): string {
  // What the heading of an ended run says is not said twice
  return [!ended && t('batch.signedCount', { count: signed }), failed > 0 && t('batch.failedCount', { count: failed }), skipped > 0 && t('batch.skippedCount', { count: skipped }), left > 0 && t('batch.leftCount', { count: left })].filter(Boolean).join(' · ');
}
