import type { Augmentation } from '../../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../../src-shared/domain/ids.ts';
import { reaches, type SignatureLevel } from '../../../../src-shared/domain/level.ts';
import { describeError } from '../../../../src-shared/errors.ts';
import type { AppError } from '../../../../src-shared/result.ts';
import type { Augmented } from '../../../ports/augmentation.ts';
import type { AugmentationJob } from '../../../ports/store.ts';
import type { DeskContext } from '../../context.ts';
import { readPolicy } from '../policy.ts';

/** From one try to the next, ms: doubled each time, with as much chance in it that a hundred desks do not come back together. */
export type Pauses = { readonly firstMs: number; readonly longestMs: number };

/** Archival time-stamps are renewed so long before the certificate beneath them ends: an office is closed over Tết, and a service may be down for weeks. */
const renewalMarginMs = 60 * 86_400_000;

/** What a document that was just issued still lacks of what the office wants; null where it wants no more than a signature. */
export function firstJob(context: Pick<DeskContext, 'store' | 'office' | 'now'>, document: DocumentId): AugmentationJob | null {
  const { level } = readPolicy(context);
  return level === 'B-B' ? null : { document, level: 'B-B', wanted: level, attempts: 0, nextAtMs: context.now().getTime(), problem: null };
}

/** What is left to do after a try that went as far as `done`; null when nothing is. */
export function jobAfter(job: AugmentationJob, done: Augmented, nowMs: number, pauses: Pauses, random: number): AugmentationJob | null {
  const reached = done.level;
  // A renewal that found its service down is tried again like anything else.
  const waits = done.missing.some(({ final }) => !final);
  if (reaches(reached, job.wanted) && !waits) return renewal(job, reached, done, nowMs + pauses.longestMs);
  const problem = done.missing[0]?.error ?? null;
  const isFinal = done.missing.length > 0 && done.missing.every(({ final }) => final);
  return { ...job, level: reached, attempts: job.attempts + 1, problem, nextAtMs: isFinal ? null : nowMs + pauseAfter(job.attempts, pauses, random) };
}

/** After a try that brought nothing. `final`: no other try will. */
export function jobAfterFailure(job: AugmentationJob, problem: AppError, final: boolean, nowMs: number, pauses: Pauses, random: number): AugmentationJob {
  return { ...job, attempts: job.attempts + 1, problem, nextAtMs: final ? null : nowMs + pauseAfter(job.attempts, pauses, random) };
}

/** `soonestMs`: a certificate that has ended already, or is about to, must not be looked at without end. */
function renewal(job: AugmentationJob, level: SignatureLevel, { renewBefore }: Augmented, soonestMs: number): AugmentationJob | null {
  if (level !== 'B-LTA' || renewBefore === null) return null;
  return { ...job, level, attempts: 0, problem: null, nextAtMs: Math.max(soonestMs, renewBefore.getTime() - renewalMarginMs) };
}

function pauseAfter(attempts: number, { firstMs, longestMs }: Pauses, random: number): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** Math.min(attempts, 30)) * (0.5 + random / 2));
}

/** A document that has all that is wanted, and waits only for its time-stamp to grow old. */
export function isRenewal(job: AugmentationJob): boolean {
  return reaches(job.level, job.wanted);
}

/** What screens show: renewals that nobody needs to think of for years are left out until something is wrong with them. */
export function toAugmentations(context: Pick<DeskContext, 'store'>): Augmentation[] {
  return context.store.augmentations().filter((job) => !isRenewal(job) || job.problem !== null).map((job) => ({
    id: job.document,
    title: context.store.findDocument(job.document)?.state.title ?? '',
    level: job.level,
    wanted: job.wanted,
    attempts: job.attempts,
    nextAt: job.nextAtMs === null ? null : new Date(job.nextAtMs).toISOString(),
    problem: job.problem === null ? null : { code: job.problem.code, message: describeError(job.problem) },
  }));
}
