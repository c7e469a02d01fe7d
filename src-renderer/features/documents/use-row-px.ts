import { useSettings } from '../../app/settings.tsx';

/** Height of a row in rem: three lines, and two where the person wants more on the screen. */
const rowRem = { comfortable: 6.5, compact: 4.5 } as const;

/** A row's height in px at this person's text size and density. */
export function useRowPx(): number {
  const { settings } = useSettings();
  // 100 % of the browser's own size times the person's; the root's own style is written before the first paint
  const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const scale = Number(document.documentElement.style.getPropertyValue('--text-scale')) || 1;
  return Math.round(rowRem[settings.density] * (rootPx / scale) * (settings.textSize / 100));
}
