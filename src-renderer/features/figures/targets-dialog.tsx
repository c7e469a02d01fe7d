import { z } from 'zod';
import { figures, type FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { targetFor, type FigureTarget } from '../../../src-shared/domain/figures/targets.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Told } from './told.ts';

/** Only a share has an aim. */
const shares = figures.filter(({ kind }) => kind === 'share').map(({ id }) => id);
const percent = z.number().min(0).max(100).nullable();
const values = z.object({ aims: z.record(z.string(), z.object({ aim: percent, near: percent })) });
type Values = z.output<typeof values>;

/** What is taken for near, where nobody said otherwise. */
const usualNear = 5;

type TargetsDialogProps = { readonly told: Pick<Told, 'targets' | 'level'>; readonly onClose: () => void };

/** What the office aims at, a percent a figure; an empty field aims at nothing. */
export function TargetsDialog({ told, onClose }: TargetsDialogProps) {
  const t = useT();
  const say = useToast();
  const set = useAction('figures.setTargets');
  const form = useKeptForm<Values>('figure-targets', { aims: Object.fromEntries(shares.map((figure) => [figure, aimOf(told, figure)])) }, (kept) => values.safeParse(kept).data ?? null);
  const { aims } = form.value;

  async function confirm(): Promise<void> {
    const targets = shares.flatMap((figure): FigureTarget[] => {
      const { aim, near } = aims[figure] ?? aimOf(told, figure);
      return aim === null ? [] : [{ figure, aimPercent: aim, nearPoints: near ?? 0 }];
    });
    const result = await set.run({ targets });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t('figures.targetsKept'));
  }

  return (
    <Dialog
      title={t('figures.targetsTitle')}
      size="wide"
      onClose={onClose}
      locked={set.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={set.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={set.busy} onPress={() => void confirm()}>{t('figures.keepTargets')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('figures.targetsHelp')}</p>
      {shares.map((figure) => {
        const { aim, near } = aims[figure] ?? aimOf(told, figure);
        const change = (patch: Partial<Values['aims'][string]>): void => form.set({ aims: { ...aims, [figure]: { aim, near, ...patch } } });
        return (
          <fieldset key={figure} className="figure-target">
            <legend>{t(`figure.${figure}`)}</legend>
            <NumberField label={t('figures.target')} unit="%" min={0} max={100} step={0.1} value={aim} onChange={(next) => change({ aim: next })} />
            <NumberField label={t('figures.nearField')} min={0} max={100} step={0.1} value={near} disabled={aim === null} onChange={(next) => change({ near: next })} />
          </fieldset>
        );
      })}
      <ErrorNote error={set.error} />
    </Dialog>
  );
}

function aimOf({ targets, level }: TargetsDialogProps['told'], figure: FigureId): Values['aims'][string] {
  const target = targetFor(targets, figure, level);
  return { aim: target?.aimPercent ?? null, near: target?.nearPoints ?? usualNear };
}
