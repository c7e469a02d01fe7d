import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Bridge } from '../../src-shared/contract/index.ts';
import { defaultSettings, type Settings } from '../../src-shared/contract/settings.ts';
import { cacheSettings, readCachedSettings } from './settings-cache.ts';
import { wear } from './wear.ts';

type SettingsState = {
  readonly settings: Settings;
  /** Applies at once and is kept; what is not given stays. */
  readonly change: (patch: Partial<Settings>) => void;
};

const SettingsContext = createContext<SettingsState>({ settings: defaultSettings, change: () => undefined });

/** How this person wants the program: read once, kept by the backend, told to every window. */
export function SettingsProvider({ bridge, children }: { readonly bridge: Bridge; readonly children: ReactNode }) {
  const [settings, setSettings] = useState(readCachedSettings);
  // Before the first paint, and again when the system's own wish changes
  useLayoutEffect(() => wear(settings), [settings]);
  useEffect(() => cacheSettings(settings), [settings]);

  // What was changed here and not yet answered is newer than what comes back meanwhile
  const unanswered = useRef(0);
  useEffect(() => {
    const take = (next: Settings): void => {
      if (unanswered.current === 0) setSettings(next);
    };
    const stop = bridge.on('settings.changed', take);
    void bridge['settings.read']({}).then((result) => result.ok && take(result.value));
    return stop;
  }, [bridge]);

  const change = useCallback((patch: Partial<Settings>) => {
    unanswered.current++;
    setSettings((old) => ({ ...old, ...patch }));
    void bridge['settings.write'](patch).then((result) => {
      unanswered.current--;
      if (unanswered.current === 0 && result.ok) setSettings(result.value);
    });
  }, [bridge]);

  const value = useMemo(() => ({ settings, change }), [settings, change]);
  return <SettingsContext value={value}>{children}</SettingsContext>;
}

export function useSettings(): SettingsState {
  return useContext(SettingsContext);
}
