import { derTag, readGeneralizedTime, type DerNode } from '../verification/der.ts';

/** Clocks of offices are some minutes off. */
export const skewMs = 5 * 60_000;

/** RFC 5280 4.1.2.5: UTCTime until 2049, GeneralizedTime after it. Null when it is neither in its one DER form. */
export function readTime(node: DerNode | undefined): Date | null {
  if (node?.tag !== derTag.utcTime) return readGeneralizedTime(node);
  const text = Buffer.from(node.content).toString('latin1');
  if (!/^\d{12}Z$/.test(text)) return null;
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19';
  return readGeneralizedTime({ ...node, tag: derTag.generalizedTime, content: Buffer.from(`${century}${text}`, 'latin1') });
}

/** Whether an answer is of its time: not from the future, not overtaken. */
export function isCurrent(thisUpdate: Date, nextUpdate: Date | null, now: Date): boolean {
  if (thisUpdate.getTime() > now.getTime() + skewMs) return false;
  return nextUpdate === null || nextUpdate.getTime() >= now.getTime() - skewMs;
}
