import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Bridge } from '../../src-shared/contract/index.ts';
import { createQueryStore } from '../bridge/query-store.ts';
import type { LinkStatus } from '../bridge/socket-bridge.ts';
import { StoreContext } from '../bridge/use-query.ts';
import { SessionGate } from '../features/session/session-gate.tsx';
import { useSession } from '../features/session/use-session.ts';
import { LocaleProvider } from '../i18n/context.tsx';
import { setPresent } from '../i18n/present.ts';
import type { Locale } from '../i18n/translate.ts';
import { ToastProvider } from '../ui/toast.tsx';
import { Desk } from './desk.tsx';
import { goTo } from './route.ts';
import { useFocusHome } from './use-focus-home.ts';
import { SettingsProvider, useSettings } from './settings.tsx';

/** One desk at a time: when the person sits down at another, everything on the screen is made anew. */
export function App({ bridge, link }: { readonly bridge: Bridge; readonly link: LinkStatus }) {
  const [desk, setDesk] = useState(() => ({ generation: 0, store: createQueryStore(bridge) }));
  const linkState = useSyncExternalStore(link.subscribe, link.current);
  const session = useSession(bridge, linkState);
  useFocusHome();

  useEffect(
    () =>
      bridge.on('desk.switched', () => {
        goTo(null);
        setDesk((old) => {
          old.store.close();
          return { generation: old.generation + 1, store: createQueryStore(bridge) };
        });
      }),
    [bridge],
  );

  useEffect(() => bridge.on('practice.clock', ({ shiftMs }) => setPresent(shiftMs)), [bridge]);

  // What happened while the door was shut sent no event here.
  useEffect(() => {
    if (linkState === 'open') desk.store.invalidate(() => true);
  }, [linkState, desk.store]);

  return (
    <SettingsProvider bridge={bridge}>
      <ChosenLocale>
        <StoreContext value={desk.store}>
          <ToastProvider key={desk.generation}>
            <SessionGate state={session} linkLost={linkState === 'lost'}>
              <Desk linkLost={linkState === 'lost'} />
            </SessionGate>
          </ToastProvider>
        </StoreContext>
      </ChosenLocale>
    </SettingsProvider>
  );
}

function ChosenLocale({ children }: { readonly children: ReactNode }) {
  const { settings: { locale }, change } = useSettings();
  const onChange = useCallback((next: Locale) => change({ locale: next }), [change]);
  return <LocaleProvider chosen={{ locale, onChange }}>{children}</LocaleProvider>;
}
