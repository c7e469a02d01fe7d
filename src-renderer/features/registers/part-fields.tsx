import { useT } from '../../i18n/context.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { wrongEnds, type Part } from './books.ts';

/** Which part of the register is shown, printed and saved. */
export function PartFields({ part, onChange }: { readonly part: Part; readonly onChange: (part: Part) => void }) {
  const t = useT();
  const wrong = wrongEnds(part);
  return (
    <>
      <NumberField label={t('registers.from')} value={part.from} min={1} max={999_999} onChange={(from) => onChange({ ...part, from })} />
      <NumberField label={t('registers.to')} value={part.to} min={1} max={999_999} onChange={(to) => onChange({ ...part, to })} error={wrong.numbers ? t('registers.rangeWrong') : undefined} />
      <DateField label={t('registers.fromDate')} value={part.fromDate} onChange={(fromDate) => onChange({ ...part, fromDate })} />
      <DateField label={t('registers.toDate')} value={part.toDate} onChange={(toDate) => onChange({ ...part, toDate })} error={wrong.days ? t('registers.datesWrong') : undefined} />
    </>
  );
}
