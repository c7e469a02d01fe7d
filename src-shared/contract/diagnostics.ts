import { z } from 'zod';
import { checkIds, checkStates } from '../domain/diagnosis.ts';
import { call } from './define.ts';

/** `words` in both languages: what was found and what to do about it. */
export const diagnosisCheck = z.object({ id: z.enum(checkIds), state: z.enum(checkStates), words: z.object({ vi: z.string(), en: z.string() }) });

export const diagnosticsCalls = {
  /** Looks at this machine, its line and its signing device now; ten seconds at most where nothing answers. `bundle`: what may be sent to whoever helps, shown before it is saved. No name, title, PIN or key is in it. */
  'diagnostics.look': call(z.object({}), z.object({ checks: z.array(diagnosisCheck), bundle: z.object({ fileName: z.string(), text: z.string() }) })),
} as const;
