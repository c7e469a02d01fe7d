import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { TrustState } from '../../../src-shared/contract/trust.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';

type TrustChannel = 'trust.read' | 'trust.examine' | 'trust.add' | 'trust.remove' | 'trust.follow' | 'trust.update';

/** Whoever works here sees the list; who may change what the office believes is the province's to say, by the role of an administrator. */
export function trustHandlers({ me, trust, sync }: Pick<DeskContext, 'me' | 'trust' | 'sync'>): Pick<Handlers, TrustChannel> {
  const mayChange = me.roles.includes('administrator');
  const state = (): Result<TrustState> => {
    const { certificates, changes, refused, ...rest } = trust.state();
    return ok({ ...rest, certificates: [...certificates], changes: [...changes], refused: [...refused], mayChange });
  };
  const after = (result: Result<null>): Result<TrustState> => (result.ok ? state() : result);
  const allowed = (deed: () => Result<null>): Result<TrustState> => (mayChange ? after(deed()) : fail('not-allowed'));

  return {
    'trust.read': state,
    'trust.examine': ({ file }) => {
      const found = trust.examine(file.bytes);
      return found.ok ? ok({ candidates: [...found.value] }) : found;
    },
    'trust.add': ({ file, thumbprints }) => allowed(() => trust.add(file.bytes, thumbprints)),
    'trust.remove': ({ thumbprint }) => allowed(() => trust.remove(thumbprint)),
    'trust.follow': ({ followServer }) => {
      const followed = allowed(() => {
        trust.follow(followServer);
        return ok(null);
      });
      // what the server has comes by itself, with a line
      if (followed.ok && followServer) void sync.askTrust();
      return followed;
    },
    'trust.update': async () => (trust.server.isFollowed() ? after(await sync.askTrust()) : fail('not-allowed')),
  };
}
