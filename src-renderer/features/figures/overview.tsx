import { ChartColumn, FileSpreadsheet, Printer, Table, Target } from 'lucide-react';
import { useEffect, useId, useState, type RefObject } from 'react';
import type { Span } from '../../../src-shared/domain/figures/periods.ts';
import type { AppState } from '../../app/app-state.ts';
import { useMadeFile, type MadeFile } from '../../app/use-made-file.ts';
import { useBridge, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PrintView } from '../registers/print-view.tsx';
import { AboutLine } from './about-line.tsx';
import { DaysFields } from './days-fields.tsx';
import { FigureCards } from './figure-cards.tsx';
import { FigureCharts } from './figure-charts.tsx';
import { FigureTable } from './figure-table.tsx';
import { PeopleTable } from './people-table.tsx';
import type { Drill, Place } from './place.ts';
import { TargetsDialog } from './targets-dialog.tsx';
import { isEmpty, type Told } from './told.ts';

type OverviewProps = {
  readonly app: AppState;
  /** Null until the first answer about these days. */
  readonly told: Told | null;
  readonly days: Place['days'];
  readonly period: Span;
  readonly compare: Span;
  /** The number whose documents were looked at last; the keyboard goes on there. */
  readonly cameFrom: RefObject<string | null>;
  readonly onDays: (days: Place['days']) => void;
  readonly onDrill: (drill: Drill, from: string) => void;
};

/** The figures of a period, from the few that matter most to all of them, and what can be made of them. */
export function Overview({ app, told, days, period, compare, cameFrom, onDays, onDrill }: OverviewProps) {
  const { t, locale } = useI18n();
  const bridge = useBridge();
  const { data: aims } = useQuery('figures.targets', {});
  const file = useMadeFile((format) => bridge['figures.export']({ period: { ...period }, compare: { ...compare }, format }));
  const [paper, setPaper] = useState<MadeFile | null>(null);
  const [aiming, setAiming] = useState(false);
  const ids = { people: useId(), all: useId() };
  const standing = told !== null;
  useEffect(() => {
    if (!standing || cameFrom.current === null) return;
    document.getElementById(cameFrom.current)?.focus();
    cameFrom.current = null;
  }, [standing, cameFrom]);
  const busy = told === null || file.state.step === 'making';

  if (paper) return <PrintView file={paper} title={t('figures.print')} back={t('figures.back')} onClose={() => setPaper(null)} />;
  return (
    <>
      <div className="list-heading register-heading">
        <h1>{t('nav.figures')}</h1>
        <div className="register-deeds">
          <Button kind="strong" icon={Printer} disabled={busy} onPress={() => file.show(setPaper)}>{t('figures.print')}</Button>
          <Button icon={FileSpreadsheet} disabled={busy} onPress={() => file.save('xlsx')}>{t('registers.save.xlsx')}</Button>
          <Button icon={Table} disabled={busy} onPress={() => file.save('csv')}>{t('registers.save.csv')}</Button>
          {aims?.maySet && told && <Button icon={Target} onPress={() => setAiming(true)}>{t('figures.setTargets')}</Button>}
        </div>
      </div>
      <div className="figure-body">
        <DaysFields days={days} onChange={onDays} />
        {file.state.step === 'making' && <Progress label={t('figures.making')} done={0} total={null} onCancel={file.stop} />}
        {file.state.step === 'saved' && <Note tone="ok" live title={t('registers.saved', { name: file.state.name, size: formatBytes(file.state.sizeBytes, locale) })}>{t('registers.savedHelp')}</Note>}
        <ErrorNote error={file.state.step === 'refused' ? file.state.error : null} />
        {told === null ? <p role="status">{t('figures.loading')}</p> : (
          <>
            <AboutLine told={told} />
            {told.counting.left === 0 && isEmpty(told.report) && <Empty icon={ChartColumn} title={t('figures.none')} action={<Button onPress={() => onDays('year')}>{t('figures.showYear')}</Button>}>{t('figures.noneHelp')}</Empty>}
            <FigureCards app={app} told={told} onDrill={onDrill} />
            {told.seesAll && <section aria-labelledby={ids.people}><h2 id={ids.people}>{t('figures.people')}</h2><PeopleTable told={told} onDrill={onDrill} /></section>}
            <section aria-labelledby={ids.all}><h2 id={ids.all}>{t('figures.all')}</h2><FigureTable told={told} onDrill={onDrill} /></section>
            <FigureCharts report={told.report} />
          </>
        )}
      </div>
      {aiming && told && <TargetsDialog told={told} onClose={() => setAiming(false)} />}
    </>
  );
}
