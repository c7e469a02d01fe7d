import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import type { Stop } from '../../features/verification/stops.ts';

type OutlinesProps = { readonly stops: readonly Stop[]; readonly chosen: Stop | undefined; readonly calm: readonly PagePlace[]; readonly side: 'signed' | 'now'; readonly pxPerMm: number };

/** Where something changed, on the page as it is and at the same spot of the page as it was; what came lawfully in a quiet line. */
export function Outlines({ stops, chosen, calm, side, pxPerMm }: OutlinesProps) {
  const box = ({ xMm, yMm, widthMm, heightMm }: PagePlace) => ({ left: xMm * pxPerMm, top: yMm * pxPerMm, width: widthMm * pxPerMm, height: heightMm * pxPerMm });
  return (
    <>
      {side === 'now' && calm.map((place) => <div key={JSON.stringify(place)} className="spot spot-calm" aria-hidden style={box(place)} />)}
      {stops.map((stop) => (
        <div
          key={JSON.stringify(stop)}
          className={`spot spot-${stop.tone} spot-${side}${stop === chosen ? ' spot-chosen' : ''}${stop.place ? '' : ' spot-whole'}`}
          aria-hidden
          {...(stop.place ? { style: box(stop.place) } : {})}
        />
      ))}
    </>
  );
}
