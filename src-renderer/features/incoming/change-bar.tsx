import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useDone } from '../documents/use-done.ts';

const refusal = z.object({ reason: z.string() });

/** The sender asks its document back, or puts something right: answered before anything else is done with it (QĐ 28/2018 Art 9.2). */
export function ChangeBar({ detail: { document, actions } }: { readonly detail: DocumentDetail }) {
  const t = useT();
  const done = useDone();
  const answer = useAction('documents.answerChange');
  const [refusing, setRefusing] = useState(false);
  const { asked, from } = document;
  if (asked === null || document.direction !== 'incoming') return null;
  const { request, change, reason, fields, at } = asked;
  const answers = actions.includes('answerChange');

  async function send(agree: boolean, because: string): Promise<boolean> {
    const result = await answer.run({ id: document.id, request, agree, reason: because });
    if (result.ok) done(t(agree ? `change.agreed.${change}` : 'change.declined'), [result.value]);
    return result.ok;
  }

  return (
    <Note
      tone="bad"
      live
      title={t(`change.title.${change}`, { from: from.name })}
      action={answers && (
        <div className="phrases">
          <Button kind="strong" icon={Check} disabled={answer.busy} onPress={() => void send(true, '')}>{t(`change.agree.${change}`)}</Button>
          <Button icon={X} disabled={answer.busy} onPress={() => setRefusing(true)}>{t('change.decline')}</Button>
        </div>
      )}
    >
      <p>{t('change.reason', { reason })}</p>
      {fields?.title !== undefined && <p>{t('change.newTitle', { title: fields.title })}</p>}
      {fields?.urgency !== undefined && <p>{t('change.newUrgency', { urgency: t(`urgency.${fields.urgency}`) })}</p>}
      <p>{formatInstant(at)} · {t(answers ? 'change.first' : 'change.clerkAnswers')}</p>
      {!refusing && <ErrorNote error={answer.error} />}
      {refusing && <DeclineDialog request={request} busy={answer.busy} error={answer.error} onSend={(because) => send(false, because)} onClose={() => setRefusing(false)} />}
    </Note>
  );
}

type DeclineProps = { readonly request: string; readonly busy: boolean; readonly error: ReturnType<typeof useAction>['error']; readonly onSend: (reason: string) => Promise<boolean>; readonly onClose: () => void };

function DeclineDialog({ request, busy, error, onSend, onClose }: DeclineProps) {
  const t = useT();
  const form = useKeptForm(`answer-change:${request}`, { reason: '' }, (kept) => refusal.safeParse(kept).data ?? null);
  const [asked, setAsked] = useState(false);
  const reason = form.value.reason.trim();

  async function confirm(): Promise<void> {
    setAsked(true);
    if (reason === '' || !(await onSend(reason))) return;
    form.drop();
    onClose();
  }

  return (
    <Dialog
      title={t('change.decline')}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={busy} onPress={() => void confirm()}>{t('change.declineConfirm')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('change.declineHelp')}</p>
      <TextField label={t('reason.refuseLabel')} lines={4} maxLength={1000} value={form.value.reason} onChange={(text) => form.set({ reason: text })} autoFocus error={asked && reason === '' ? t('task.needReason') : undefined} />
      <ErrorNote error={error} />
    </Dialog>
  );
}
