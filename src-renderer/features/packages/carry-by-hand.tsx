import { useId } from 'react';
import { useT } from '../../i18n/context.tsx';
import { BringPackage } from './bring-package.tsx';
import { MakePackage } from './make-package.tsx';

/** For the outbox: work that goes by USB stick when there is no line for days, both ways of it. */
export function CarryByHand() {
  const t = useT();
  const id = useId();
  return (
    <section className="packages" aria-labelledby={id}>
      <h2 id={id}>{t('packages.title')}</h2>
      <p className="quiet">{t('packages.help')}</p>
      <div className="packages-halves">
        <MakePackage />
        <BringPackage />
      </div>
    </section>
  );
}
