import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Bridge } from '../../src-shared/contract/index.ts';
import { createQueryStore } from '../bridge/query-store.ts';
import type { LinkStatus } from '../bridge/socket-bridge.ts';
import { StoreContext } from '../bridge/use-query.ts';
import { LocaleProvider } from '../i18n/context.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { Desk } from './desk.tsx';
import { goTo } from './route.ts';

/** One desk at a time: when the person sits down at another, everything on the screen is made anew. */
export function App({ bridge, link }: { readonly bridge: Bridge; readonly link: LinkStatus }) {
  const [desk, setDesk] = useState(() => ({ generation: 0, store: createQueryStore(bridge) }));
  const linkState = useSyncExternalStore(link.subscribe, link.current);

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

  // What happened while the door was shut sent no event here.
  useEffect(() => {
    if (linkState === 'open') desk.store.invalidate(() => true);
  }, [linkState, desk.store]);

  return (
    <LocaleProvider>
      <StoreContext value={desk.store}>
        <ToastProvider key={desk.generation}>
          <Desk linkLost={linkState === 'lost'} />
        </ToastProvider>
      </StoreContext>
    </LocaleProvider>
  );
}
