import { AppFailure } from '../../src-shared/result.ts';
import { closeKeySession, findSlotOf, openKeySession, signWith, type KeySession } from './key-session.ts';
import type { HostRequest } from './messages.ts';
import { loadModule } from './module.ts';
import { readPresence, readTokens } from './slots.ts';

export { toAppError } from './module.ts';

/** A loaded driver and at most one logged-in key. `perform` throws `AppFailure` or the driver's own error. */
export type HostDriver = { readonly perform: (request: HostRequest) => unknown };

export function openDriver(path: string): HostDriver {
  const module = loadModule(path);
  let key: KeySession | null = null;

  function dropKey(): void {
    if (key === null) return;
    const old = key;
    key = null;
    closeKeySession(module, old);
  }

  function perform(request: HostRequest): unknown {
    switch (request.op) {
      case 'list':
        return readTokens(module);
      case 'presence':
        return { tokens: readPresence(module) };
      case 'find': {
        const { slot, tokens } = findSlotOf(module, request.thumbprint);
        return { found: slot !== null, tokens };
      }
      case 'login': {
        dropKey();
        try {
          const opened = openKeySession(module, request.thumbprint, request.pin, request.digest);
          key = opened.key;
          return opened.answer;
        } finally {
          request.pin?.fill(0);
        }
      }
      case 'sign':
        // The login was in an earlier process, which is dead.
        if (key === null) throw new AppFailure('token.host-died');
        return { signature: signWith(module, key, request.data) };
      case 'logout':
        dropKey();
        return {};
    }
  }

  return { perform };
}
