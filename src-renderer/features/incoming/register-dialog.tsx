import { CircleX } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { ReasonChoices } from './reason-choices.tsx';
import { wrongWith } from './wrong-with.ts';

const values = z.object({ reason: z.string() });
const empty = { reason: '' };

type RegisterDialogProps = {
  readonly id: DocumentId;
  /** What the person pressed: registering alone, or presenting with it. */
  readonly deed: 'receive' | 'register';
  readonly onRegister: (reason: string) => Promise<Result<unknown>>;
  readonly onRefuse: () => void;
  readonly onClose: () => void;
};

/** An arrival whose signatures are not in order: what is wrong with it, and either why it is registered all the same, or back to its sender. */
export function RegisterDialog({ id, deed, onRegister, onRefuse, onClose }: RegisterDialogProps) {
  const t = useT();
  const { data } = useQuery('verification.report', { id });
  const form = useKeptForm(`register:${id}`, empty, (kept) => values.safeParse(kept).data ?? null);
  const { reason } = form.value;
  const [state, setState] = useState<{ readonly asked: boolean; readonly busy: boolean; readonly error: AppError | null }>({ asked: false, busy: false, error: null });
  const written = reason.trim();
  const wrong = data?.report && wrongWith(data.report, t);

  async function confirm(): Promise<void> {
    setState({ asked: true, busy: written !== '', error: null });
    if (written === '') return;
    const result = await onRegister(written);
    setState({ asked: true, busy: false, error: result.ok ? null : result.error });
    if (!result.ok) return;
    form.drop();
    onClose();
  }

  return (
    <Dialog
      title={t('registering.title')}
      onClose={onClose}
      locked={state.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={state.busy}>{t('action.cancel')}</Button>
          <Button icon={CircleX} onPress={onRefuse} disabled={state.busy}>{t('registering.refuse')}</Button>
          <Button kind="strong" disabled={state.busy} onPress={() => void confirm()}>{t(`registering.confirm.${deed}`)}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {wrong && (
        <Note tone={wrong.tone} title={wrong.sentence}>
          {wrong.details.length > 0 && <ul className="registering-found">{wrong.details.slice(0, mostFound).map((detail) => <li key={detail}>{detail}</li>)}</ul>}
        </Note>
      )}
      <p>{t('registering.help')}</p>
      <TextField
        label={t('registering.reason')}
        lines={3}
        maxLength={1000}
        value={reason}
        onChange={(text) => form.set({ reason: text })}
        autoFocus
        error={state.asked && written === '' ? t('registering.needed') : undefined}
      />
      <ReasonChoices reason={reason} onChange={(text) => form.set({ reason: text })} />
      <ErrorNote error={state.error} />
    </Dialog>
  );
}

/** The rest stands beside the page. */
const mostFound = 3;
