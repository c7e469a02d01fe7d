import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { AppState } from '../../app/app-state.ts';
import { goToFigures } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { DrillView } from './drill-view.tsx';
import { Overview } from './overview.tsx';
import { parsePlace, placeText, spansOf, type Drill, type Place } from './place.ts';

/** Where the person was: whoever opens a document from a number comes back to it. */
let lastPlace = { desk: '', text: '' };

/** Số liệu: what came, went, was signed and was in time, by what is on this machine (ADR 0039); each number opens on its documents. */
export function FiguresScreen({ app, place: text }: { readonly app: AppState; readonly place: string }) {
  const t = useT();
  const desk = app.me.id;
  const stands = useRef(false);
  const kept = parsePlace(lastPlace.desk === desk ? lastPlace.text : '');
  // the bare address leads back to where one was, and from a number's documents to the figures
  const place = text === '' ? (stands.current ? { ...kept, drill: null } : kept) : parsePlace(text);
  const words = placeText(place);
  useEffect(() => {
    stands.current = true;
    remember(desk, words);
    if (text !== words) goToFigures(words, { replace: true });
  }, [desk, text, words]);

  const { period, compare } = spansOf(place.days, useToday());
  const { data: told, error } = useQuery('figures.report', { period: { ...period }, compare: { ...compare } });
  const cameFrom = useRef<string | null>(null);
  const go = (patch: Partial<Place>, how?: { readonly replace: boolean }): void => goToFigures(placeText({ ...place, ...patch }), how);
  const toDocuments = (drill: Drill, from: string): void => {
    cameFrom.current = from;
    go({ drill });
  };
  return (
    <div className="outbox figures">
      {place.drill !== null && <div className="list-heading register-heading"><h1>{t('nav.figures')}</h1><Button icon={ArrowLeft} onPress={() => go({ drill: null })}>{t('figures.back')}</Button></div>}
      <ErrorNote error={error} />
      {place.drill === null ? (
        <Overview app={app} told={told ?? null} days={place.days} period={period} compare={compare} cameFrom={cameFrom} onDays={(days) => go({ days }, { replace: true })} onDrill={toDocuments} />
      ) : (
        told && <DrillView drill={place.drill} period={period} told={told} onDrill={(drill) => go({ drill }, { replace: true })} onBack={() => go({ drill: null })} />
      )}
    </div>
  );
}

function remember(desk: string, text: string): void {
  lastPlace = { desk, text };
}
