import { z } from 'zod';
import { commandId, instant } from '../domain/ids.ts';
import { binary, call } from './define.ts';

/** Largest slice of a package in one call, bytes. */
export const maxPackageSliceBytes = 512 * 1024;

const counts = { commands: z.int(), contents: z.int(), contentBytes: z.int() };

/** Whose package it is and how much it holds, as its outside says. */
export const packageOutside = z.object({ id: z.string(), unit: z.string(), person: z.string(), madeAt: instant, ...counts });
export type PackageOutside = z.infer<typeof packageOutside>;

/** What became of one action of a package that was carried in. `own`: it was done at this desk. */
export const carriedAction = z.object({
  id: commandId,
  status: z.enum(['applied', 'conflict', 'rejected', 'retry']),
  /** Null where the action is not this desk's own: its titles are nobody else's to see. */
  own: z.object({ title: z.string(), type: z.string() }).nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type CarriedAction = z.infer<typeof carriedAction>;

export const packageCalls = {
  /** What a package made now would hold. `ready`: the server's key is here. `last`: what was last made here, and how much of it has no answer yet. */
  'packages.waiting': call(
    z.object({}),
    z.object({
      ...counts, documents: z.int(), ready: z.boolean(),
      last: z.object({ id: z.string(), fileName: z.string(), madeAt: instant, commands: z.int(), open: z.int() }).nullable(),
    }),
  ),
  /**
   * Begins a file with what waits; what goes in can no longer be taken back. `whole`: every file whole, for a server that has lost some.
   * Errors: `package.no-key`, `package.nothing`.
   */
  'packages.begin': call(z.object({ whole: z.boolean() }), z.object({ made: z.string(), fileName: z.string(), sizeBytes: z.int(), package: packageOutside })),
  /** The next slice; empty at the end, and then it is over. Error: `not-found`. */
  'packages.next': call(z.object({ made: z.string() }), z.object({ bytes: binary })),
  /**
   * Looks at a package that somebody brought: `head` is its first bytes (8 KiB are enough, or the whole file where it is smaller). `offset`: how much of it the server has already, from an earlier try.
   * Errors: `package.damaged`, `package.newer`, `sync.offline`, `sync.signed-out`.
   */
  'packages.open': call(z.object({ head: binary }), z.object({ carriage: z.string(), package: packageOutside, offset: z.int() })),
  /** The slice at `offset`; answers where to go on, which may be elsewhere than after it. What arrived stays at the server. Errors: `not-found`, `sync.offline`, `sync.signed-out`, `package.*`. */
  'packages.send': call(z.object({ carriage: z.string(), offset: z.int().nonnegative(), bytes: binary.refine((bytes) => bytes.length <= maxPackageSliceBytes) }), z.object({ offset: z.int() })),
  /** All is sent: the server opens it. Nothing of a package that is not in order is taken. Errors: `not-found`, `sync.*`, `package.*`. */
  'packages.finish': call(z.object({ carriage: z.string() }), z.object({ actions: z.array(carriedAction) })),
} as const;
