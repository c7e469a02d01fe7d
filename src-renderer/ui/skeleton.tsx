import { useT } from '../i18n/context.tsx';

/** The shape of what is coming, where it takes longer than a blink. Read aloud once as “Đang mở…”. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const t = useT();
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{t('kit.loading')}</span>
      {Array.from({ length: lines }, (_, index) => <span key={index} className="skeleton-line" aria-hidden />)}
    </div>
  );
}
