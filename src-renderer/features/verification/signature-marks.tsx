import type { CSSProperties } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import { useT } from '../../i18n/context.tsx';
import { VerdictIcon, verdictTone } from '../documents/pills.tsx';
import { markSide } from './mark-side.ts';

type SignatureMarksProps = {
  readonly signatures: readonly SignatureReport[];
  readonly page: number;
  readonly pxPerMm: number;
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
};

/** Each signature's rectangle on its page, with its verdict in colour, picture and words. Pressing one shows its card. */
export function SignatureMarks({ signatures, page, pxPerMm, chosen, onChoose }: SignatureMarksProps) {
  const t = useT();
  const places = signatures.flatMap(({ place }) => place ?? []);
  return signatures.map(({ place, signer, verdict }, index) => {
    if (place?.page !== page) return null;
    // How far the page's edge is from the mark's: its words may take no more (viewer.css).
    const beyond = { '--mark-left': `${place.xMm * pxPerMm}px`, '--mark-right': `${(place.xMm + place.widthMm) * pxPerMm}px` };
    const words = t(`signatures.verdict.${verdict}`);
    return (
      <button
        key={index}
        type="button"
        className={`mark mark-${verdictTone(verdict)}`}
        aria-pressed={index === chosen}
        aria-label={t('marks.label', { name: signer?.commonName || t('signatures.unknownSigner'), verdict: words })}
        style={{ left: place.xMm * pxPerMm, top: place.yMm * pxPerMm, width: place.widthMm * pxPerMm, height: place.heightMm * pxPerMm, ...beyond } as CSSProperties}
        onClick={() => onChoose(index)}
      >
        <span className={`mark-words mark-words-${markSide(place, places)}`} aria-hidden><VerdictIcon verdict={verdict} />{words}</span>
      </button>
    );
  });
}
