import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppState } from '../../app/app-state.ts';
import { useCommand } from '../../app/commands.tsx';
import { goTo, parseRoute } from '../../app/route.ts';
import { useSettings } from '../../app/settings.tsx';
import { useBridge } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { readKeptTour, type KeptTour } from './kept-tour.ts';
import { tourOf, tours, type Stop } from './stops.ts';

export type TourOfDesk = {
  /** Whether to ask this person: nobody of the role has been asked at this desk. */
  readonly offered: boolean;
  /** What the button says, “go on” where it was left; null for a role without a tour. */
  readonly words: string | null;
  readonly start: () => void;
  readonly decline: () => void;
};

/** The tour of this person's role: offered once, left and gone on with at will; where it stands lies in the desk's own store. */
export function useTour(app: AppState): TourOfDesk {
  const { t, locale } = useI18n();
  const bridge = useBridge();
  const say = useToast();
  const { settings } = useSettings();
  const tour = tourOf(app.role);
  const key = `tour:${app.role}`;
  // Undefined until it is read: nobody is asked before that
  const [kept, setKept] = useState<KeptTour | null | undefined>(undefined);
  const stop = useRef<(() => void) | null>(null);

  useEffect(() => {
    let gone = false;
    void bridge['forms.read']({ key }).then((result) => {
      if (!gone && result.ok) setKept(result.value.form === null ? null : readKeptTour(result.value.form.value));
    });
    return () => {
      gone = true;
      stop.current?.();
    };
  }, [bridge, key]);

  const keep = useCallback((next: KeptTour) => {
    setKept(next);
    void bridge['forms.keep']({ key, value: JSON.stringify(next) });
  }, [bridge, key]);

  async function start(): Promise<void> {
    if (!tour || stop.current) return;
    const stops: readonly Stop[] = tours[tour];
    const [{ runTour }, { textsOf }] = await Promise.all([import('./run-tour.ts'), import('./texts.ts')]);
    stop.current = runTour({
      stops,
      from: kept && kept.at < stops.length ? kept.at : 0,
      texts: textsOf(locale, t, stops.length),
      reduced: settings.motion === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches,
      reach: (next) => reach(next),
      onAt: (at) => keep({ at }),
      onEnd: (left) => {
        stop.current = null;
        keep({ at: left ?? 0 });
        say(left === null ? t('tour.ended') : t('tour.left', { at: left + 1, count: stops.length }));
      },
    });
  }

  async function reach({ screen, withDocument }: Stop): Promise<void> {
    if (!screen) return;
    const here = parseRoute(location.hash);
    if (withDocument && app.practice && !(here?.screen === screen && here.id)) {
      const found = await bridge['documents.list']({ folder: 'incoming', query: '', offset: 0, limit: 1 });
      const first = found.ok ? found.value.rows[0] : undefined;
      if (first) return goTo(screen, first.document.id);
    }
    if (here?.screen !== screen) goTo(screen);
  }

  const words = tour && (kept && kept.at > 0 ? t('tour.resume') : t('tour.start'));
  useCommand({ id: 'tour', words: words ?? t('tour.start'), group: 'desk', run: tour ? () => void start() : null });
  return { offered: tour !== null && kept === null, words, start: () => void start(), decline: () => keep({ at: 0 }) };
}
