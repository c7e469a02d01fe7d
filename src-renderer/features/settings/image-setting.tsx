import { ImageUp, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { maxImageBytes, type PlacementOf } from '../../../src-shared/contract/signing.ts';
import { useAction, useQuery, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useImageUrl } from '../signing/use-image.ts';

/** CSS has 96 px to the inch; a screen's true size is the system's business, so the ruler says what is meant. */
const pxPerMm = 96 / 25.4;
const usual = { signature: 40, seal: 36 } as const;

/** The office's own picture in real size beside a ruler, and how wide it comes on paper. */
export function ImageSetting({ of }: { readonly of: PlacementOf }) {
  const t = useT();
  const id = useId();
  const say = useToast();
  const store = useStore();
  const { data } = useQuery('signing.images', {});
  const set = useAction('signing.setImage');
  const shown = of === 'signature' ? data?.signature : data?.seal;
  const widthMm = of === 'signature' ? data?.signature?.widthMm : data?.seal?.diameterMm;
  const url = useImageUrl(shown?.bytes);
  const [typed, setTyped] = useState<string | null>(null);
  // Looked at here as well: a photograph of many megabytes is not even sent
  const [tooLarge, setTooLarge] = useState(false);
  const width = Number((typed ?? String(widthMm ?? usual[of])).replace(',', '.'));
  const faulty = !(width >= 5 && width <= 120);

  async function keep(bytes: Uint8Array | null): Promise<void> {
    const before = shown?.bytes ?? null;
    const beforeMm = widthMm ?? usual[of];
    const result = await set.run({ of, bytes, widthMm: faulty ? usual[of] : width });
    if (!result.ok) return;
    refresh();
    setTyped(null);
    // The office may have come with one of its own, which is then drawn again
    const words = bytes ? t(`settings.kept.${of}`) : result.value[of] ? t('settings.officeImage') : t(`settings.removed.${of}`);
    say(words, { label: t('undo.button'), run: () => void set.run({ of, bytes: before, widthMm: beforeMm }).then(refresh) });
  }

  async function choose(file: File): Promise<void> {
    const fits = file.size <= maxImageBytes;
    setTooLarge(!fits);
    set.clear();
    if (fits) await keep(new Uint8Array(await file.arrayBuffer()));
  }

  function refresh(): void {
    store.invalidate(({ channel }) => channel === 'signing.images');
  }

  return (
    <section className="image-setting" aria-label={t(`settings.image.${of}`)}>
      <h3>{t(`settings.image.${of}`)}</h3>
      <div className="image-paper">
        {url && widthMm ? <img src={url} alt={t(`settings.image.${of}`)} style={{ width: widthMm * pxPerMm }} /> : <p className="quiet">{t('settings.noImage')}</p>}
        <Ruler />
      </div>
      <div className="image-tools">
        <TextField
          label={t(of === 'signature' ? 'place.width' : 'settings.diameterMm')}
          value={typed ?? String(widthMm ?? usual[of]).replace('.', ',')}
          onChange={setTyped}
          error={faulty ? t('settings.widthFault') : undefined}
          onEnter={() => !faulty && shown && void keep(shown.bytes)}
        />
        {typed !== null && !faulty && shown && <Button onPress={() => void keep(shown.bytes)}>{t('settings.setWidth')}</Button>}
        <span className="file-button">
          <label htmlFor={id}><ImageUp aria-hidden size={18} strokeWidth={1.75} />{t('settings.chooseImage')}</label>
          <input
            id={id}
            type="file"
            accept="image/png,.png"
            disabled={set.busy}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void choose(file);
            }}
          />
        </span>
        {shown && <Button kind="quiet" icon={Trash2} disabled={set.busy} onPress={() => void keep(null)}>{t('settings.removeImage')}</Button>}
      </div>
      <ErrorNote error={tooLarge ? { code: 'image.too-large', params: { limit: maxImageBytes / 1024 / 1024 } } : set.error} />
    </section>
  );
}

function Ruler() {
  const t = useT();
  return (
    <svg className="ruler" width={60 * pxPerMm} height={22} role="img" aria-label={t('settings.ruler')}>
      {Array.from({ length: 61 }, (_, mm) => <line key={mm} x1={mm * pxPerMm + 0.5} x2={mm * pxPerMm + 0.5} y1={0} y2={mm % 10 === 0 ? 10 : mm % 5 === 0 ? 7 : 4} />)}
      {[0, 10, 20, 30, 40, 50].map((mm) => <text key={mm} x={mm * pxPerMm + 2} y={20}>{mm}</text>)}
    </svg>
  );
}
