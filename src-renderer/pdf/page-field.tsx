import { useState } from 'react';
import { useT } from '../i18n/context.tsx';
import { pageFrom } from './page-number.ts';

type PageFieldProps = { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void };

/** “Trang [3] / 100”: shows where one is, and goes where one types. */
export function PageField({ page, pages, onPage }: PageFieldProps) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);

  function go(): void {
    const wanted = typed === null ? null : pageFrom(typed, pages);
    setTyped(null);
    if (wanted !== null) onPage(wanted);
  }

  return (
    <label className="page-field">
      <span>{t('viewer.page')}</span>
      <input
        className="page-input"
        inputMode="numeric"
        autoComplete="off"
        size={Math.max(2, String(pages).length)}
        aria-label={t('viewer.pageField', { pages })}
        value={typed ?? String(page)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') go();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span className="page-total">/ {pages}</span>
    </label>
  );
}
