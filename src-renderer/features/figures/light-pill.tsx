import { CircleAlert, CircleCheck, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { lightOf, targetFor, type Light } from '../../../src-shared/domain/figures/targets.ts';
import { useT } from '../../i18n/context.tsx';
import { Pill, type Tone } from '../../ui/pill.tsx';
import type { Told, Value } from './told.ts';
import { useFigureWords } from './use-figure-words.ts';

const look = {
  met: { tone: 'ok', icon: CircleCheck },
  near: { tone: 'warn', icon: TriangleAlert },
  missed: { tone: 'bad', icon: CircleAlert },
} as const satisfies Record<Light, { readonly tone: Tone; readonly icon: LucideIcon }>;

type LightPillProps = { readonly figure: FigureId; readonly value: Value; readonly told: Pick<Told, 'targets' | 'level'> };

/** Whether the aim is reached, in words with a sign beside them; the aim alone where there is nothing to judge. */
export function LightPill({ figure, value, told }: LightPillProps) {
  const t = useT();
  const { locale } = useFigureWords();
  const target = targetFor(told.targets, figure, told.level);
  if (target === null) return null;
  const aim = target.aimPercent.toLocaleString(locale);
  const light = lightOf(value, target);
  if (light === null) return <span className="quiet">{t('figures.aim', { aim })}</span>;
  return <Pill tone={look[light].tone} icon={look[light].icon}>{t(`figures.light.${light}`, { aim })}</Pill>;
}
