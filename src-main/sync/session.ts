import { sessionResponse } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import type { SyncTiming } from './timing.ts';
import type { Reached, Wire } from './wire.ts';

export type Credentials = { readonly user: string; readonly password: string };

export type Session = {
  /** Makes the call with a token, signing in first when there is none, and once more when the server no longer knows it. */
  readonly withToken: <T>(call: (token: string) => Promise<Reached<T>>) => Promise<Reached<T>>;
  readonly isSignedIn: () => boolean;
  /** The person has signed in elsewhere than here (the sign-in screen): their new token is used from now on. */
  readonly renew: (kept: KeptToken) => void;
};

export type KeptToken = { readonly user: string; readonly token: string };

const settingKey = 'sync.session';

/** The token lies in the profile's store, which is encrypted whole. Signing out drops nothing of what a person did. */
export function createSession(options: { wire: Wire; desk: DeskStore; credentials: Credentials | null; timing: SyncTiming }): Session {
  const { wire, desk, credentials, timing } = options;
  let token = readToken(desk, credentials?.user ?? null);
  // a wrong password is never tried again by program: five tries lock the account
  let refused = false;
  let signedOut = token === null && credentials === null;
  let entering: Promise<Reached<string>> | null = null;

  async function enter(): Promise<Reached<string>> {
    if (credentials === null || refused) {
      signedOut = true;
      return { ok: false, failure: { kind: 'signed-out' } };
    }
    const answer = await wire.call('POST', '/v1/session', sessionResponse, { json: credentials, timeoutMs: timing.requestMs });
    if (answer.ok) {
      token = answer.value.token;
      signedOut = false;
      keepToken(desk, { user: credentials.user, token });
      return { ok: true, value: token };
    }
    if (answer.failure.kind !== 'refused') return answer;
    refused = true;
    signedOut = true;
    return { ok: false, failure: { kind: 'signed-out' } };
  }

  function findOrEnter(): Promise<Reached<string>> {
    if (token !== null) return Promise.resolve({ ok: true, value: token });
    entering ??= enter().finally(() => (entering = null));
    return entering;
  }

  return {
    withToken: async (call) => {
      for (let mayEnterAgain = true; ; mayEnterAgain = false) {
        const entered = await findOrEnter();
        if (!entered.ok) return entered;
        const answer = await call(entered.value);
        if (answer.ok || answer.failure.kind !== 'refused' || answer.failure.status !== 401) return answer;
        if (token === entered.value) {
          token = null;
          keepToken(desk, null);
        }
        if (!mayEnterAgain) {
          signedOut = true;
          return { ok: false, failure: { kind: 'signed-out' } };
        }
      }
    },
    isSignedIn: () => !signedOut,
    renew: (kept) => {
      keepToken(desk, kept);
      token = kept.token;
      signedOut = false;
      refused = false;
    },
  };
}

/** Null: none is kept, and the next session begins with a sign-in. */
export function keepToken(desk: DeskStore, kept: KeptToken | null): void {
  desk.setSetting(settingKey, kept === null ? '' : JSON.stringify({ user: kept.user, token: kept.token }));
}

export function findKeptToken(desk: DeskStore): KeptToken | null {
  const stored = desk.getSetting(settingKey);
  return stored === null || stored === '' ? null : (JSON.parse(stored) as KeptToken);
}

function readToken(desk: DeskStore, user: string | null): string | null {
  const kept = findKeptToken(desk);
  return kept !== null && (user === null || kept.user === user) ? kept.token : null;
}
