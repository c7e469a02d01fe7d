import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { RadioGroup } from '../../ui/choice.tsx';
import type { Capacity, CapacityState } from './use-capacity.ts';

type CapacityFieldProps = { readonly state: CapacityState; readonly disabled?: boolean };

/** Asks in which capacity it is signed where there is more than one; says it where there is one that is not the person's own name. */
export function CapacityField({ state: { held, chosen, choose }, disabled = false }: CapacityFieldProps) {
  const t = useT();
  if (!chosen || (held.length < 2 && chosen.capacity === null)) return null;
  if (held.length < 2) return <p>{t('capacity.one', { capacity: chosen.words, by: byWhat(chosen, t) })}</p>;
  return (
    <RadioGroup
      label={t('grant.capacity')}
      value={chosen.id}
      disabled={disabled}
      onChange={choose}
      help={t('capacity.help')}
      options={held.map((one) => ({ value: one.id, label: one.words || t('capacity.own'), detail: byWhat(one, t) }))}
    />
  );
}

function byWhat({ id, from, lastDay }: Capacity, t: Translate): string {
  if (lastDay !== null) return t('capacity.byGrant', { from, date: formatDate(lastDay) });
  return t(id === 'position' ? 'capacity.byPosition' : 'capacity.ownHelp');
}
