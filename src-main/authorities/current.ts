/** Clocks of offices are some minutes off. */
export const skewMs = 5 * 60_000;

/** Whether an answer is of its time: not from the future, not overtaken. */
export function isCurrent({ thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate: Date | null }, now: Date): boolean {
  if (thisUpdate.getTime() > now.getTime() + skewMs) return false;
  return nextUpdate === null || nextUpdate.getTime() >= now.getTime() - skewMs;
}
