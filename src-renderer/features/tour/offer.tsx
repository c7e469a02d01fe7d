import { Route as RouteIcon } from 'lucide-react';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';

type TourOfferProps = { readonly onStart: () => void; readonly onLater: () => void };

/** Asks once, in a line of its own that covers nothing; whoever works on is not held up. */
export function TourOffer({ onStart, onLater }: TourOfferProps) {
  const t = useT();
  return (
    <section className="tour-offer" aria-label={t('tour.start')}>
      <RouteIcon aria-hidden size={18} strokeWidth={1.75} />
      <p>{t('tour.offer')}</p>
      <Button size="small" onPress={onStart}>{t('tour.start')}</Button>
      <Button size="small" kind="quiet" onPress={onLater}>{t('tour.notNow')}</Button>
    </section>
  );
}
