import { useRef, useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { goTo } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { Catalogue } from './catalogue.tsx';
import { DossierForm } from './dossier-form.tsx';
import type { DossierOrigin } from './dossier-values.ts';
import { DossierPage } from './dossier-page.tsx';
import { DueNotice } from './due-notice.tsx';
import { DossierList } from './list.tsx';

/** Hồ sơ công việc and the year's list that they are opened from (NĐ 30/2020 Art 28–31). */
export function DossiersScreen({ id }: { readonly id: DocumentId | null }) {
  return id ? <DossierPage key={id} id={id} /> : <AllDossiers />;
}

function AllDossiers() {
  const t = useT();
  const { data: app } = useQuery('app.state', {});
  const [sheet, setSheet] = useState('work');
  const [opening, setOpening] = useState<DossierOrigin | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  const year = Number(useToday().slice(0, 4));
  const mayOpen = app !== undefined && app.role !== 'administrator';
  return (
    <div ref={box} className="outbox dossiers" tabIndex={tabIndex}>
      <div className="list-heading"><h1>{t('nav.dossiers')}</h1></div>
      <div className="dossiers-body">
        <DueNotice />
        <Tabs
          label={t('nav.dossiers')}
          selected={sheet}
          onSelect={setSheet}
          tabs={[
            { id: 'work', label: t('dossiers.work'), content: <DossierList onOpenNew={mayOpen ? () => setOpening({ year, entry: null }) : null} /> },
            { id: 'year', label: t('dossiers.year'), content: <Catalogue onOpenFrom={mayOpen ? setOpening : null} /> },
          ]}
        />
      </div>
      {opening && <DossierForm of={{ origin: opening }} onClose={() => setOpening(null)} onDone={({ state }) => { setOpening(null); goTo('dossiers', state.id); }} />}
    </div>
  );
}
