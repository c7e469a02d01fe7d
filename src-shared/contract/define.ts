import { z } from 'zod';

/** One call of the bridge: what goes in and what comes out, checked by the gate on both ways. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { readonly input: I; readonly output: O } {
  return { input, output };
}

/** Raw bytes, whatever buffer is behind them. */
export const binary = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
