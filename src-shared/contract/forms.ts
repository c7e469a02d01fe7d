import { z } from 'zod';
import { instant } from '../domain/ids.ts';
import { call } from './define.ts';

/** Names one form of one person: `draft`, `draft:<answered document>`, `assign:<document>`. */
const key = z.string().min(1).max(200);

/**
 * What is being typed, kept in the desk's own encrypted store until the form is done or dropped: a closed window, a restart or a refusal loses nothing.
 * Never a PIN. `value` is the form's own JSON.
 */
export const formCalls = {
  'forms.read': call(z.object({ key }), z.object({ form: z.object({ value: z.string(), at: instant }).nullable() })),
  'forms.keep': call(z.object({ key, value: z.string().max(200_000) }), z.object({})),
  'forms.drop': call(z.object({ key }), z.object({})),
} as const;
