import { useEffect, useState } from 'react';
import { maxImageBytes, type PlacementOf } from '../../../src-shared/contract/signing.ts';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { mmText } from '../../placement/mm-text.ts';
import { useImageUrl } from '../signing/use-image.ts';
import type { ReadImage } from './read-image.ts';
import { readMm } from './read-mm.ts';
import { pxPerMm, Ruler } from './ruler.tsx';

/** `rule`: the decree's colour; `own`: the ink's; `as-is`: the file itself, which was cut out before. */
type Ink = 'rule' | 'own' | 'as-is';
type Advice = Output<'signing.cleanImage'>['advice'][number];
type Made = { readonly bytes: Uint8Array; readonly advice: readonly Advice[] };

type ImageDialogProps = {
  readonly of: PlacementOf;
  readonly image: ReadImage;
  readonly widthMm: number;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onKeep: (bytes: Uint8Array, widthMm: number) => void;
  readonly onClose: () => void;
};

/** A scan becomes an image to sign with: paper made transparent, ink chosen, real size seen on paper and on a dark ground, before it is put on file. */
export function ImageDialog({ of, image, widthMm, busy, error, onKeep, onClose }: ImageDialogProps) {
  const { t, locale } = useI18n();
  // What was cut out before is used as it is, unless the person wants it otherwise
  const [ink, setInk] = useState<Ink>(image.transparent ? 'as-is' : 'rule');
  const [typed, setTyped] = useState(mmText(widthMm, locale));
  const mm = readMm(typed);
  const { made, refused, working } = useMade(of, image, ink, mm ?? widthMm);
  const url = useImageUrl(made?.bytes);
  const tooLarge = made !== null && made.bytes.length > maxImageBytes;
  const inks: readonly Ink[] = image.transparent ? ['as-is', 'rule', 'own'] : ['rule', 'own'];
  const ready = made !== null && !working && mm !== null && !busy && !tooLarge;

  return (
    <Dialog
      title={t(`image.title.${of}`)}
      size="wide"
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button disabled={busy} onPress={onClose}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!ready} onPress={() => made && mm !== null && onKeep(made.bytes, mm)}>{t('image.keep')}</Button>
        </>
      }
    >
      <div className="image-choices">
        <RadioGroup label={t('image.ink')} value={ink} disabled={busy} onChange={setInk} options={inks.map((value) => ({ value, label: t(value === 'rule' ? `image.ink.rule.${of}` : `image.ink.${value}`), detail: t(`image.inkHelp.${value}`) }))} />
        <TextField label={t(of === 'signature' ? 'image.widthOnPaper' : 'settings.diameterMm')} value={typed} disabled={busy} onChange={setTyped} error={mm === null ? t('settings.widthFault') : undefined} help={t(`image.usual.${of}`)} />
      </div>
      <div className="image-grounds" aria-busy={working}>
        {(['paper', 'dark'] as const).map((ground) => (
          <figure key={ground} className={`image-ground image-ground-${ground}`}>
            <div>{url && <img src={url} alt={t(`settings.image.${of}`)} style={{ width: (mm ?? widthMm) * pxPerMm }} />}</div>
            {ground === 'paper' && <Ruler />}
            <figcaption>{t(`image.ground.${ground}`)}</figcaption>
          </figure>
        ))}
      </div>
      {working && <p role="status" className="quiet">{t('image.working')}</p>}
      {made && !working && (made.advice.length === 0 ? <Note tone="ok">{t('image.good')}</Note> : (
        <Note tone="warn" title={t('image.advice')}>
          <ul className="image-advice">{made.advice.map((one) => <li key={one.code}>{t(`image.advice.${one.code}`, { value: Math.round(one.value) })}</li>)}</ul>
        </Note>
      ))}
      <ErrorNote error={tooLarge ? { code: 'image.too-large', params: { limit: maxImageBytes / 1024 / 1024 } } : refused ?? error} />
    </Dialog>
  );
}

/** Asks once for each way of making it; the last one stays until the next is there. */
function useMade(of: PlacementOf, image: ReadImage, ink: Ink, widthMm: number): { readonly made: Made | null; readonly refused: AppError | null; readonly working: boolean } {
  const bridge = useBridge();
  const key = `${ink} ${widthMm}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly made: Made | null; readonly refused: AppError | null } | null>(null);
  useEffect(() => {
    let left = false;
    const timer = setTimeout(async () => {
      const result = ink === 'as-is' ? await advised() : await bridge['signing.cleanImage']({ of, bytes: image.png, widthMm, ink });
      if (!left) setAnswer(result.ok ? { key, made: { bytes: result.value.bytes, advice: result.value.advice }, refused: null } : { key, made: null, refused: result.error });
    }, 150);
    async function advised() {
      const result = await bridge['signing.adviseImage']({ of, bytes: image.png, widthMm });
      return result.ok ? { ok: true as const, value: { bytes: image.png, advice: result.value.advice } } : result;
    }
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [bridge, of, image, ink, widthMm, key]);
  return { made: answer?.made ?? null, refused: answer?.key === key ? answer.refused : null, working: answer?.key !== key };
}
