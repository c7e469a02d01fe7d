import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';
import type { ServerTrust } from '../ports/trust.ts';
import type { Failure } from './failure.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

export type TrustAsking = {
  /** At the start of a session and daily, beside everything else. Never throws. */
  readonly whenDue: () => void;
  /** Now, for somebody who waits for it. */
  readonly ask: () => Promise<Result<null>>;
  readonly idle: () => Promise<void>;
};

/** Brings the province's list of trusted certificates down. One question at a time; what it fails for is told and does no harm to anything else. */
export function createTrustAsking(options: { wire: Wire; session: Session; trust: ServerTrust; timing: SyncTiming; time: Time; log: Log }): TrustAsking {
  const { wire, session, trust, timing, time, log } = options;
  const now = time.now;
  let answeredAt = Number.NEGATIVE_INFINITY;
  /** What the desk had after the last answer; another one now means that it has let go of the list since. */
  let answeredTag: string | null = null;
  let asking: Promise<Result<null>> | null = null;

  async function run(): Promise<Result<null>> {
    const tag = trust.tag();
    const head = await session.withToken((token) => wire.open('GET', '/v1/trust', { token, ...(tag === null ? {} : { headers: { 'if-none-match': tag } }) }));
    if (!head.ok) return withoutList(head.failure, tag);
    const { response, cancel } = head.value;
    try {
      const body = (await wire.readJson(head.value)) ?? null;
      // a captive portal's page is no answer of the server: soon again, but not with every round
      answeredAt = body === null ? now() - timing.trustMs + timing.directoryMs : now();
      const taken = trust.take(body, response.headers.get('etag'));
      answeredTag = trust.tag();
      return taken;
    } catch (error) {
      log('info', 'the list of trust broke off', { error: error instanceof Error ? error.name : 'unknown' });
      return fail('sync.offline');
    } finally {
      cancel();
    }
  }

  function withoutList(failure: Failure, tag: string | null): Result<null> | Promise<Result<null>> {
    if (failure.kind === 'signed-out') return fail('sync.signed-out');
    if (failure.kind !== 'refused') return fail('sync.offline');
    // nothing newer than what was let go of while the question was under way
    if (failure.status === 304 && trust.tag() !== tag) return run();
    answeredAt = now();
    answeredTag = trust.tag();
    // nothing newer; or a province that publishes none
    const problem = failure.status === 304 || failure.status === 404 ? null : failure.error;
    trust.asked(problem);
    return problem === null ? ok(null) : { ok: false, error: problem };
  }

  function ask(): Promise<Result<null>> {
    asking ??= run().finally(() => (asking = null));
    return asking;
  }

  return {
    whenDue: () => {
      if (!trust.isFollowed() || (answeredAt + timing.trustMs > now() && trust.tag() === answeredTag)) return;
      void ask().catch((error: unknown) => log('error', 'asking for the list of trust failed', { error: error instanceof Error ? error.message : 'unknown' }));
    },
    ask,
    idle: async () => {
      await asking?.catch(() => undefined);
    },
  };
}
