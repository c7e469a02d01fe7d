import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useMemo, useRef, useState, type ReactNode, type UIEvent } from 'react';
import { useSettings } from '../../app/settings.tsx';
import { wordsOf, type LaterChange } from '../../features/verification/later-changes.ts';
import { calmPlaces, stopsOf, type Stop } from '../../features/verification/stops.ts';
import { useT } from '../../i18n/context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { useKeyPress } from '../../ui/use-key-press.ts';
import { nextStep } from '../zoom.ts';
import { Column } from './column.tsx';
import { Outlines } from './outlines.tsx';
import { PageRail } from './page-rail.tsx';
import type { Laid } from './read-sheets.ts';
import { Tools } from './tools.tsx';
import { useScrolling } from './use-scrolling.ts';
import type { PairWords } from './words.ts';

type SideBySideProps = { readonly signed: PDFDocumentProxy; readonly now: PDFDocumentProxy; readonly laid: Laid; /** What is outlined on the later one. */ readonly changes: readonly LaterChange[]; readonly words: PairWords; /** Whose the earlier one is, and of when. */ readonly about: ReactNode };

const gapPx = 24;
const pxPerPt = 96 / 72;

/** Both versions at one size, scrolled as one, with what changed outlined on both; from one change to the next by button and key. */
export function SideBySide({ signed, now, laid, changes, words, about }: SideBySideProps) {
  const t = useT();
  const { settings } = useSettings();
  const { sheets } = laid;
  const stops = useMemo(() => stopsOf(changes, sheets), [changes, sheets]);
  const scrolling = useScrolling();
  const [zoom, setZoom] = useState<number | 'fit'>('fit');
  const [at, setAt] = useState(0);
  const [sheet, setSheet] = useState(0);
  const widest = Math.max(...[...laid.signed.values(), ...laid.now.values()].map(({ widthPt }) => widthPt));
  const scale = zoom === 'fit' ? Math.max(0.1, (scrolling.widthPx - 2 * gapPx) / widest) : zoom * pxPerPt;
  const heights = sheets.map((one) => Math.max(heightOf(laid, one.signed, 'signed'), heightOf(laid, one.now, 'now')) * scale + gapPx);
  const topOf = (index: number): number => heights.slice(0, index).reduce((sum, height) => sum + height, 0);
  const stop = stops[at];

  function goTo({ sheet: index, place }: Pick<Stop, 'sheet' | 'place'>): void {
    const box = scrolling.now.current;
    if (!box) return;
    const pxPerMm = (scale * 72) / 25.4;
    box.scrollTop = place ? topOf(index) + gapPx + (place.yMm + place.heightMm / 2) * pxPerMm - box.clientHeight / 2 : topOf(index);
    // A page that is wider than its column
    box.scrollLeft = place ? (place.xMm + place.widthMm / 2) * pxPerMm - box.clientWidth / 2 : box.scrollLeft;
  }
  function step(by: 1 | -1): void {
    const next = Math.max(0, Math.min(stops.length - 1, at + by));
    setAt(next);
    if (stops[next]) goTo(stops[next]);
  }
  useKeyPress('Alt+ArrowDown', () => step(1));
  useKeyPress('Alt+ArrowUp', () => step(-1));
  useKeyPress(settings.singleKeys ? 'n' : undefined, () => step(1));
  useKeyPress(settings.singleKeys ? 'p' : undefined, () => step(-1));
  function onScroll(event: UIEvent<HTMLDivElement>): void {
    const top = scrolling.follow(event.currentTarget) + event.currentTarget.clientHeight / 3;
    setSheet(Math.max(0, sheets.findLastIndex((_, index) => topOf(index) <= top)));
  }

  // What was changed is in sight as soon as there is a page; a new size keeps it there
  const ready = scrolling.widthPx > 0;
  const latest = useRef(goTo);
  latest.current = goTo;
  useEffect(() => {
    if (ready && stop) latest.current(stop);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- where the person scrolls to is theirs
  }, [ready, scale]);
  useEffect(() => scrolling.now.current?.focus(), [scrolling.now]);

  const isCalm = sheets.some(({ now: page }) => page !== null && calmPlaces(changes, page).length > 0);
  const percent = Math.round((scale / pxPerPt) * 100);
  const column = (side: 'signed' | 'now') => ({
    side, sheets, heights, scale, onScroll, sizes: laid[side], scroller: scrolling[side], words,
    outlines: (index: number, pxPerMm: number) => (
      <Outlines stops={stops.filter((one) => one.sheet === index)} chosen={stop} calm={calmPlaces(changes, sheets[index]?.now ?? 0)} side={side} pxPerMm={pxPerMm} />
    ),
  });
  return (
    <div className="compare-body">
      <Tools
        at={at}
        count={stops.length}
        words={stop ? wordsFor(stop, sheets[stop.sheet]?.now ?? null, words, t) : t(words.none)}
        onStep={step}
        percent={percent}
        onZoom={(to) => setZoom(to === 'fit' ? 'fit' : nextStep(percent / 100, to))}
      />
      <div className="compare-columns">
        {sheets.length > 1 && <PageRail sheets={sheets} stops={stops} current={sheet} onlyChanged={laid.onlyChanged} onGo={(index) => goTo({ sheet: index, place: null })} />}
        <Column {...column('signed')} pdf={signed} heading={<><strong>{t(words.left)}</strong> <span>{about}</span></>} />
        <Column {...column('now')} pdf={now} heading={<><strong>{t(words.right)}</strong> {isCalm && <span className="compare-legend">{t('compare.legend')}</span>}</>} />
      </div>
    </div>
  );
}

function heightOf(laid: Laid, number: number | null, side: 'signed' | 'now'): number {
  return number === null ? 0 : (laid[side].get(number)?.heightPt ?? 0);
}

function wordsFor({ what, place }: Stop, page: number | null, words: PairWords, t: Translate): string {
  if (what === 'added' || what === 'removed') return t(words[what]);
  return wordsOf({ page: place?.page ?? page, words: what.words }, t);
}
