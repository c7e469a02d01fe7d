/** What was seen of one file on its way: `sent` bytes at `atMs`. */
export type Seen = { readonly atMs: number; readonly sent: number };

/** Bytes that must have gone before a rate is worth telling, and how long they must have taken. */
const leastBytes = 32 * 1024;
const leastMs = 2000;

/** Ms until all is sent at the rate since `first`; null while nothing can be said that would stand. */
export function timeLeft(first: Seen, now: Seen, total: number): number | null {
  const [bytes, ms] = [now.sent - first.sent, now.atMs - first.atMs];
  if (bytes < leastBytes || ms < leastMs || total <= now.sent) return null;
  return ((total - now.sent) / bytes) * ms;
}
