import { useRef, useState } from 'react';
import type { AppState } from '../../app/app-state.ts';
import { useT } from '../../i18n/context.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { Books } from './books.tsx';
import { Days } from './days.tsx';
import { Grants } from './grants.tsx';

/** What the office has settled for itself: who may act for whom, which types take numbers from which book, and its own days. Everybody of it may read that; who may change what, the rules say. */
export function OfficeScreen({ app }: { readonly app: AppState }) {
  const t = useT();
  const [sheet, setSheet] = useState('grants');
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  return (
    <div ref={box} className="outbox office" tabIndex={tabIndex}>
      <div className="list-heading"><h1>{t('nav.office')}</h1><span>{app.unit.name}</span></div>
      <div className="office-body">
        <Tabs
          label={t('nav.office')}
          selected={sheet}
          onSelect={setSheet}
          tabs={[
            { id: 'grants', label: t('office.grants'), content: <Grants app={app} /> },
            { id: 'books', label: t('office.books'), content: <Books mayChange={app.role === 'clerk'} /> },
            { id: 'days', label: t('office.days'), content: <Days mayChange={app.role === 'clerk' || app.role === 'leader'} /> },
          ]}
        />
      </div>
    </div>
  );
}
