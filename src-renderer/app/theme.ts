import { useEffect, useState, useSyncExternalStore } from 'react';
import { readPreference, writePreference } from './preferences.ts';

export type Theme = 'light' | 'dark';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** The theme in force: the person's choice, else the system's. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const system = useSyncExternalStore(subscribe, () => systemDark.matches) ? 'dark' : 'light';
  const [chosen, setChosen] = useState<Theme | null>(() => {
    const kept = readPreference('theme');
    return kept === 'light' || kept === 'dark' ? kept : null;
  });
  useEffect(() => {
    if (!chosen) return;
    document.documentElement.dataset['theme'] = chosen;
    writePreference('theme', chosen);
  }, [chosen]);
  return [chosen ?? system, setChosen];
}

function subscribe(listener: () => void): () => void {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
}
