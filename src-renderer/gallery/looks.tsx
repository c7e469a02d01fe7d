import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

const grounds = ['ground', 'surface', 'sunk', 'accent-soft', 'ok-soft', 'warn-soft', 'bad-soft'] as const;
const inks = ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'bad', 'seal'] as const;
const sizes = ['xs', 's', 'm', 'l', 'xl', '2xl', '3xl'] as const;

/** The tokens themselves. */
export function Looks() {
  const w = useWords();
  return (
    <Chapter name={['Màu và chữ', 'Colour and type']}>
      <Specimen name={['Nền', 'Grounds']}>
        {grounds.map((name) => <span key={name} className={`swatch swatch-${name}`}>{name}</span>)}
      </Specimen>
      <Specimen name={['Mực', 'Inks']}>
        {inks.map((name) => <span key={name} className={`swatch ink-${name}`}>{name}</span>)}
      </Specimen>
      <Specimen name={['Cỡ chữ', 'Type']} wide>
        {sizes.map((name) => <p key={name} className={`type-${name}`}>{name} — {w(['Quyết định của Ủy ban nhân dân xã: ỄỖỮẰ ẩn dưới gỗ sữa', 'The commune’s decision: ỄỖỮẰ'])}</p>)}
      </Specimen>
    </Chapter>
  );
}
