import { SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { findFigure } from '../../../src-shared/domain/figures/definitions.ts';
import type { Span } from '../../../src-shared/domain/figures/periods.ts';
import { goTo } from '../../app/route.ts';
import { useQueries } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { SegmentedControl } from '../../ui/choice.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select } from '../../ui/field.tsx';
import { Grid } from '../../ui/grid.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { counterpart, fullNumber } from '../documents/names.ts';
import type { Drill } from './place.ts';
import type { Told } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

type Behind = Output<'figures.drill'>['rows'][number];
/** Of one more press. */
const step = 50;

type DrillViewProps = { readonly drill: Drill; readonly period: Span; readonly told: Told; readonly onDrill: (drill: Drill) => void; readonly onBack: () => void };

/** What is behind a number: its documents or dossiers, in all of it or in one part. Enter opens one, Esc leads back to the figures. */
export function DrillView({ drill, period, told, onDrill, onBack }: DrillViewProps) {
  const t = useT();
  const words = useFigureWords();
  const { figure, by, part } = drill;
  // another part begins at its top
  const of = `${period.from} ${period.to} ${figure} ${by} ${part}`;
  const [held, setHeld] = useState({ of, pages: 1 });
  const pages = held.of === of ? held.pages : 1;
  const answers = useQueries('figures.drill', Array.from({ length: pages }, (_, page) => ({ period: { ...period }, figure, by, part, offset: page * step, limit: step })));
  const first = answers[0]?.data;
  const rows = answers.flatMap(({ data }) => data?.rows ?? []);
  const left = (first?.total ?? 0) - rows.length;
  const definition = findFigure(figure);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEscape(onBack);

  const dimensions = [...new Set(told.report.rows.filter((row) => row.figure === figure).map((row) => row.by)), by];
  const options = [...new Set(dimensions)].map((value) => ({ value, label: value === '' ? t('figures.whole') : words.dimension(value, told.people) })).toSorted((a, b) => Number(a.value !== '') - Number(b.value !== '') || a.label.localeCompare(b.label, 'vi'));
  const judged = definition?.kind === 'share' ? (['missed', 'met', 'unclear'] as const) : definition?.kind === 'time' ? (['n', 'unclear'] as const) : null;
  const open = (id: string): void => {
    const row = rows.find((one) => idOf(one) === id);
    if (row?.document) goTo(row.document.direction, row.document.id);
    else if (row?.dossier) goTo('dossiers', row.dossier.id);
  };
  return (
    <section className="figure-drill" aria-labelledby="figure-drill-name">
      <div>
        <h2 id="figure-drill-name" ref={heading} tabIndex={-1}>{t(`figure.${figure}`)}</h2>
        <p className="quiet">{t(definition?.kind === 'stock' ? 'figures.upTo' : 'figures.days', { from: formatDate(period.from), to: formatDate(period.to) })}{definition ? ` · ${definition.sources.join('; ')}` : ''}</p>
      </div>
      <div className="figure-drill-tools">
        {judged && part !== 'ahead' && (
          <SegmentedControl label={t('figures.part')} value={part} onChange={(next) => onDrill({ ...drill, part: next })} options={judged.map((value) => ({ value, label: t(isSigning(figure) && value !== 'unclear' ? `figures.signed.${value as 'met' | 'missed'}` : `figures.part.${value}`) }))} />
        )}
        {options.length > 1 && <Select label={t('figures.dimension')} value={by} options={options} onChange={(next) => onDrill({ ...drill, by: next })} />}
      </div>
      <ErrorNote error={answers.find(({ error }) => error)?.error ?? null} />
      {first && <p role="status">{t(figure.startsWith('dossiers-') ? 'dossiers.count' : 'conflicts.count', { count: first.total })}</p>}
      {first && rows.length === 0 && <Empty icon={SearchX}>{t('figures.nothingBehind')}</Empty>}
      {rows.length > 0 && (
        <Grid<Behind>
          label={t('figures.behindTable', { name: t(`figure.${figure}`) })}
          rows={rows}
          rowId={idOf}
          onOpen={open}
          empty=""
          columns={[
            { id: 'day', name: t(`figures.day.${definition?.day ?? 'done'}`), cell: ({ day }) => <span className="dossier-code">{formatDate(day)}</span> },
            { id: 'number', name: t('info.number'), cell: ({ document, dossier }) => (document ? fullNumber(document, t) : dossier?.code) },
            { id: 'title', name: t('dossier.documentTitle'), rowHeader: true, cell: ({ document, dossier }) => <strong className="dossier-title">{document?.title ?? dossier?.title}</strong> },
            { id: 'who', name: t('figures.who'), cell: ({ document, dossier }) => (document ? counterpart(document, t) : words.dimension(`person:${dossier?.keeper ?? ''}`, told.people)) },
            { id: 'stage', name: t('dossiers.list.state'), cell: ({ document }) => document && t(`stage.${document.stage}`) },
          ]}
        />
      )}
      {left > 0 && <div className="works-more"><Button onPress={() => setHeld({ of, pages: pages + 1 })}>{t('figures.more', { count: Math.min(step, left) })}</Button></div>}
    </section>
  );
}

/** Not while a list or a window is open over it: those close first. */
function useEscape(onBack: () => void): void {
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"], [role="listbox"]')) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isSigning(figure: Drill['figure']): boolean {
  return figure.startsWith('signed-');
}

function idOf({ document, dossier }: Behind): string {
  return document?.id ?? dossier?.id ?? '';
}
