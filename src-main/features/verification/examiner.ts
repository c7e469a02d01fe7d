import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Examination } from '../../ports/verification.ts';
import type { DeskContext } from '../context.ts';
import { readPolicy } from '../signing/policy.ts';
import { createDeskEvidence, type Silences } from './evidence.ts';

/** `quick`: by what lies here, because somebody waits. `full`: services are asked where that is needed. `anew`: they are asked in any case. */
export type Depth = 'quick' | 'full' | 'anew';

/** Of one question to a service: a person who asked for it by a button waits less long than the background does. */
const deadlineMs = { quick: 1, full: 20_000, anew: 10_000 } as const satisfies Record<Depth, number>;

/** Examines a content by this desk's trust, its kept answers, the services that it may ask, and the pages as they look. */
export async function examineContent(context: DeskContext, sha256: Sha256, depth: Depth, { signal, silences }: { readonly signal: AbortSignal; readonly silences: Silences }): Promise<Examination> {
  const { trust } = context;
  const evidence = createDeskEvidence({
    store: context.store, now: context.now, mode: modes[depth], deadlineMs: deadlineMs[depth], signal, silences,
    revocation: () => (context.sync.status().online ? context.authorities(readPolicy(context)).revocation : null),
  });
  const { report, evidence: used } = await context.verification.examine(context.openContent(sha256), {
    anchors: trust.anchors, intermediates: trust.intermediates, trustList: { version: trust.version, dated: trust.dated }, now: context.now(), sha256,
    evidence: evidence.port, extent: depth === 'quick' ? 'quick' : 'full', ...(depth === 'quick' || context.look === undefined ? {} : { look: context.look }),
  });
  // without a signature there is nothing to ask and nothing to compare; with one, what only a line would have brought is said to be missing
  const extent = report.verdict === 'unsigned' ? 'full' : depth !== 'quick' && evidence.lackedLine() ? 'offline' : report.extent;
  return { report: { ...report, extent }, evidence: used };
}

const modes = { quick: 'cache', full: 'ask', anew: 'ask-again' } as const satisfies Record<Depth, string>;
