import type { Actor } from '../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { sessionResponse } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Failure, Reached } from './failure.ts';
import type { Wire } from './wire.ts';

export type Credentials = { readonly user: string; readonly password: string };
/** Whom a session speaks for: what a command need not say again. */
export type Said = { readonly unit: OrganizationCode; readonly actor: Actor };
export type KeptToken = { readonly user: string; readonly token: string };

export type Session = {
  /** Makes the call with a token, signing in first when there is none, and once more when the server no longer knows it. */
  readonly withToken: <T>(call: (token: string) => Promise<Reached<T>>) => Promise<Reached<T>>;
  /** Null: not known, and every command says it itself. */
  readonly said: () => Said | null;
  readonly isSignedIn: () => boolean;
  /** The server knows the token and will not have this person do this: nothing more is sent until somebody signs in. */
  readonly pause: () => Failure;
  /** The person has signed in elsewhere than here (the sign-in screen): their new token is used from now on. */
  readonly renew: (kept: KeptToken) => void;
};

const settingKey = 'sync.session';

/** The token lies in the profile's store, which is encrypted whole. Signing out drops nothing of what a person did. */
export function createSession(options: { wire: Wire; desk: DeskStore; credentials: Credentials | null; said: Said | null; onChanged: () => void }): Session {
  const { wire, desk, credentials, onChanged } = options;
  let token = readToken(desk, credentials?.user ?? null);
  let said = options.said;
  // a wrong password is never tried again by program: five tries lock the account
  let refused = false;
  let signedOut = token === null && credentials === null;
  let paused = false;
  let entering: Promise<Reached<string>> | null = null;

  const outside = (): { readonly ok: false; readonly failure: Failure } => {
    signedOut = true;
    onChanged();
    return { ok: false, failure: { kind: 'signed-out' } };
  };

  async function enter(): Promise<Reached<string>> {
    if (credentials === null || refused) return outside();
    const answer = await wire.call('POST', '/v1/session', sessionResponse, { json: credentials });
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer;
      refused = true;
      return outside();
    }
    const { person, role, unit } = answer.value;
    token = answer.value.token;
    said = { unit: unit.code, actor: { person: person.id, fullName: person.fullName, role, unit: unit.code } };
    signedOut = false;
    keepToken(desk, { user: credentials.user, token });
    return { ok: true, value: token };
  }

  function findOrEnter(): Promise<Reached<string>> {
    if (paused) return Promise.resolve({ ok: false, failure: { kind: 'signed-out' } });
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
        if (answer.ok || answer.failure.kind !== 'refused') return answer;
        if (answer.failure.error.code === 'session.must-change') {
          paused = true;
          return outside();
        }
        if (answer.failure.status !== 401) return answer;
        if (token === entered.value) {
          token = null;
          keepToken(desk, null);
        }
        if (!mayEnterAgain) return outside();
      }
    },
    said: () => said,
    isSignedIn: () => !signedOut,
    pause: () => {
      paused = true;
      return outside().failure;
    },
    renew: (kept) => {
      keepToken(desk, kept);
      token = kept.token;
      signedOut = false;
      refused = false;
      paused = false;
      onChanged();
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
