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

  // What was changed here and not yet kept is newer than what comes back meanwhile; one write at a time, so that a dragged line writes
  // as often as the disk can and not with every dot
  const unkept = useRef<Partial<Settings>>({});
  const writing = useRef(false);
  const keep = useCallback(async () => {
    if (writing.current) return;
    writing.current = true;
    while (Object.keys(unkept.current).length > 0) {
      const patch = unkept.current;
      unkept.current = {};
      const result = await bridge['settings.write'](patch);
      if (result.ok && Object.keys(unkept.current).length === 0) setSettings(result.value);
    }
    writing.current = false;
  }, [bridge]);

  useEffect(() => {
    const take = (next: Settings): void => {
      if (!writing.current) setSettings(next);
    };
    const stop = bridge.on('settings.changed', take);
    void bridge['settings.read']({}).then((result) => result.ok && take(result.value));
    return stop;
  }, [bridge]);

  const change = useCallback((patch: Partial<Settings>) => {
    unkept.current = { ...unkept.current, ...patch };
    setSettings((old) => ({ ...old, ...patch }));
    void keep();
  }, [keep]);

  const value = useMemo(() => ({ settings, change }), [settings, change]);
  return <SettingsContext value={value}>{children}</SettingsContext>;
}

export function useSettings(): SettingsState {
  return useContext(SettingsContext);
}
