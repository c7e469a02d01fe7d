import { useT } from '../../i18n/context.tsx';

/** CSS has 96 px to the inch; a screen's true size is the system's business, so the ruler says what is meant. */
export const pxPerMm = 96 / 25.4;

export function Ruler() {
  const t = useT();
  return (
    <svg className="ruler" width={60 * pxPerMm} height={22} role="img" aria-label={t('settings.ruler')}>
      {Array.from({ length: 61 }, (_, mm) => <line key={mm} x1={mm * pxPerMm + 0.5} x2={mm * pxPerMm + 0.5} y1={0} y2={mm % 10 === 0 ? 10 : mm % 5 === 0 ? 7 : 4} />)}
      {[0, 10, 20, 30, 40, 50].map((mm) => <text key={mm} x={mm * pxPerMm + 2} y={20}>{mm}</text>)}
    </svg>
  );
}
