import type { Settings } from '../../src-shared/contract/settings.ts';

/** Puts the settings on the page's root, where the styles read them. Returns the function that stops following the system. */
export function wear({ theme, contrast, density, motion, textSize, locale }: Settings): () => void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const more = matchMedia('(prefers-contrast: more)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  function apply(): void {
    root.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    root.dataset['contrast'] = contrast === 'system' ? (more.matches ? 'high' : 'normal') : contrast;
    root.dataset['motion'] = motion === 'reduced' || calm.matches ? 'reduced' : 'full';
    root.dataset['density'] = density;
    root.lang = locale;
    root.style.setProperty('--text-scale', String(textSize / 100));
    askContainersAgain(root);
  }
  apply();
  const wishes = [dark, more, calm];
  for (const wish of wishes) wish.addEventListener('change', apply);
  return () => {
    for (const wish of wishes) wish.removeEventListener('change', apply);
  };
}

/** Chromium asks a container's `rem` conditions again when its width changes, not when the rem does: the root stops being one for a moment. */
function askContainersAgain(root: HTMLElement): void {
  root.style.setProperty('container-type', 'normal');
  void root.offsetWidth;
  root.style.removeProperty('container-type');
}
