import { useSettings } from '../../app/settings.tsx';

/** A rem in px at this person's text size: of the browser's own size, not of what the root was last given, which is written a paint later. */
export function useRemPx(): number {
  const { settings } = useSettings();
  const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const scale = Number(document.documentElement.style.getPropertyValue('--text-scale')) || 1;
  return (rootPx / scale) * (settings.textSize / 100);
}
