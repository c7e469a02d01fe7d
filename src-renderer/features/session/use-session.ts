import { createContext, useContext, useEffect, useState } from 'react';
import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import type { LinkState } from '../../bridge/socket-bridge.ts';

export const SessionContext = createContext<SessionState | null>(null);

/** Who works here, for what stands beneath the gate. */
export function useSessionState(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('no session gate above this component');
  return state;
}

/** Above the query store, which is made anew with every desk. Null until the first answer; asked again when the door was shut. */
export function useSession(bridge: Bridge, link: LinkState): SessionState | null {
  const [state, setState] = useState<SessionState | null>(null);
  useEffect(() => bridge.on('session.changed', setState), [bridge]);
  useEffect(() => {
    if (link !== 'open') return;
    let left = false;
    void bridge['session.state']({}).then((result) => {
      if (result.ok && !left) setState(result.value);
    });
    return () => { left = true; };
  }, [bridge, link]);
  return state;
}
