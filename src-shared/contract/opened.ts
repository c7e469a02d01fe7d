import { z } from 'zod';
import { maxSliceBytes } from './content.ts';
import { binary, call } from './define.ts';

/** By its ending: what it truly is says whoever takes it in. `package`: work carried by hand. */
export const openedKinds = ['pdf', 'package'] as const;

export const openedFile = z.object({ id: z.string(), name: z.string(), sizeBytes: z.int(), kind: z.enum(openedKinds) });
export type OpenedFile = z.infer<typeof openedFile>;

export const openedCalls = {
  /** Files that a person opened with the program from the system (double click, “Mở bằng”), the oldest first. Nothing was read of them yet. */
  'opened.list': call(z.object({}), z.object({ files: z.array(openedFile) })),
  /** `[offset, offset+length)` of it. Error: `opened.gone`: it was moved, changed or pulled out since. */
  'opened.read': call(z.object({ id: z.string(), offset: z.int().nonnegative(), length: z.int().positive().max(maxSliceBytes) }), z.object({ bytes: binary })),
  /** It has been taken, or is not wanted; the file itself stays as it is. */
  'opened.drop': call(z.object({ id: z.string() }), z.object({})),
} as const;

export const openedEvents = { 'opened.changed': z.object({ count: z.int() }) } as const;
