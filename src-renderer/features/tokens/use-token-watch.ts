import { useEffect } from 'react';
import { useQuery, useStore } from '../../bridge/use-query.ts';

/** Devices come and go without an event that can be trusted (C_WaitForSlotEvent); this often somebody looks who waits for one to show. */
const everyMs = 3000;

/** Looks at the tokens again and again while the page stands and the window is seen; each look begins when the one before has answered. */
export function useTokenWatch(): void {
  const store = useStore();
  const answer = useQuery('tokens.list', {});
  useEffect(() => store.invalidate((query) => query.channel === 'tokens.list'), [store]);
  useEffect(() => {
    const look = (): void => store.invalidate((query) => query.channel === 'tokens.list');
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, everyMs);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- every answer begins the wait anew
  }, [store, answer]);
}
