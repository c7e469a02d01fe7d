import { z } from 'zod';
import { instant } from './ids.ts';

/** `window`: what shows the screens; `backend`: what does the work; `shell`: what holds the two together. */
export const crashParts = ['window', 'backend', 'shell'] as const;

/**
 * That a part of the program ended unasked. No picture of its memory, which holds documents and keys, and no message of an error, which may hold a title:
 * only when, which part, how, and between which lines of the program's own code.
 */
export const crash = z.object({
  at: instant,
  part: z.enum(crashParts),
  /** Electron's word (`crashed`, `oom`, `killed`, …), or the name of the error. */
  reason: z.string().max(60),
  exitCode: z.int().nullable(),
  version: z.string().max(40),
  /** `file:line:column`, the innermost first; files without their folders. */
  where: z.array(z.string().max(120)).max(12),
});
export type Crash = z.infer<typeof crash>;

/** As far back as a person still remembers what they did. */
export const crashDays = 7;

/** The latest first. What a clock that was set back calls the future is counted as well. */
export function recentCrashes(crashes: readonly Crash[], now: Date): readonly Crash[] {
  const from = now.getTime() - crashDays * 86_400_000;
  return crashes.filter(({ at }) => Date.parse(at) >= from).toSorted((a, b) => b.at.localeCompare(a.at));
}
