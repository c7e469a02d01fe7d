import type { DriverInfo, TokenCertificate, TokenInfo } from '../../../src-shared/contract/signing.ts';
import { canSign } from '../signing/certificates.ts';
import { daysUntil } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';

/** The four things that must be right, in the order in which they fail: the software, the device, its certificate, its PIN. */
export const rungs = ['driver', 'device', 'certificate', 'pin'] as const;
export type Rung = (typeof rungs)[number];

/** Names the sentence that tells what to do (`tokens.advice.*`). */
export type Advice = 'driver-missing' | 'driver-32-bit' | 'driver-broken' | 'device-absent' | 'certificate-none' | 'certificate-unusable' | 'certificate-expired' | 'pin-locked' | 'pin-final' | 'pin-low' | 'expires-soon' | 'ready';

export type Diagnosis = {
  readonly advice: Advice;
  /** The rung that fails; null when nothing does. Those before it stand, those after it were not looked at. */
  readonly failed: Rung | null;
  /** The driver's own sentence, where it has one. */
  readonly detail: string | null;
  readonly certificate: { readonly certificate: TokenCertificate; readonly token: TokenInfo; readonly daysLeft: number } | null;
};

/** A month is what renewing takes in practice: papers to the province and back. */
const soonDays = 60;

/** Tells a loose USB from a missing driver, a 32-bit driver, a spent certificate and a locked PIN. */
export function diagnose({ tokens, drivers }: { readonly tokens: readonly TokenInfo[]; readonly drivers: readonly DriverInfo[] }, now: number = presentMs()): Diagnosis {
  const failing = (advice: Advice, failed: Rung, detail: string | null = null): Diagnosis => ({ advice, failed, detail, certificate: null });
  if (tokens.length === 0) {
    const working = drivers.filter((driver) => driver.problem === null);
    const broken = drivers.find((driver) => driver.problem !== null && driver.problem.code !== 'token.driver-missing');
    // One working driver is enough for a device to answer, so what is missing is the device; unless it is the one whose driver is of 32 bits
    if (working.length > 0) return failing('device-absent', 'device', drivers.find(({ problem }) => problem?.code === 'token.driver-32-bit')?.problem?.message ?? null);
    if (broken?.problem) return failing(broken.problem.code === 'token.driver-32-bit' ? 'driver-32-bit' : 'driver-broken', 'driver', broken.problem.message);
    return failing('driver-missing', 'driver');
  }
  const all = tokens.flatMap((token) => token.certificates.filter((one) => one.hasPrivateKey).map((certificate) => ({ certificate, token, daysLeft: daysUntil(certificate.notAfter, now) })));
  const best = all.find(({ certificate }) => canSign(certificate)) ?? all[0];
  if (!best) return failing('certificate-none', 'certificate');
  const found = (advice: Advice, failed: Rung | null): Diagnosis => ({ advice, failed, detail: null, certificate: best });
  if (!canSign(best.certificate)) return found(best.certificate.usable === 'expired' ? 'certificate-expired' : 'certificate-unusable', 'certificate');
  const { pin } = best.token;
  if (pin.locked) return found('pin-locked', 'pin');
  if (pin.finalTry) return found('pin-final', null);
  if (pin.countLow) return found('pin-low', null);
  return found(best.daysLeft <= soonDays ? 'expires-soon' : 'ready', null);
}
