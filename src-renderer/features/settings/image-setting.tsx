import { ImageUp, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { PlacementOf } from '../../../src-shared/contract/signing.ts';
import { useAction, useQuery, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useImageUrl } from '../signing/use-image.ts';
import { ImageDialog } from './image-dialog.tsx';
import { readImage, type ReadImage } from './read-image.ts';
import { readMm } from './read-mm.ts';
import { pxPerMm, Ruler } from './ruler.tsx';

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
  const [image, setImage] = useState<ReadImage | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const mm = readMm(typed ?? String(widthMm ?? usual[of]));
  const width = mm ?? widthMm ?? usual[of];
  const faulty = mm === null;

  async function keep(bytes: Uint8Array | null, newMm: number = width): Promise<void> {
    const before = shown?.bytes ?? null;
    const beforeMm = widthMm ?? usual[of];
    const result = await set.run({ of, bytes, widthMm: newMm });
    if (!result.ok) return;
    refresh();
    setTyped(null);
    setImage(null);
    // The office may have come with one of its own, which is then drawn again
    const words = bytes ? t(`settings.kept.${of}`) : result.value[of] ? t('settings.officeImage') : t(`settings.removed.${of}`);
    say(words, { label: t('undo.button'), run: () => void set.run({ of, bytes: before, widthMm: beforeMm }).then(refresh) });
  }

  async function choose(file: File): Promise<void> {
    set.clear();
    const read = await readImage(file);
    setUnreadable(read === null);
    setImage(read);
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
            accept="image/png,image/jpeg,image/webp,.png,.jpg,.jpeg,.webp"
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
      {unreadable && <Note tone="bad" live>{t('image.unreadable')}</Note>}
      {!image && <ErrorNote error={set.error} />}
      {image && <ImageDialog of={of} image={image} widthMm={width} busy={set.busy} error={set.error} onKeep={(bytes, newMm) => void keep(bytes, newMm)} onClose={() => { set.clear(); setImage(null); }} />}
    </section>
  );
}
