import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Directives given before, a press away; they fill the field and can be changed there. */
export function Phrases({ current, onChoose }: { readonly current: string; readonly onChoose: (phrase: string) => void }) {
  const t = useT();
  const { data } = useQuery('directory.phrases', {});
  const phrases = (data?.phrases ?? []).filter((phrase) => phrase !== current.trim()).slice(0, 6);
  if (phrases.length === 0) return null;
  return (
    <div className="phrases" role="group" aria-label={t('assign.phrases')}>
      <span className="quiet">{t('assign.phrases')}</span>
      {phrases.map((phrase) => <Button key={phrase} size="small" onPress={() => onChoose(phrase)}>{phrase}</Button>)}
    </div>
  );
}
